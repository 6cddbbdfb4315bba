"""Foreign names in katakana: `ジョン・スミス`, `ヘンリー・R・ヘイル`, `スミス大統領`.

Each part is weighed: how much more usual it is as a person's name than as a word or a place (UniDic), or, for one that
no list has, how usual its pairs of letters are in foreign names. Above 0 it is rather a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from scanner.recognizers.gazetteer import listed, weights
from scanner.recognizers.ja.lexicon import costs
from scanner.recognizers.ja.prose import IN_SENTENCE, KANJI, is_titled
from scanner.recognizers.spans import Span, lazy

_WORD = "[ァ-ヴー]"
_RUN = lazy(rf"{_WORD}+(?:[・＝=゠][ァ-ヴーA-Z.]+)*")
_SPLIT = lazy("[・＝=゠]")
_LIST = "ja-katakana"
_PARTICLES = frozenset(
    listed(
        """デ デル デラ ド ドゥ ダ ディ ラ ル ファン フォン ヴァン ビン ベン イブン アル エル サン セント
        ジュニア シニア ヴィ オブ"""
    )
)
_OF_FIRMS = frozenset(
    listed(
        """アンド エンド ウント カンパニー コーポレーション インク グループ ホールディングス
        エンターテインメント ミュージック レコード ピクチャーズ スタジオ ブラザーズ ブラザース シスターズ
        ジャパン プロダクション ファンド バンク モーター モータース システム システムズ ストリート アベニュー
        スクエア シティ タウン パーク ホテル ハウス クラブ ユナイテッド ヴィトン ロールス アストン アルファ
        アール コスタ フラン ペソ ルピー ポンド ディナール リアル"""
    )
)
_OF_SAINTS = ("サンタ", "セント")
_OF_PLACES = frozenset(
    listed(
        """サン サンタ サント セント ラス ロス エル ラ ル レ ニュー ポート フォート マウント レイク ノース
        サウス イースト ウェスト グレート"""
    )
)
# surnames and given names that are better known as something else
_BRANDS = frozenset(
    listed(
        """ディズニー サムスン サムソン フィリップス ジレット シャネル グッチ プラダ エルメス ディオール
        ダイソン ポルシェ フェラーリ ルノー オペル フォード テスラ ヒルトン マリオット ハインツ ケロッグ
        リプトン ギネス ティファニー カルティエ ブルガリ バーバリー ファイザー メルク ボッシュ シーメンス
        アレクサ シリ ステラ ルナ オーロラ アポロ ゼウス ビーナス マリアナ"""
    )
)
# with what words go on that begin in katakana: not with what stands behind people
_THINGS = listed(
    """大学 大会 学校 学院 高校 会社 銀行 社 州 市 郡 県 区 町 村 島 山 川 湖 海 湾 半島 諸島 群島 地方 地区
    地域 国 王国 帝国 共和国 連邦 語 族 人 教会 教 寺 城 宮 宮殿 館 博物館 美術館 図書館 劇場 球場 競技場
    スタジアム 公園 広場 通り 街 駅 港 空港 号 型 級 式 系 製 法 線 鉄道 道路 橋 賞 杯 戦 戦争 条約 事件 作戦
    計画 運動 理論 定理 法則 方程式 効果 症候群 病 症 党 軍 隊 艦隊 艦 団 協会 財団 連盟 楽団 交響楽団 管弦楽団
    合唱団 映画祭 音楽祭 祭 誌 紙 新聞 放送 出版 工業 製薬 電機 自動車 重工 商会 商店 食品 建設 証券 保険 物産
    産業 航空 工場 研究所 病院 ホテル クラブ リーグ チーム FC SC 杉 犬 猫 属 科 種 目 星 座 彗星 織 焼 風 油 酸
    菌 版 部 課 室 店 場 器 機 券 剤 率 力 量 数 用 化 性 的 委員会"""
)
_THING = lazy(rf"[ 　]?(?:{'|'.join(_THINGS)}|[A-Za-z0-9])")
_BEHIND_WORD = lazy(rf"[{KANJI}「『【《〈0-9]")
_NUMBERED = lazy("[0-9]{1,2}世")
_PLACE = 60  # what a first part weighs that is usual in places
_TITLED, _BARE = 0.62, 0.55


@lru_cache(1 << 15)
def weigh(part: str) -> int:
    """How much rather a part of a name than a word, in tenths of bits: -40 to 40."""
    if len(part) == 1 or part[-1] == ".":
        return 10
    if part in _PARTICLES:
        return 5
    known = costs(part, _LIST)
    name = min((cost for kind, cost in known.items() if kind in "HGS"), default=None)
    other = min((cost for kind, cost in known.items() if kind not in "HGS"), default=None)
    if name is None and other is None:
        return -40 if _is_compound(part) else max(-25, min(25, _by_pairs(part)))
    if name is None:
        return -15 if known.keys() == {"P"} else -40
    return 40 if other is None else max(-40, min(40, (other - name) // 5))


def _weigh_among(part: str) -> int:
    """The same beside other parts of what may be a name: a word that is also a name hardly speaks against it."""
    if part in _OF_FIRMS:
        return -80
    return max(weigh(part), -5) if costs(part, _LIST).keys() & set("HGS") else weigh(part)


@lru_cache(1 << 15)
def _weigh_all(parts: tuple[str, ...]) -> int:
    of_place = parts[0] in _OF_PLACES or parts[0].startswith(_OF_SAINTS)
    return sum(map(_weigh_among, parts)) - _PLACE * of_place


def _is_compound(part: str) -> bool:
    """Whether two words make it up, none of which is only a name: `テレビドラマ`."""
    cuts = ((part[:at], part[at:]) for at in range(2, len(part) - 1))
    return any("N" in costs(first, _LIST) and "N" in costs(second, _LIST) for first, second in cuts)


def _by_pairs(part: str) -> int:
    pairs = weights("ja-katakana-pairs")
    edged = f"^{part}$"
    return sum(pairs.get(a + b, 0) for a, b in pairwise(edged)) * 4 // len(edged)


_LONGEST = 60  # code points: what is longer is no name, and every piece of it would be remembered


def find(text: str) -> Iterator[Span]:
    """Yield the names of `text` that are written in katakana."""
    for match in _RUN.finditer(text):
        name = match.group()
        if len(name) > _LONGEST:
            continue
        parts = _SPLIT.split(name)
        weight = weigh(name) if len(parts) == 1 else _weigh_all(tuple(parts))
        start, end = match.span()
        if weight > -30 and end - start > 1 and not _inside_word(text, start):
            end = _numbered(text, end)
            if score := _score(text, start, end, weight, len(parts)):
                yield Span(start, end, score, "a name in katakana")


def _inside_word(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return bool(before) and (before in "・=＝゠" or (before.isalnum() and before.isascii()))


def _numbered(text: str, end: int) -> int:
    """The end of a name that may have a number: `ヨハネ2世`."""
    match = _NUMBERED.match(text, end)
    return match.end() if match else end


def _score(text: str, start: int, end: int, weight: int, parts: int) -> float:
    """The score of a name by what it weighs, how many parts it has and what stands beside it."""
    titled = is_titled(text, end)
    if not titled and _THING.match(text, end):
        return 0.0
    if parts > 1:
        return _TITLED if titled else _BARE if weight > 0 else 0.0
    if weight <= 0:
        return 0.0
    if titled or text[end - 1] == "世":
        return _TITLED
    lone = (
        weight >= 40
        and text[start:end] not in _BRANDS
        and IN_SENTENCE.match(text, end)
        and not (start and _BEHIND_WORD.match(text, start - 1))
    )
    return 0.5 if lone else 0.0
