"""What follows the block numbers of a Japanese address: a building, a floor, a room."""

from __future__ import annotations

from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import lazy

_WORDS = "|".join(
    listed(
        """マンション ハイツ コーポ コーポラス ビルディング ビル タワーズ? レジデンス アパート メゾン パレス
        ハウス ハイム コート テラス ヒルズ プラザ ガーデンズ? シティ ヴィラ ヴィレッジ キャッスル スクエア
        グランド サンライズ ロイヤル ライオンズ パーク フォレスト レオパレス ドーム センター ホテル フラッツ?
        カーサ カサ シャトー クレスト プレミア ブリリア 団地 住宅 会館 公舎 宿舎 号館 号棟 棟 荘 寮 苑 館"""
    )
)
_DIGITS = "[0-9０-９]"
_DASH = "[-－−‐‑–—ー―]"
_ROOM = rf"(?:[A-Za-zＡ-Ｚ]?{_DIGITS}{{1,5}}(?:{_DASH}?[A-Za-z](?![A-Za-z]))?|[A-ZＡ-Ｚ]{_DASH}{_DIGITS}{{1,4}})"
_UNIT = rf"(?:{_ROOM}(?:号室|号棟|号館|号|室|階|[FＦ](?![A-Za-z])|棟)|[BＢ]{_DIGITS}(?:階|[FＦ])?|地下{_DIGITS}?階)"
_NO_PHONE = rf"(?!{_DIGITS}|{_DASH}{_DIGITS}|[年月日時円個])"
_NAME = "[ァ-ヴー一-鿿々ヶのA-Za-zＡ-Ｚａ-ｚ&'’・.]"
_GAP = "[ 　\t\r]{0,4}"
# a building that is named as one, or anything with a room that is called one, or katakana or letters with a number
_NAMED = (
    rf"[ァ-ヴー一-鿿々ヶのA-Za-z&'’・.0-9 ]{{0,15}}?(?:{_WORDS})"
    rf"(?:[ァ-ヴーA-ZＡ-Ｚ・]|[一-鿿]{{1,4}}(?={_GAP}{_DIGITS})){{0,10}}"
    rf"(?:{_GAP}(?:[A-Z一-鿿]{{0,2}}棟)?{_GAP}(?:{_UNIT}|{_ROOM}{_NO_PHONE}))?"
)
_FOREIGN = rf"[ァ-ヴーA-Za-zＡ-Ｚａ-ｚ'’&.・]{{2,16}}[一-鿿]{{0,4}}{_GAP}(?![0０]){_ROOM}{_NO_PHONE}"
# a name that begins with the town's: 渋谷ヒカリエ501
_LED = rf"[一-鿿々ヶ]{{1,6}}[ァ-ヴー]{{3,10}}{_DIGITS}{{3,4}}(?:号室?)?{_NO_PHONE}"
_BUILDING = lazy(rf"{_GAP}(?:{_NAMED}|{_NAME}{{0,16}}{_GAP}{_UNIT}|{_FOREIGN}|{_LED})")
_MORE = lazy(rf"[ 　]?(?:{_UNIT}|{_DASH}{_DIGITS}{{1,4}}{_NO_PHONE})")
_ALONE = lazy(rf"[ 　](?![0０])[A-Z]?{_DIGITS}{{3,4}}(?![A-Za-z]){_NO_PHONE}")
_NOT_BUILDING = lazy(
    f"{_GAP}(?:TEL|Tel|tel|ＴＥＬ|FAX|電話|携帯|〒|オートロック|エントランス|玄関|暗証|宅配|インターホン|鍵)"
)


def building_end(text: str, end: int) -> int:
    """Where an address ends whose block numbers end at `end`."""
    if _NOT_BUILDING.match(text, end):
        return end
    match = _BUILDING.match(text, end) or _ALONE.match(text, end)
    if match is None:
        return end
    end = match.end()
    while more := _MORE.match(text, end):
        end = more.end()
    return end
