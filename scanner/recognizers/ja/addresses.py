"""Japanese addresses: postal code, prefecture, city, town, block numbers (丁目 番地 号, or 1-2-3), building, room.

Sources of the format: the Act on Indication of Residential Address of 1962, Japan Post's addressing guide; Kyoto names
streets (上る, 東入), Hokkaido counts them (北1条西2丁目).
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.ja.buildings import building_end
from scanner.recognizers.ja.lexicon import NEVER, costs
from scanner.recognizers.spans import Span, best, lazy

PREFECTURES = listed(
    """北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県
    東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府
    兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県
    熊本県 大分県 宮崎県 鹿児島県 沖縄県"""
)
_PLACES = Gazetteer("jp-cities", more=tuple(PREFECTURES))

_KANJI = "一-鿿々ヶヵ"
_LETTER = f"{_KANJI}ぁ-んァ-ヴー"
_GAP = "[ 　\t\r,，、]{0,8}+"
_DIGITS = "[0-9０-９]"
_NUMERAL = f"(?:{_DIGITS}{{1,5}}|[一二三四五六七八九十百〇]{{1,5}})"
_DASH = "[-－−‐‑–—ー―]"
_END = f"(?!{_DIGITS}|{_DASH}{_DIGITS}|[年月日時分円個人回位点歳才%％.．/:：])"
_CHOME = f"{_NUMERAL} ?丁目"
_BAN_NUMBER = rf"(?:{_NUMERAL} ?番地|{_DIGITS}{{1,5}} ?番|{_NUMERAL}番(?=[^ ]{{1,3}}号))"
_BAN = rf"{_BAN_NUMBER}(?: ?(?:[のノ]|{_DASH})? ?{_NUMERAL}(?:{_DASH}{_DIGITS}{{1,4}})?)?(?: ?号(?!室))?"
_RUN = f"{_DIGITS}{{1,5}}(?: ?{_DASH} ?{_DIGITS}{{1,5}}){{1,4}}(?: ?号室?)?"
_SPOKEN = f"{_NUMERAL}の{_NUMERAL}(?:の{_NUMERAL})?"
_BLOCK = (
    rf"(?:{_CHOME}(?:{_GAP}(?:{_BAN}|{_RUN}|{_SPOKEN}|{_DIGITS}{{1,4}}(?: ?号)?(?![A-Za-z]))|(?=[^0-9０-９]|$))"
    rf"|{_BAN}|{_RUN}|{_SPOKEN}(?:番地?|号)?|番外地|無番地){_END}"
)
# a number straight behind the name of a town, after a prefecture only: 大字見本123
_LOT = rf"(?<!第){_DIGITS}{{1,5}}(?![0-9０-９A-Za-zァ-ヴー一-鿿]|{_DASH}|[.．/:：,，%％~〜～])"
_COUNTED = rf"第?{_DIGITS}{{1,2}}(?:条|線|区|の丁|丁(?!目)|地割)"
_TOWN = rf"(?:[{_LETTER}]|{_COUNTED}|（[{_LETTER}]{{1,8}}）|[ 　\t\r]{{1,8}}+(?=[{_KANJI}]))"
_REGION = rf"(?:[{_KANJI}ぁ-んァ-ヴー]{{1,7}}?[市区町村郡島]{_GAP})"
# where block numbers may begin: asked before anything dearer
_NUMBERED = "(?=[0-9０-９一二三四五六七八九十百〇番無])"
_AREA = rf"(?P<regions>(?>{_REGION}{{0,4}})){_TOWN}{{0,20}}?{_GAP}{_NUMBERED}"
# no sentence goes on in an address
_PROSE = lazy(
    "[はがをへもだ]|から|まで|です|ます|した|って|という|により|による|として|における|について|にて|にある"
    "|に[一-鿿]|で[一-鿿、]"
)


_PREFECTURE = "|".join(PREFECTURES)
_ADDRESS = lazy(rf"(?:(?P<prefecture>{_PREFECTURE}){_GAP})?{_AREA}(?:(?P<block>{_BLOCK})|(?P<lot>{_LOT}))")
# behind a postal code, an address needs no number
_UNNUMBERED = lazy(rf"(?:{_PREFECTURE}){_GAP}(?>{_REGION}{{1,3}})[{_KANJI}ァ-ヴーのが]{{0,12}}")
# a street of Kyoto, and where to turn from its crossing: 烏丸通三条下ル, then perhaps a town, its numbers
_TURN = "(?:上[るル]|下[るル]|上がる|下がる|[東西]入[るル]?)"
_KYOTO = lazy(
    rf"(?:京都府{_GAP})?京都市[{_KANJI}]{{1,3}}区{_GAP}[{_KANJI}ァ-ヴー]{{2,14}}?{_TURN}"
    rf"(?:{_GAP}[{_LETTER}]{{1,12}}町)?(?:{_GAP}(?:{_BLOCK}|{_LOT}))?"
)
_SIGNED_CODE = rf"〒[ 　]?{_DIGITS}{{3}}{_DASH}?{_DIGITS}{{4}}"
_PLAIN_CODE = rf"(?<![0-9０-９-]){_DIGITS}{{3}}{_DASH}{_DIGITS}{{4}}"
_POSTAL_CODE = lazy(rf"(?:{_SIGNED_CODE}|{_PLAIN_CODE})[ 　\t\r,，]{{0,8}}\Z")
_CODE_SIZE = 20
_CHOMES = Gazetteer(more=("丁目",))
_TOWN_SIZE = 14
_BLOCK_SIZE = 30  # code points of the longest block numbers
_BARE = lazy(rf"(?m)^(?P<town>[{_KANJI}]{{2,6}}) ?{_DIGITS}{{1,2}}(?:{_DASH}{_DIGITS}{{1,3}}){{2,3}}{_END}")
_TOWN_NUMBERS = rf"(?:{_NUMERAL} ?番(?:地|{_GAP}{_NUMERAL} ?号)|{_DIGITS}{{1,3}}{_DASH}{_DIGITS}{{1,3}})(?!{_DIGITS})"
_TOWN_BLOCK = lazy(rf"[{_KANJI}][{_KANJI}ァ-ヴーのが]{{1,8}}?{_CHOME}{_GAP}{_TOWN_NUMBERS}")

NOMINATE = (
    "[都道府県市区町村郡].*(?:[0-9０-９一二三四五六七八九十百〇]|番外地|無番地)|丁目"
    rf"|(?m:^)[{_KANJI}]{{2,6}} ?[0-9０-９]{{1,2}}{_DASH}"
    "|[0-9０-９]{4}[ 　\\t\\r,，]{0,8}[一-鿿]{2,3}[都道府県]|京都市.*(?:[上下][るルが]|[東西]入)",
)
# telephone numbers, and rooms behind a block, which do not begin with 0
DIGITS = (
    "[0-9]{2}[ -]?[0-9]{1,4}[ -]?[0-9]{4}"
    "|(?:[0-9一二三四五六七八九十百〇]|番外地|無番地|京都).*[ァ-ヴー一-鿿A-Za-z&'’・.\\s-][0-9]"
)


def find(text: str) -> list[Span]:
    """Return the Japanese addresses of `text`; a postal code directly before belongs to its address."""
    return best((*_found(text), *_towns(text)))


def _found(text: str) -> Iterator[Span]:
    done = 0
    for start in _PLACES.starts(text):
        if start < done:
            continue
        code = _POSTAL_CODE.search(text, max(done, start - _CODE_SIZE), start)
        begin = code.start() if code else start
        span = (
            _in_kyoto(text, start, begin)
            or _numbered(text, start, begin)
            or (_coded(text, start, begin) if code else None)
        )
        if span:
            done = span.end
            yield span


def _towns(text: str) -> Iterator[Span]:
    """Towns without a city, if all the numbers of a block stand behind them."""
    for place in _CHOMES.starts(text):
        low = max(0, place - _TOWN_SIZE, text.rfind("\n", 0, place) + 1)
        match = _TOWN_BLOCK.search(text, low, place + _BLOCK_SIZE)
        if match and match.start() < place < match.end():
            yield Span(match.start(), building_end(text, match.end()), 0.55, "a Japanese town, then block numbers")
    for match in _BARE.finditer(text):
        known = costs(match["town"])
        if known.get("P", NEVER) <= min(known.values(), default=0) or match["town"].endswith("町"):
            yield Span(match.start(), building_end(text, match.end()), 0.5, "a line that begins with a Japanese town")


def _numbered(text: str, start: int, begin: int) -> Span | None:
    """The address whose first place begins at `start`, with a postal code from `begin`."""
    match = _ADDRESS.match(text, start)
    if match is None or not (match["prefecture"] or match["regions"]):
        return None
    if not match["prefecture"] and _is_foreign(text, start):
        return None
    named = match.end("prefecture") if match["prefecture"] else start
    number = match.start("block") if match["block"] else match.start("lot")
    if _PROSE.search(text, match.end("regions") if match["regions"] else named, number):
        return None
    if not match["regions"] and (match["lot"] or "丁目" not in match["block"]):
        return None
    if match["lot"] and not match["prefecture"]:
        return None
    score = 0.75 if match["prefecture"] or begin < start else 0.65
    return Span(begin, building_end(text, match.end()), score, "a Japanese place, then block numbers")


def _in_kyoto(text: str, start: int, begin: int) -> Span | None:
    if not text.startswith("京都", start) or not (match := _KYOTO.match(text, start)):
        return None
    return Span(begin, building_end(text, match.end()), 0.7, "a street of Kyoto and where to turn")


def _is_foreign(text: str, start: int) -> bool:
    """Whether a ward with a name of one character stands behind a city that is not Japan's: `中山市西区`."""
    return start > 0 and text[start + 1] == "区" and "一" <= text[start - 1] <= "鿿"


def _coded(text: str, start: int, begin: int) -> Span | None:
    match = _UNNUMBERED.match(text, start)
    return Span(begin, match.end(), 0.6, "a Japanese postal code, then places") if match else None
