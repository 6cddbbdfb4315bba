"""vCard 2.1, 3.0 and 4.0 (RFC 6350) and iCalendar (RFC 5545): a record a card or an event, a field a property.

Fields that hold names of persons have `.name` added, addresses `.address`. A name and an address of several parts are
one cell, in the order in which people read them.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from scanner.mail.charsets import decoded
from scanner.model import Batch
from scanner.readers.fieldnames import Names, judge_by
from scanner.readers.folded import MAX_LINE, Line, joined, lines
from scanner.readers.gathered import Gathered, Lines, Run
from scanner.readers.jsonkeys import Keys

_PROPERTY = re.compile(r'(?:[A-Za-z0-9-]+\.)?([A-Za-z][A-Za-z0-9-]*)((?:;(?:[^":;]++|"[^"]*+")*+)*+):')
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)(?:=("[^"]*"|[^";]*))?')
_PEOPLE = frozenset(["FN", "N", "SORT-STRING", "AGENT"])
# Pictures and keys, times, and what programs note for themselves; a UID looks like an e-mail address.
_NOISE = re.compile(
    r"PHOTO|LOGO|SOUND|KEY|VERSION|PRODID|UID|REV|SEQUENCE|DTSTAMP|DTSTART|DTEND|DUE|CREATED|LAST-MODIFIED|COMPLETED|"
    r"RRULE|EXDATE|RDATE|RECURRENCE-ID|TRIGGER|DURATION|TZ.*|STATUS|TRANSP|CLASS|METHOD|CALSCALE|ACTION|PRIORITY|REPEAT|"
    r"CLIENTPIDMAP|X-MICROSOFT-.*|X-WR-TIMEZONE|X-APPLE-.*SEQUENCE.*"
)
_SPOKEN = frozenset(
    ["CN", "EMAIL", "SENT-BY", "LABEL", "X-ADDRESS", "X-TITLE", "MEMBER", "DELEGATED-TO", "DELEGATED-FROM"]
)
_FAMILY_FIRST = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
_PART = re.compile(r"((?:[^;\\]++|\\.?)*+)(;|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LONGEST = 1 << 20  # code points of a value; a longer one stays as it is written
_HEAD = re.compile(rb"\s*BEGIN:(?:VCARD|VCALENDAR)\s", re.I)

Spelled = tuple[str, list[Run]]


def is_cards(sample: bytes) -> bool:
    """Whether a text begins as vCard or iCalendar does."""
    return _HEAD.match(sample.removeprefix(b"\xef\xbb\xbf")) is not None


def read(
    blocks: Iterable[bytes], *, line: int = 1, record: int = 1, batch_bytes: int = 1 << 20, keys: Keys | None = None
) -> Iterator[Batch]:
    """Read valid UTF-8 blocks, `batch_bytes` at a time; `line` and `record` number what comes first.

    What is no property is text. Memory: see `folded.MAX_LINE`; a card may come in several batches.
    """
    places = Lines(line)
    cards = _Cards(Gathered(record), Names(judge_by(keys or Keys())))
    for some in lines(blocks, batch_bytes, places):
        for one in some:
            cards.take(one)
        if (batch := cards.gathered.batch(places)) is not None:
            yield batch
    cards.end()
    if (batch := cards.gathered.batch(places)) is not None:
        yield batch


class _Property(NamedTuple):
    name: str
    parameters: dict[str, str]
    line: Line
    at: int  # of the value

    @property
    def quoted(self) -> bool:
        """Whether it is quoted-printable, as in vCard 2.1."""
        return (
            "QUOTED-PRINTABLE" in self.parameters.get("ENCODING", "").upper() or "QUOTED-PRINTABLE" in self.parameters
        )

    @property
    def based(self) -> bool:
        """Whether it is base64."""
        return self.parameters.get("ENCODING", "").upper() in ("B", "BASE64") or "BASE64" in self.parameters


class _Cards:
    """Makes records of lines."""

    def __init__(self, gathered: Gathered, names: Names) -> None:
        self.gathered, self._names = gathered, names
        self._held: list[Line] = []  # quoted-printable that goes on in the next line
        self._size = 0  # code points of those

    def take(self, line: Line) -> None:
        """The next line."""
        if self._held:
            self._hold(line, line.text.endswith("="))
            return
        found = _property(line)
        if found is None:
            self.gathered.add(None, *line.part(0, len(line.text)))
        elif line.text.endswith("=") and found.quoted:
            self._hold(line, True)
        else:
            self._add(found)

    def _hold(self, line: Line, goes_on: bool) -> None:
        self._held.append(Line(line.text[:-1], line.runs) if goes_on else line)
        self._size += len(line.text)
        if not goes_on or self._size >= MAX_LINE:
            self.end()

    def end(self) -> None:
        """No more lines come, or none that goes on."""
        held, self._held, self._size = self._held, [], 0
        whole = Line(*joined([(line.text, line.runs) for line in held]))
        if held and (found := _property(whole)) is not None:
            self._add(found)

    def _add(self, found: _Property) -> None:
        if found.name in ("BEGIN", "END"):
            if "ALARM" not in found.line.text.upper():
                self.gathered.end()
            return
        if _is_noise(found.name) or found.based:
            self.gathered.binary += found.based or found.line.text.startswith("data:", found.at)
            return
        field = self._names.field(found.name)
        for name, start, end in _spoken(found):
            self.gathered.add(field and f"{field}.{name}", *found.line.part(start, end))
        if found.name in _PEOPLE or found.name == "ADR":
            field = field and f"{field}.{'address' if found.name == 'ADR' else 'name'}"
        self.gathered.add(field, *_value(found))


@lru_cache(1000)
def _is_noise(name: str) -> bool:
    return _NOISE.fullmatch(name) is not None


def _property(line: Line) -> _Property | None:
    found = _PROPERTY.match(line.text)
    if found is None:
        return None
    parameters = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(found[2])} if found[2] else {}
    return _Property(found[1].upper(), parameters, line, found.end())


def _spoken(found: _Property) -> Iterator[tuple[str, int, int]]:
    """The parameters that speak of people: what to call them, and where their values stand."""
    if found.parameters.keys().isdisjoint(_SPOKEN):
        return
    for one in _PARAMETER.finditer(found.line.text, 0, found.at):
        if one[1].upper() in _SPOKEN and one[2]:
            quoted = one[2].startswith('"')
            yield "name" if one[1].upper() == "CN" else one[1], one.start(2) + quoted, one.end(2) - quoted


def _value(found: _Property) -> Spelled:
    """The value as people read it."""
    size = len(found.line.text)
    if found.name not in ("N", "ADR", "ORG") or size > _LONGEST:
        return _spelled(found, found.at, size)
    spans = (one.span(1) for one in _PART.finditer(found.line.text, found.at))
    parts = [_spelled(found, *span) if span[0] < span[1] else ("", []) for span in spans]
    far_east = any(_FAMILY_FIRST.search(text) for text, _ in parts)
    if found.name == "N":
        family, given, *more = [*parts, ("", []), ("", [])][: max(len(parts), 2)]
        return _joined([family, given, *more[:1]], "") if far_east else _joined([given, *more[:1], family], " ")
    return _joined(parts[::-1] if found.name == "ADR" and far_east else parts, " ")


def _joined(parts: Sequence[Spelled], between: str) -> Spelled:
    filled = [part for part in parts if part[0].strip()]
    return joined([one for part in filled for one in ((between, ()), part)][1:])


def _spelled(found: _Property, start: int, end: int) -> Spelled:
    """A part of the value without escapes."""
    if found.quoted:
        data = quopri.decodestring(found.line.text[start:end].encode())
        return found.line.stands_for(start, decoded(data, found.parameters.get("CHARSET")))
    line, text = found.line, found.line.text
    if text.find("\\", start, end) < 0 or end - start > _LONGEST:
        return line.part(start, end)
    escapes = list(_ESCAPE.finditer(text, start, end))
    starts = [start, *(escape.start(1) for escape in escapes)]
    parts = [line.part(*span) for span in zip(starts, [*(escape.start() for escape in escapes), end], strict=True)]
    for number, escape in enumerate(escapes, 1):
        if escape[1] in "nN":
            parts[number] = ("\n" + parts[number][0][1:], parts[number][1])
    return joined(parts)
