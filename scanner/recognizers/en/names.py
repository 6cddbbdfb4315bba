"""Names in Latin letters in running text: whole ones by the name model, single ones by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.recognizers.en import credits, cues, people
from scanner.recognizers.en.words import CAPITALS, INITIAL, LETTERS, PARTICLES, TOKEN, WORD
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, around, clear, lazy
from scanner.recognizers.vi.people import claims

_NAME = rf"(?:{WORD}(?: (?:{INITIAL}|{PARTICLES}{WORD})){{1,3}})"
_UPPER = r"(?:[A-Z]{2,20}(?: [A-Z]{1,20}\.?){1,2}(?![A-Za-z]))"
_UPPER_TURNED = r"(?P<last>[A-Z][A-Z'’-]{1,20}), (?P<first>[A-Z]{2,20})(?: [A-Z]\b\.?)?(?![\w.(]|, ?[A-Z]{2})"
_TURNED = rf"(?P<last>{WORD}), (?P<first>{WORD})(?: {INITIAL})?(?![\w.(]|,? {WORD}| and )"
_WITH_INITIALS = rf"(?:[A-Z]\. ?){{1,3}}{WORD}"
_NAMES = f"{_NAME}|{_WITH_INITIALS}|{_TURNED}".replace("?P<last>", "?:").replace("?P<first>", "?:")
_LABELLED, _AFTER_BARE = lazy(f"{_NAMES}|{_UPPER}|{_UPPER_TURNED}"), lazy(f"{_NAMES}|{_UPPER_TURNED}")
_RUN = lazy(rf"{TOKEN}(?: ?(?<=[.]){TOKEN}| {{1,2}}{PARTICLES}{TOKEN}){{0,9}}+")
_PART = lazy(rf"{PARTICLES}(?P<name>{TOKEN})")
_WORD = lazy(WORD)
# what identifiers, paths, addresses of the web and marks of programs are made of
_BEFORE = frozenset("0123456789_.@/#$&'’%\\-")
_AFTER = lazy(r"[\w(\[=<@\\]|[.:/-]\w|[’'](?!s(?!\w))\w")
_EITHER_TURNED = (lazy(_TURNED), lazy(_UPPER_TURNED))
_LIST = lazy(rf"{WORD}(?:, {WORD}){{1,12}}+,? (?:and|or|&) {WORD}(?![\w.(-]\w)")
_SUFFIX = lazy(r",? (?:Jr|Sr|II|III|IV)(?:\.|(?![A-Za-z]))")
_EXTENSION = lazy(r"\.[a-z0-9]{1,5}(?![A-Za-z0-9])")
_LIKELY, _SURE, _IN_CAPITALS = 50, 125, 150
_AROUND = 40  # characters that tell the language of a name

NOMINATE = (
    "|".join(
        (
            rf"(?:^|[^A-Za-z0-9_/.-])[{CAPITALS}][{LETTERS}'’-]+(?: [A-Z][.]?)?,? +(?:[a-z][a-z]?[a-z]? |dell[ae] )*"
            rf"[{CAPITALS}][{LETTERS}'’]",
            rf"[A-Z][.] ?[{CAPITALS}][{LETTERS}]",
            cues.NOMINATE,
        )
    ),
)


def find(text: str) -> list[Span]:
    """Return the names in Latin letters of `text`."""
    return clear(text, (*cues.find(text), *_runs(text)))


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After a bare label one word must be a known given name or surname."""
    bare = trust == Trust.BARE
    match = (_AFTER_BARE if bare else _LABELLED).match(text, at)
    if match is None or _extension(text, match.end()):
        return None
    names = re.findall(r"[^\W\d_][\w'’-]+", match.group())
    if bare and (max(map(people.single, names), default=0) < 20 or people.is_country(names)):
        return None
    return match.end()


