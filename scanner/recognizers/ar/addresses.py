"""Arabic addresses: street, district, building, flat, post office box, city, in any usual order.

A line is read part by part from the first key word; what has been read is an address when it names a street, building
or box and a number, a place or a district beside it. A city alone is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.recognizers.ar.address_parts import KEYS, NUMBER, Kind, Part, other, part
from scanner.recognizers.ar.letters import DIGIT, LETTER, MARK, WORD, forms, plain
from scanner.recognizers.ar.people import given
from scanner.recognizers.gazetteer import Gazetteer
from scanner.recognizers.spans import Span, around, best, lazy

_GAP = lazy(r" *[،,؛/|–-] *| +|(?=$)")
_KEY = lazy(rf"(?<![{LETTER}{MARK}])(?:{forms(KEYS)}|ش)(?![{LETTER}{MARK}])")
_POSTAL = lazy(rf"(?<![{DIGIT}+-])[{DIGIT}]{{5}}(?![{DIGIT}])")
_ARABIC = lazy(f"[{LETTER}]")
_BEFORE = lazy(rf"{WORD}|{NUMBER}")
_PHONE_BEFORE = lazy(rf"(?<![{DIGIT}])[{DIGIT}]{{1,6}}[ -]\Z")
# `عن طريق`: by way of
_BY_WAY = lazy(r"(?:عن|على|في|بهذا|هذا) طريق\Z")
_LABEL = lazy(r"(?:العنوان|عنوان|عنواني|التوصيل(?: إلى| الى)?|الموقع)[^\n:：]{0,12}[:：]? ?\Z")
_SPELT = ((), ("ة", "ه"), ("ا", "إ"), ("ي", "ى"))
_LEADS = Gazetteer(more=[" ش ", *(key.replace(*pair, 1) if pair else key for key in KEYS for pair in _SPELT)])
_COMMA = lazy("[،,؛/|–-]")
_WORDS_BEFORE = lazy(rf"(?:({WORD}) )?({WORD}) \Z")
_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_REACH = 48  # how far before the first key word an address may begin
_MOST_PARTS = 14
_NAME = 10  # the weight of a given name
_LEADING = {Kind.NUMBER, Kind.PLACE, Kind.OTHER}
NOMINATE = (f"(?:{forms(KEYS)})| ش |[{LETTER}{MARK}][ ,،-]{{1,3}}[{DIGIT}]{{5}}|[{DIGIT}]{{5}}[ ,،-]{{1,3}}[{LETTER}]",)


def find(text: str) -> list[Span]:
    """Return the Arabic addresses of `text`."""
    return best([*_keyed(text), *_postal(text)])


def _keyed(text: str) -> Iterator[Span]:
    """Addresses with a street, a building or a box."""
    for line, end in _LEADS.lines(text):
        done = line
        for key in _KEY.finditer(text, line, end):
            if key.start() < done or _BY_WAY.search(text, max(line, key.start() - 6), key.end()):
                continue
            start, parts = _read(text, _opening(text, done, key.start()), end)
            done = max(key.end(), parts[-1].end if parts else 0)
            if parts and parts[-1].end > key.start() and (span := _judged(text, start, parts, line, end)):
                yield span


def _read(text: str, start: int, end: int) -> tuple[int, list[Part]]:
    """The parts that follow one another from `start`."""
    parts: list[Part] = []
    at: int | None = start
    while at is not None and len(parts) < _MOST_PARTS and (found := _next(text, at, end, parts)):
        parts.append(found)
        gap = _GAP.match(text, found.end, end)
        at = gap.end() if gap else None
    while parts and parts[-1].kind == Kind.OTHER and Kind.PLACE in {item.kind for item in parts}:
        parts.pop()
    return start, parts


def _next(text: str, at: int, end: int, parts: Sequence[Part]) -> Part | None:
    """The next part; between commas also words that are nothing else, once in an address."""
    found = part(text, at, end)
    if found or not parts or text[at - 1 : at].isalnum() or Kind.OTHER in {item.kind for item in parts}:
        return found
    return other(text, at, end) if _COMMA.search(text, parts[-1].end, at) else None


def _is_family_name(text: str, low: int, at: int) -> bool:
    """Whether a given name alone stands before `at`, so that a place after it is a family name."""
    before = _WORDS_BEFORE.search(text, low, at)
    if before is None:
        return False
    first, last = (plain(word or "") for word in before.groups())
    return given().get(last, 0) >= _NAME and given().get(first, 0) < _NAME and first != "ال"


def _opening(text: str, low: int, key: int) -> int:
    """Where numbers and places begin that lead up to the key word at `key` without a break."""
    low = max(low, key - _REACH)
    for match in _BEFORE.finditer(text, low, key):
        at = match.start()
        if match.group()[0] in _DIGITS:
            taken = _PHONE_BEFORE.search(text, max(0, at - 8), at) is not None
        else:
            taken = _is_family_name(text, low, at)
        if not taken and _leads_to(text, at, key):
            return at
    return key


def _leads_to(text: str, at: int, key: int) -> bool:
    """Whether there is nothing but numbers, places and perhaps a district from `at` to `key`."""
    parts: list[Part] = []
    while at < key:
        found = _next(text, at, key, parts)
        gap = _GAP.match(text, found.end, key) if found and found.kind in _LEADING else None
        if found is None or gap is None or gap.end() == found.end:
            return False
        parts.append(found)
        at = gap.end()
    return at == key


def _judged(text: str, start: int, parts: Sequence[Part], line: int, end: int) -> Span | None:
    """The span of an address with its score; None where the parts do not make one."""
    stop = parts[-1].end
    alone = not text[line:start].strip() and not text[stop:end].strip(" .")
    if not _is_address(parts, alone or _LABEL.search(text, max(line, start - 30), start) is not None):
        return None
    score = min(0.8, 0.5 + 0.05 * (len(parts) - 1 + _evidence(parts)))
    return Span(start, stop, score, "an Arabic street, building or box with a number, a district or a city")


def _evidence(parts: Sequence[Part]) -> int:
    """How many of these there are: a number, a place, two kinds of key words."""
    kinds = {item.kind for item in parts}
    keyed = kinds - {Kind.PLACE, Kind.NUMBER}
    return any(item.numbered for item in parts) + (Kind.PLACE in kinds) + (len(keyed) > 1)


def _is_address(parts: Sequence[Part], whole: bool) -> bool:
    """Whether parts make an address; `whole`: a label stands before them, or nothing else in the line."""
    kinds = {item.kind for item in parts}
    numbered = {item.kind for item in parts if item.numbered}
    flat = Kind.BUILDING in kinds and Kind.INSIDE in numbered
    anchors = kinds & {Kind.STREET, Kind.DISTRICT} | numbered & {Kind.BUILDING, Kind.POST}
    if not (anchors or flat) or not _evidence(parts) or (anchors == {Kind.DISTRICT} and len(parts) < 2):
        return False
    if not numbered and Kind.STREET not in kinds:
        return whole
    if anchors <= {Kind.BUILDING} and not (flat and Kind.BUILDING in numbered) and Kind.PLACE not in kinds:
        return whole or len(parts) > 2
    return True


def _postal(text: str) -> Iterator[Span]:
    """A city with its postal code, then the country or the end of the line."""
    for code in _POSTAL.finditer(text):
        if not _ARABIC.search(around(text, code.start(), code.end(), 3)):
            continue
        line, end = text.rfind("\n", 0, code.start()) + 1, text.find("\n", code.end())
        end = len(text) if end < 0 else end
        start, parts = _read(text, _opening(text, line, code.start()), end)
        kinds = [item.kind for item in parts]
        places = kinds.count(Kind.PLACE)
        if places and kinds.count(Kind.NUMBER) == 1 and len(parts) == places + 1:
            ended = not text[parts[-1].end : end].strip()
            if places > 1 or ended:
                yield Span(start, parts[-1].end, 0.55, "an Arab city with its postal code")
