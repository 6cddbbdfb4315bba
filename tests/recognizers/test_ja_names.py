"""Japanese names in running text, in katakana, in delivery lines, and words and places that only look like them."""

import pytest

from scanner.recognizers.ja.beside import is_full_name, is_name
from scanner.recognizers.ja.katakana import weigh
from scanner.recognizers.ja.lattice import read
from scanner.recognizers.ja.lexicon import begins_with_surname, costs
from scanner.recognizers.ja.names import find

PROSE = [
    ("昨日は鈴木健太と会った。", ["鈴木健太"]),
    ("社長の佐藤花子は、新製品を発表した。", ["佐藤花子"]),
    ("出席者は田中美咲、高橋健一、渡辺直樹らである。", ["田中美咲", "高橋健一", "渡辺直樹"]),
    ("見本大学教授の伊藤真司が演出を行った。", ["伊藤真司"]),
    ("木村と斎藤は休みです。", ["木村", "斎藤"]),
    ("担当の佐々木です。中村監督と小林さんが来ます", ["佐々木", "中村", "小林"]),
    ("林さんと森さんが来ます。", ["林", "森"]),
    ("歌手の佐藤ひかりが歌う。", ["佐藤ひかり"]),
    ("髙橋秀樹は休んだ。", ["髙橋秀樹"]),
    ("俳優のジョン・スミスと、作家マリア・ガルシアが来た。", ["ジョン・スミス", "マリア・ガルシア"]),
    ("ヘンリー・R・スミスによる", ["ヘンリー・R・スミス"]),
    ("スミス大統領とジョンソン監督", ["スミス", "ジョンソン"]),
]
LINES = [
    ("東京都新宿区西新宿2-8-1 山田太郎 090-0000-1234", ["山田太郎"]),
    ("東京都新宿区西新宿2-8-1山田太郎090-0000-1234", ["山田太郎"]),
    ("山田太郎様〒160-0023東京都新宿区西新宿2-8-1", ["山田太郎"]),
    ("090-0000-1234山田太郎東京都新宿区西新宿2-8-1見本ハイツ203", ["山田太郎"]),
    ("東京都新宿区西新宿2-8-1見本マンション305号室佐藤花子", ["佐藤花子"]),
    ("佐藤 花子 09000001234", ["佐藤 花子"]),
    ("ヤマダ タロウ 様", ["ヤマダ タロウ"]),
    ("山田 太郎", ["山田 太郎"]),
    ("鈴木健太", ["鈴木健太"]),
    ("サトウ ハナコ", ["サトウ ハナコ"]),
    ("佐藤美咲", ["佐藤美咲"]),
    ("小林恵子", ["小林恵子"]),
    ("高橋翔太", ["高橋翔太"]),
    ("松本健太", ["松本健太"]),
    ("斎藤 由美", ["斎藤 由美"]),
    ("さとうはなこ", ["さとうはなこ"]),
    ("千葉さんと宮崎さん、田中様分", ["千葉", "宮崎", "田中"]),
]


@pytest.mark.parametrize(("text", "names"), PROSE + LINES)
def test_names_in_text(text: str, names: list[str]) -> None:
    """Names are found whole, and nothing beside them."""
    assert [text[span.start : span.end] for span in find(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "松山の道後温泉に行きました。大分県の別府も良かったです。",
        "林檎ジュース、森永ミルク、山崎パン、三菱鉛筆、松下電器、本田技研を使う",
        "原因は不明です。林業の現状。森の中。",
        "お客様、皆様、神様、お疲れ様です、お医者さん、お母さん",
        "カスタマー・サポート、マイ・ページ、ショッピング・カート、ホーム・アンド・ガーデン",
        "フィギュアスケート選手権とテレビドラマ脚本家のゲーム監督",
        "新規行を追加します。大文字だけが変更されました",
        "章立てが中抜きになっている",
        "サン・ミゲルの町",
        "東京 大阪",
        "東京大阪",
        "ノート パソコン",
        "千葉 043-000-0000、大阪 06-0000-0000、営業部 03-0000-0000",
        "ありがとうございます",
        "東京都新宿区西新宿2-8-1 株式会社見本 03-0000-0000",
        "山田美術館、吉川文庫館、小林小学校の一覧",
        "长江大桥 王明 建设大道",
        "平成三年、昭和の町、第二高速道路",
    ],
)
def test_words_places_and_firms_are_no_names(text: str) -> None:
    """What a surname only begins, foreign words, kin and Chinese text are not reported."""
    assert [text[span.start : span.end] for span in find(text)] == []


def test_a_run_of_kanji_is_read_as_words() -> None:
    """A surname and a given name are told from the title after them, and a known one is cheaper than none."""
    words, margin = read("鈴木健太監督")
    assert [word.kind for word in words] == ["S", "G", "N"]
    assert margin > 0
    assert read("東京都知事").margin == 0


def test_a_given_name_that_no_list_has_is_judged_by_its_characters() -> None:
    """Characters that are usual in given names make one; a noun or the end of a thing does not."""
    assert costs("彩埜") == {}
    assert is_full_name("鈴木彩埜")
    assert not is_full_name("鈴木商店")
    assert not is_full_name("鈴木工場")


def test_the_lexicon_tells_the_classes_of_a_word() -> None:
    """Words have a cost in each class; others have none."""
    assert costs("鈴木").keys() >= {"S"}
    assert costs("千葉")["P"] < costs("千葉")["S"]
    assert costs("ほげ") == {}
    assert begins_with_surname("鈴木健太")
    assert not begins_with_surname("鈴木")


def test_parts_of_foreign_names_weigh_more_than_words() -> None:
    """Given names and unknown words that sound like names are above 0, everyday words and compounds of them below."""
    assert weigh("ジョン") > 0
    assert weigh("サービス") < 0
    assert weigh("テレビドラマ") < 0


@pytest.mark.parametrize("text", ["山田太郎", "山田 太郎", "鈴木", "佐藤ひかり", "ヤマダ タロウ"])
def test_names_where_names_stand(text: str) -> None:
    """A surname will do beside an address, with a given name in any script or without."""
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        'msgstr "セントクリストファー・ネーヴィス"',
        'msgstr "サンタクルス・デ・テネリフェ"',
        'msgstr "コンゴ・フラン"',
        'msgstr "小文字しか使えません"',
        'msgstr "%s を開けません: 権限がありません"',
        'msgstr "金曜日"',
        'msgstr "コスタリカ"',
    ],
)
def test_translations_hold_no_names(text: str) -> None:
    """Places of saints, currencies and particles behind words are no names."""
    assert find(text) == []
