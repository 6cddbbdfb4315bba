"""Japanese addresses: prefecture, city or ward, town, then block numbers (丁目 番地 号, or 1-2-3), building and room.

Source of the format: the Act on Indication of Residential Address of 1962, Japan Post's addressing guide.
"""

from __future__ import annotations

import re

from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import Span

_PREFECTURES = listed(
    """北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県
    東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府
    兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県
    熊本県 大分県 宮崎県 鹿児島県 沖縄県"""
)
_PLACES = Gazetteer("jp-cities", more=tuple(_PREFECTURES))

_KANJI = "一-龥々ヶヵノ"
_NUMBER = r"[0-9０-９一二三四五六七八九十]{1,4}"
_DASH = r"[-－−‐ー]"
_BLOCK = (
    rf"(?:{_NUMBER}丁目(?: ?{_NUMBER}(?:番地?|{_DASH})?(?: ?の?{_NUMBER}号?)?(?:{_DASH}{_NUMBER})?)?"
    rf"|{_NUMBER}番地?(?: ?の?{_NUMBER}号?)?|{_NUMBER}{_DASH}{_NUMBER}(?:{_DASH}{_NUMBER}){{0,2}})(?![0-9年月日])"
)
_BUILDING = r"(?:[ 　]?[ァ-ヶー一-龥A-Za-z]{2,20}[ 　]?[0-9０-９]{1,5}(?:号室|号|F|階)?(?![0-9-]))?"
_ADDRESS = re.compile(
    rf"(?P<prefecture>{'|'.join(_PREFECTURES)})?[ 　]?(?:[{_KANJI}ぁ-んァ-ヶー]{{1,7}}?[市区町村郡][ 　]?){{0,3}}"
    rf"[{_KANJI}ぁ-んァ-ヶー]{{0,14}}?[ 　]?{_BLOCK}{_BUILDING}"
)
_POSTAL_CODE = re.compile(r"(?:〒 ?)?[0-9]{3}-[0-9]{4}[ 　]?\Z")

NOMINATE = ("[都道府県市区町村郡].*[0-9０-９一二三四五六七八九十](?:丁目|番|[-－−‐ー][0-9０-９一二三四五六七八九十])",)


def find(text: str) -> list[Span]:
    """Return the Japanese addresses of `text`; a postal code directly before belongs to its address."""
    spans: list[Span] = []
    done = 0
    for start in _PLACES.starts(text):
        match = _ADDRESS.match(text, start) if start >= done else None
        if match:
            code = _POSTAL_CODE.search(text[max(done, start - 11) : start])
            begin = start - len(code.group()) if code else start
            done = match.end()
            score = 0.75 if match["prefecture"] or code else 0.6
            spans.append(Span(begin, done, score, "a Japanese place, then block numbers"))
    return spans
