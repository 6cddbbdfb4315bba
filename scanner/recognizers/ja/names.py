"""Japanese names in text: after a label, or a family name that ends with 様 or 殿."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.recognizers.clues import clue, follow
from scanner.recognizers.gazetteer import Gazetteer, listed, word_set
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear

CUES = listed(
    "宛名 氏名 お名前 受取人 お届け先 届け先 送り主 差出人 ご依頼主 依頼主 名義人 口座名義 注文者 契約者 購入者"
)
HONORIFICS = ("様", "殿")
_KANJI = "一-龥々ヶ"
_ANY = f"{_KANJI}ぁ-んァ-ヶー"
_NAME = rf"(?P<name>[{_KANJI}]{{1,4}}[ 　]?[{_ANY}]{{1,5}}?|[ァ-ヶー]{{2,6}}[ 　][ァ-ヶー]{{2,7}})"
_LABEL = rf"(?:{'|'.join(CUES)})(?:名|氏名)?"
NOMINATE = (rf"(?:{'|'.join(CUES)})(?:名|氏名)? |[一-龥々ぁ-んァ-ヶー][ 　]?[様殿]",)
_LABELS = Gazetteer(more=CUES)
_CLUES = (clue(_LABELS, rf"{_LABEL}[ 　]{_NAME}(?=[ 　]?(?:様|殿))", 0.7, "a name between a Japanese label and 様"),)
_LABELLED = re.compile(rf"{_NAME}(?=[ 　]?(?:様|さま|殿|さん)|[^{_ANY}]|$)")
_NO_NAMES = ("部", "課", "会社", "店", "市", "都", "県", "区", "町", "村", "駅", "大学", "学校", "高校", "銀行", "病院")
# with what given names end
_LAST = frozenset(
    "子美郎夫男雄太介樹也人香恵代江枝奈菜花華乃葉紀輝一二三司志治次之行彦弘博浩明正久勝実隆誠翔蓮陽斗希真里理絵衣"
    "織音結愛咲央吾悟平助輔佑貴哉健剛進学茂豊清孝幸和光義昭仁智哲朗生"
)
_HONOURED = Gazetteer(more=HONORIFICS)
_BEFORE = re.compile(
    rf"(?:^|(?<=[^{_KANJI}ァ-ヶーA-Za-z]))(?P<name>[{_KANJI}]{{1,4}}(?:[ 　]?[{_ANY}]{{1,5}}?)?)[ 　]?$"
)
_WINDOW = 12


def find(text: str) -> list[Span]:
    """Return the Japanese names of `text` that something beside them gives away."""
    labelled = (span for span in follow(_CLUES, text) if not text[span.start : span.end].endswith(_NO_NAMES))
    return clear(text, (*labelled, *_with_honorific(text)))


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After labels of other languages a known family name is needed."""
    match = _LABELLED.match(text, at)
    if match is None or match["name"].endswith(_NO_NAMES):
        return None
    known = _begins_with_surname(match["name"]) and (trust > Trust.BARE or match["name"][-1] in _LAST)
    return match.end() if known or trust == Trust.OWN else None


def _begins_with_surname(name: str) -> bool:
    """Whether a known family name and something more."""
    return any(name[:size] in word_set("ja-surnames") for size in range(1, min(5, len(name))))


def _with_honorific(text: str) -> Iterator[Span]:
    for end in _HONOURED.starts(text):
        window = max(0, end - _WINDOW)
        start = max(window, *(text.rfind(stop, window, end) + 1 for stop in ("\n", *HONORIFICS)))
        match = _BEFORE.search(text[start:end])
        if (
            match
            and len(match["name"]) > 1
            and any(match["name"][:size] in word_set("ja-surnames") for size in range(1, 5))
        ):
            yield Span(start + match.start("name"), start + match.end("name"), 0.65, "a Japanese name before 様 or 殿")
