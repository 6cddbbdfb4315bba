"""Names after a label, as in `수령인: …`, `receiver_name=…`, `<name>…</name>`: labels go with names of every script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum

from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import Span, lazy


class Trust(IntEnum):
    """What a label says of the text after it."""

    BARE = 0  # it may belong to a thing: `name`, `sender`
    SURE = 1  # it names people only
    OWN = 2  # and is of the language that the name is sought in


# Takes a text, where a label ends in it, and what that says; returns the end of the name that begins there, or None.
AfterLabel = Callable[[str, int, Trust], int | None]

_SCORES = {Trust.BARE: 0.65, Trust.SURE: 0.75, Trust.OWN: 0.8}
_OF_PEOPLE = listed(
    """full recipient receiver sender consignee contact customer client patient employee cardholder buyer orderer
    member guest passenger student owner depositor beneficiary shipping billing shipper real legal my your his her"""
)
_ROLES = listed("recipient receiver consignee cardholder attn attention beneficiary orderer")
_ROLES += ["contact person", "account holder", "ship to", "deliver to"]
_PHRASES = [*_ROLES, *(f"{whose} name" for whose in (*_OF_PEOPLE, "account holder"))]
_SURE = tuple({phrase.replace(" ", gap) for phrase in _PHRASES for gap in ("", " ", "_", "-", ".")})
_PARTIES = ("sender", "customer", "contact", "client", "buyer", "patient", "tenant", "landlord", "occupant", "resident")
BARE = ("name", *_PARTIES, "username", "user name", "user_name", "user.name")
# a regex for a piece of every English label
ENGLISH = "|".join((*_ROLES, "name", *_PARTIES)).replace(" ", "[ _.-]?")
# what may stand between a label and its separator
SUFFIX = "(?:명|이름|성함|姓名|名称|名稱|氏名|名| الكامل)?"
_GAP = lazy(rf"{SUFFIX}(?:\\?[\"'])?\]?[ \t]*(?P<sign>[:：=]>?|>)[ \t]*(?:\\?[\"'])?")
_INSIDE_WORD = lazy(r"[0-9A-Za-zء-ي]")
# `file_name`, `$name`, `class name`: what a bare label is part of is the name of a thing
_OF_A_THING = lazy(
    r"(?:[0-9A-Za-z][_.-]|[$@]|(?<![A-Za-z])(?i:class|file|host|product|item|company|brand|store|shop|group|team|type|field"
    r"|table|column|function|method|variable|package|module|event|branch|domain|server|service|project|city|bank|school"
    r"|display|font|color|tag|key|model|category|path|folder|directory|command|option|property|attribute|parameter) )\Z"
)


class Labels:
    """The labels of all languages, and what finds names of each script behind them."""

    def __init__(self, languages: Iterable[tuple[Iterable[str], AfterLabel]]) -> None:
        """Each row: the labels of a language, and what finds its names."""
        rows = [(tuple(labels), after_label) for labels, after_label in languages]
        self._find = [after_label for _, after_label in rows]
        self._owners = {label.lower(): after_label for labels, after_label in rows for label in labels}
        self._words = Gazetteer(more=(*_SURE, *BARE, *(x for labels, _ in rows for x in labels)), ignore_case=True)

    def find(self, text: str) -> Iterator[Span]:
        """Yield the names of `text` that stand after a label; some may overlap."""
        for start, end in zip(*self._words.hits(text), strict=True):
            gap = _GAP.match(text, end)
            if gap and _stands_alone(text, start, end, gap["sign"]):
                yield from self._after(text, text[start:end].lower(), gap.end())

    def _after(self, text: str, label: str, at: int) -> Iterator[Span]:
        trust = Trust.BARE if label in BARE else Trust.SURE
        for after_label in self._find:
            known = Trust.OWN if self._owners.get(label) is after_label else trust
            if (end := after_label(text, at, known)) is not None:
                yield Span(at, end, _SCORES[known], "a name after a label")


def _stands_alone(text: str, start: int, end: int, sign: str) -> bool:
    """Whether a label is no piece of another word, a bare one of no other term, and a tag opens where it closes."""
    before = text[max(0, start - 16) : start]
    if sign == ">":
        return before.endswith(("<", ":"))
    if _INSIDE_WORD.match(before[-1:]) and _INSIDE_WORD.match(text[start]):
        return False
    return text[start:end].lower() not in BARE or not _OF_A_THING.search(before)
