"""Arabic names in running text: words that are names, weighed by what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from scanner.recognizers.ar.letters import CLITICS, STRETCH, WORD, fold, plain
from scanner.recognizers.ar.people import family, given, is_common, name_at
from scanner.recognizers.ar.words import CUES, FUNCTION, OF_THINGS, TITLES
from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import Span, lazy

_WORD = lazy(WORD)
# what kind of a holder a title has: `العالم الفرنسي باسكال`
_KIND = lazy(rf" (?:ال{WORD}(?:ي|ى|ية|يه) )?[«\"(]?(?={WORD})")
_BEFORE = lazy(rf"({WORD})[ «\"(]{{1,2}}\Z")
_ALONE, _CUED, _TITLED, _FULL = 75, 30, 10, 40  # one part, after a cue, after a title; more parts
_NAMING = 50  # one part where a noun must stand, after a verb or a function word
_SURELY, _FIRST = 75, 38  # more parts do without a cue if they weigh so much, or the first does
_CAPTION, _IN_CAPTION = 6, 100  # spaces in a line that is a caption rather than a sentence; what more parts need there
_CAPTION_REACH = 60
_NEVER = 1_000
_WEAK, _STRONG = 45, 70  # a verb that is a rare name, and a name that follows it
_LONGEST = 30  # letters of a word that may begin a name
_SHORT = 4  # a name of three letters after a clitic is a word more often
# he does, and he does: what follows is no adjective
_VERB = lazy("[وف]?ي[ء-ي]{2,6}")
_INDEFINITE = "\u064b"  # the mark of a noun or an adverb that names nobody
_SPACE = lazy(" ")


@cache
def _openings() -> frozenset[str]:
    """Words that a name, or a title and a name, may begin with."""
    names = (word for names in (given(), family()) for word, weight in names.items() if weight >= _TITLED)
    return frozenset((*names, *TITLES, *listed("عبد ابو ابي ابا ابن")))


def _opening(word: str) -> tuple[str, int] | None:
    """A word that a name may begin with, as the lists have it, and how many letters are written onto it; else None."""
    return _known_opening(word) if len(word) <= _LONGEST else None


@lru_cache(1 << 16)
def _known_opening(word: str) -> tuple[str, int] | None:
    if not word.isalpha() or STRETCH in word:
        word = "" if _INDEFINITE in word else plain(word)
    if word in _openings():
        return word, 0
    if len(word) <= _SHORT or word[0] not in CLITICS or word[1:] not in _openings() or is_common(word):
        return None
    return word[1:], 1


def in_prose(text: str) -> Iterator[Span]:
    """Yield the names of `text` that their words, or a word before them, give away; some may overlap."""
    done = 0
    for match in _WORD.finditer(fold(text)):
        if (opening := _opening(match.group())) is None:
            continue
        word, clitic = opening
        at = match.start() + clitic
        if at >= done and (span := _after_title(text, at, match.end()) if word in TITLES else _weighed(text, at)):
            done = span.end
            if span.score:
                yield span


def _after_title(text: str, at: int, title: int) -> Span | None:
    """The name after a title from `at` to `title`: known, or at least no word of the language."""
    end = _line_end(text, title)
    score = 0.0 if _is_of_thing(_word_before(text, at)) else 1.0
    for gap in (_KIND.match(text, title, end), _SPACE.match(text, title, end)):
        if gap is None:
            continue
        name = name_at(text, gap.end(), end)
        if name and name.weight >= _TITLED:
            return Span(gap.end(), name.end, 0.62 * score, "an Arabic name after a title")
        word = _WORD.match(text, gap.end(), end)
        if word and len(word.group()) > 3 and word.group()[0] != "و" and not is_common(plain(word.group())):
            return Span(gap.end(), word.end(), 0.55 * score, "a word that is none of the language after a title")
    return None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _word_before(text: str, at: int) -> str:
    match = _BEFORE.search(text, max(0, at - 24), at)
    return plain(match[1]) if match else ""


def _bare(word: str) -> str:
    return word[1:] if word[:1] in set(CLITICS) else word


def _is_of_thing(word: str) -> bool:
    return word in OF_THINGS or _bare(word) in OF_THINGS


def _weighed(text: str, at: int) -> Span | None:
    """The name that begins at `at`, if it weighs enough for the word before it; scored 0 where it is a thing's."""
    end = _line_end(text, at)
    name, first = name_at(text, at, end), _WORD.match(text, at)
    if name is None or first is None or plain(first.group()) in OF_THINGS:
        return None
    before = _word_before(text, at)
    if _is_of_thing(before):
        return Span(at, name.end, 0.0, "a thing that is named after somebody")
    if name.parts > 1 and name.first < _WEAK:
        after = name_at(text, first.end() + 1, end)
        if after and after.first >= _STRONG:
            return None
    cued = before in CUES or _bare(before) in CUES
    caption = not cued and _is_caption(text, at)
    if name.parts > 1 and name.weight >= (_IN_CAPTION if caption else _FULL):
        sure = name.weight >= _SURELY or name.first >= _FIRST
        return Span(at, name.end, 0.55, "an Arabic given name, then others") if sure or cued else None
    if caption or name.weight < (_CUED if cued else _needed(before, text[at : name.end])):
        return None
    if _fills_line(text, at, name.end):
        return None
    return Span(at, name.end, 0.5, "a word that is an Arabic name")


def _needed(before: str, name: str) -> int:
    """The weight that a name of one part needs after a word that is no cue."""
    article = name.startswith("ال")
    if before in FUNCTION or _VERB.fullmatch(before):
        return _NAMING - 10 if article else _NAMING - 5
    return _NEVER if article else _NAMING if " " in name else _ALONE


def _is_caption(text: str, at: int) -> bool:
    """Whether the line around `at` has too few words for a sentence, as those of menus and headings have."""
    low, high = text.rfind("\n", max(0, at - _CAPTION_REACH), at) + 1, text.find("\n", at, at + _CAPTION_REACH)
    low, high = low or max(0, at - _CAPTION_REACH), at + _CAPTION_REACH if high < 0 else high
    return text.count(" ", low, high) < _CAPTION


def _fills_line(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line: then the column says what it is."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip() and not text[end : _line_end(text, end)].strip()
