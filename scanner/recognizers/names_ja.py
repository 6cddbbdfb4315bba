"""Japanese names in text: after a label, or a family name that ends with 様 or 殿."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.recognizers.clues import clue, follow
from scanner.recognizers.gazetteer import Gazetteer, listed, word_set
from scanner.recognizers.spans import Span

CUES = listed(
    "宛名 氏名 お名前 受取人 お届け先 届け先 送り主 差出人 ご依頼主 依頼主 名義人 口座名義 注文者 契約者 購入者"
)
HONORIFICS = ("様", "殿")
_KANJI = "一-龥々ヶ"
_ANY = f"{_KANJI}ぁ-んァ-ヶー"
_NAME = rf"(?P<name>[{_KANJI}]{{1,4}}[ 　]?[{_ANY}]{{1,5}}?|[ァ-ヶー]{{2,6}}[ 　][ァ-ヶー]{{2,7}})"
_LABEL = rf"(?:{'|'.join(CUES)})(?:名|氏名)?"
_LABELS = Gazetteer(more=CUES)
_CLUES = (
    clue(
        _LABELS,
        rf"{_LABEL}[ 　\t]*[:：=][ 　\t\"]*{_NAME}(?=[ 　]?(?:様|さま|殿|さん)|[^{_ANY}]|$)",
        0.8,
        "a name after a Japanese label",
    ),
    clue(_LABELS, rf"{_LABEL}[ 　]{_NAME}(?=[ 　]?(?:様|殿))", 0.7, "a name between a Japanese label and 様"),
)
_NO_NAMES = ("部", "課", "会社", "店", "市", "都", "県", "区")
_HONOURED = Gazetteer(more=HONORIFICS)
_BEFORE = re.compile(
    rf"(?:^|(?<=[^{_KANJI}ァ-ヶーA-Za-z]))(?P<name>[{_KANJI}]{{1,4}}(?:[ 　]?[{_ANY}]{{1,5}}?)?)[ 　]?$"
)
_WINDOW = 12


def find(text: str) -> list[Span]:
    """Return the Japanese names of `text` that something beside them gives away."""
    labelled = (span for span in follow(_CLUES, text) if not text[span.start : span.end].endswith(_NO_NAMES))
    return [*labelled, *_with_honorific(text)]


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
