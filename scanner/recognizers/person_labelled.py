"""Personal names after a label, in any language: a label of one may stand before a name of another."""

from __future__ import annotations

from scanner.recognizers import labels
from scanner.recognizers.ar import names as ar
from scanner.recognizers.en import names as en
from scanner.recognizers.gazetteer import by_letter
from scanner.recognizers.ja import names as ja
from scanner.recognizers.ko import names as ko
from scanner.recognizers.labels import Labels, Trust
from scanner.recognizers.spans import Span, clear
from scanner.recognizers.vi import names as vi
from scanner.recognizers.vi.letters import LOWER, UPPER, plain
from scanner.recognizers.zh import names as zh

_LABELS = Labels(
    (
        (ko.LABELS, ko.after_label),
        (zh.CUES, zh.after_label),
        (ja.CUES, ja.after_label),
        (vi.LABELS, vi.after_label),
        ((), en.after_label),
        (ar.CUES, ar.after_label),
    )
)
_EVERY = "|".join(
    (
        *(cue.replace("는", "는 ?") for cue in ko.CUES),
        *(*zh.CUES, *ja.CUES, *ar.CUES),
        by_letter([*vi.CUES, *map(plain, vi.CUES), *labels.ENGLISH.split("|")], any_case=True),
    )
)
_LATIN = f"A-Za-z{UPPER}{LOWER}"
NOMINATE = (
    rf"(?:{_EVERY}){labels.SUFFIX}[\\\"'\]]{{0,3}}[ \t]*[:=>][ \t\"'\\>]*"
    rf"(?:[가-힣一-龥々ヶァ-ーｦ-ﾟ]|[ء-ي]+ [ء-ي]|[{_LATIN}][{_LATIN}'’.-]*(?: [{_LATIN}]|, [A-Z]))",
)


def is_name(text: str) -> bool:
    """Whether `text`, from end to end, is likely a name of any language by its words alone."""
    own = ko.is_name(text) if "가" <= text[:1] <= "힣" else en.is_name(text) if text[:1].isascii() else False
    others = (zh, ja, vi, ar)
    return own or any(language.after_label(text, 0, Trust.BARE) == len(text) for language in others)


def find(text: str) -> list[Span]:
    """Return the names of `text` that stand after a label; where two languages claim one, the surer counts."""
    return clear(text, _LABELS.find(text))