def is_name(text: str) -> bool:
    """Whether a whole text is a given name and a surname rather than words."""
    names = text.split(" ")
    start, end, weight = people.cut(names)
    return (start, end) == (0, len(names)) and len(names) > 1 and weight >= _LIKELY and _well_formed(names, weight)


def _runs(text: str) -> Iterator[Span]:
    """Names among capitalised words, one or many in a row."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        if (start and (text[start - 1] in _BEFORE or text[start - 1].isalpha())) or _AFTER.match(text, end):
            continue
        if " " in match.group() or "." in match.group():
            yield from _several(text, list(_PART.finditer(text, start, end)))
        elif (weight := people.single(match.group())) >= cues.SINGLE:
            yield from _one(text, start, end, weight)


def _one(text: str, start: int, end: int, weight: int) -> Iterator[Span]:
    """A name that stands alone, `Surname, Given`, and single names in a row."""
    if text.startswith(", ", end):
        yield from _turned(text, start)
    if _WORD.fullmatch(text, start, end):
        yield from cues.beside(text, start, end, weight)
        if text.startswith(", ", end):
            yield from _listed(text, start)


def _several(text: str, parts: list[re.Match[str]]) -> Iterator[Span]:
    """The likeliest name among words in a row; or the last of them alone, as in `Dear Jane`."""
    names = [part["name"] for part in parts]
    start, end, weight = people.cut(names)
    if claims(names[start:end], around(text, parts[0].start(), parts[-1].end(), _AROUND)):
        return
    if weight >= _LIKELY - cues.WORTH and _well_formed(names[start:end], weight):
        beside = (names[start - 1] if start else "", names[end] if end < len(names) else "")
        yield from _judged(text, (parts[start].start("name"), parts[end - 1].end()), beside, weight)
    elif (weight := people.single(names[-1])) >= cues.SINGLE and _WORD.fullmatch(names[-1]):
        yield from cues.beside(text, parts[-1].start("name"), parts[-1].end(), weight)


def _well_formed(names: list[str], weight: int) -> bool:
    """Whether words are written as names are: in small letters but for the first, or all in capitals."""
    long = [name for name in names if len(name.rstrip(".")) > 1]
    if all(name.isupper() for name in long):
        strong = all(max(people.given(name), people.surname(name)) >= 30 for name in long)
        return strong and len(long) > 1 and weight >= _IN_CAPITALS and not any(map(people.common, long))
    return all(_WORD.fullmatch(name) for name in long)


def _judged(text: str, span: tuple[int, int], beside: tuple[str, str], weight: int) -> Iterator[Span]:
    start, end = span
    if people.belongs_to_thing(*beside) or _extension(text, end):
        return
    suffix = _SUFFIX.match(text, end)
    end = suffix.end() if suffix else end
    if credits.credited(text, start, end):
        yield Span(start, end, 0.45, "a name that is given credit")
    elif cues.near(text, start, end):
        yield Span(start, end, 0.62, "a likely name beside a cue")
    elif weight >= _LIKELY:
        yield Span(start, end, 0.6 if weight >= _SURE else 0.52, "given name and surname")


def _turned(text: str, start: int) -> Iterator[Span]:
    """`Surname, Given` or `SURNAME, GIVEN M`."""
    for regex in _EITHER_TURNED:
        if match := regex.match(text, start):
            first, last = people.given(match["first"]), people.surname(match["last"])
            common = match["last"].isupper() and (people.common(match["last"]) or people.common(match["first"]))
            if min(first, last) >= 40 and first + last >= 150 and not common:
                yield Span(*match.span(), 0.52, "surname, given name")


def _listed(text: str, start: int) -> Iterator[Span]:
    match = _LIST.match(text, start)
    names = list(_WORD.finditer(text, *match.span())) if match else []
    if names and people.enumerated([name.group() for name in names]):
        for name in names:
            yield Span(*name.span(), 0.51, "a list of names")


def _extension(text: str, end: int) -> bool:
    """Whether a file name goes on at `end`: `Mary Doc.txt`."""
    return _EXTENSION.match(text, end) is not None
