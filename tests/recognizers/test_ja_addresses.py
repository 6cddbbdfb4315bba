"""Japanese addresses: the grammar from postal code to room, and what only looks like one."""

import pytest

from scanner.recognizers.ja.addresses import find
from scanner.recognizers.ja.buildings import building_end

ADDRESSES = [
    ("", "〒160-0022 東京都新宿区新宿3丁目1番2号 サンプルビル501", " 山田太郎様"),
    ("", "東京都新宿区西新宿2-8-1", "山田太郎090-0000-1234"),
    ("山田太郎様 ", "〒160-0023 東京都新宿区西新宿２－８－１ 見本マンション１０３号室", ""),
    ("090-0000-1234山田太郎", "東京都新宿区西新宿2-8-1見本ハイツ203", ""),
    ("", "北海道札幌市中央区北1条西2丁目1-1", " 見本一郎"),
    ("", "北海道札幌市中央区北1条西2-1-1", ""),
    ("", "京都府京都市中京区烏丸通御池上る見本町123番地", ""),
    ("", "京都市下京区四条通河原町東入見本町52-1", " 見本株式会社"),
    ("", "愛知県名古屋市中区栄三丁目4番5号 サンプルビル3F", ""),
    ("", "千葉県千葉市美浜区見本1-2-3 グランドメゾン見本1203号室", "、電話 043-000-0000"),
    ("", "長野県北安曇郡白馬村大字北城1234", " 電話 0261-00-0000"),
    ("住所は", "福岡県福岡市博多区博多駅前2丁目10番5号", "です。"),
    ("配送先：", "埼玉県さいたま市大宮区桜木町1丁目2-3", "（山田）"),
    ("", "東京都千代田区丸の内一丁目９番１号", " 見本太郎"),
    ("", "渋谷区本町2丁目4-7サニーマンション203", ""),
    ("", "千代田区丸の内1の2の3", ""),
    ("", "青森県八戸市大字見本字サンプル12-3", ""),
    ("", "岩手県盛岡市見本第3地割12番地", ""),
    ("", "〒100-0001東京都千代田区千代田1-1", "TEL03-0000-0000"),
    ("", "新潟県新潟市中央区見本町1-2-3 メゾン・ド・サンプル 101", ""),
    ("", "兵庫県神戸市中央区見本通4丁目1-2-305号", ""),
    ("", "西見本2丁目8番1号 サンプルビル3F", "に来てください"),
    ("", "新宿3-1-2", ""),
    ("", "東京都 新宿区 西新宿 2 - 8 - 1", ""),
    ("", "〒060-0001 北海道札幌市中央区見本", "、山田"),
]


@pytest.mark.parametrize(("before", "address", "after"), ADDRESSES)
def test_the_whole_address_and_no_more(before: str, address: str, after: str) -> None:
    """The span goes from the postal code or the first place to the room, and ends before names, phones and words."""
    text = before + address + after
    assert [text[span.start : span.end] for span in find(text)] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "東京都は2020年に",
        "東京都港区で3人が",
        "千葉市美浜区で2024年1月2日に",
        "大阪市は3-2で勝利",
        "新宿区の人口は34万人",
        "東京都新宿区",
        "3丁目の夕日、2丁目3番街",
        "商品: 千葉県産 落花生 3-5粒入り 2袋",
        "会議は3-2会議室で、東京支社の第1部と大阪の第2部が参加します。",
        "送料: 北海道 1,200円 沖縄県 1,500円",
        "北海道夕張郡長沼町１区",
        "〒530-0001",
        "会議室2-3-1",
        "中山市西区富华道1-2-3号",
        "重庆市江北区港区5-6号",
    ],
)
def test_places_and_numbers_in_sentences_are_no_address(text: str) -> None:
    """A place with a date, a count, a score or a price is not reported, nor is a place or a code alone."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "building"),
    [
        ("1-2 見本荘 202 山田", " 見本荘 202"),
        ("1-2 ABCタワー12F 経理部", " ABCタワー12F"),
        ("1-2 山田太郎", ""),
        ("1-2 ジョン・スミス 090-0000-1234", ""),
        ("1-2 TEL 03-0000-0000", ""),
        ("1-2 B棟 地下1階", " B棟 地下1階"),
    ],
)
def test_a_building_ends_with_its_room(text: str, building: str) -> None:
    """What follows the block belongs to it if it is called a building or has a room; a name or a phone does not."""
    assert text[3 : building_end(text, 3)] == building


@pytest.mark.parametrize(
    "address",
    [
        "京都市中京区烏丸通三条下ル見本町123",
        "京都府京都市中京区烏丸通三条上ル 烏丸ビル301",
        "京都市下京区四条通烏丸東入見本町8",
        "京都市上京区今出川通室町西入",
        "京都市中京区寺町通御池上る上見本町488番地",
    ],
)
def test_streets_of_kyoto(address: str) -> None:
    """A crossing and where to turn from it stand for the town, with numbers behind it or without."""
    assert [address[span.start : span.end] for span in find(address)] == [address]


def test_prose_about_kyoto_holds_no_address() -> None:
    """A sentence that tells where a street is has particles."""
    assert find("京都市上京区の室町通を西に入ると店がある") == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("東京都渋谷区渋谷2-21-1渋谷ヒカリエ501 山田太郎", "東京都渋谷区渋谷2-21-1渋谷ヒカリエ501"),
        ("東京都渋谷区渋谷2-21-1山田タロウ", "東京都渋谷区渋谷2-21-1"),
        (
            "〒150-0002 \t 東京都  渋谷区\t渋谷2丁目21-1  サニーハイツ203",
            "〒150-0002 \t 東京都  渋谷区\t渋谷2丁目21-1  サニーハイツ203",
        ),
    ],
)
def test_what_follows_the_numbers(text: str, address: str) -> None:
    """A building that is called like its town belongs to the address, a name does not; white space is one gap."""
    assert [text[span.start : span.end] for span in find(text)] == [address]


@pytest.mark.parametrize("gap", ["", " ", "\t", "  "])
def test_a_code_after_an_address_is_no_room(gap: str) -> None:
    """An address ends before the field of a code, whatever blanks stand between."""
    text = f"東京都新宿区若葉台5丁目23番4号{gap}エントランス暗証番号 4832"
    assert [text[span.start : span.end] for span in find(text)] == ["東京都新宿区若葉台5丁目23番4号"]
