"""What beside a word tells that it is a name: titles, greetings, `my name is`, verbs of speech, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.recognizers.en import people
from scanner.recognizers.en.words import INITIAL, PARTICLES, WORD
from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import Span, lazy

SINGLE = 30  # a word alone needs at least this
_STRONG = 85  # and this where the cue is weak
WORTH = 35  # what a cue is worth for a whole name

_WHOLE = rf"(?:{WORD})(?:  ?(?:{INITIAL} {WORD}|{PARTICLES}{WORD})){{0,3}}"
_TITLE = r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Professor|Mister|Señora?|Herr|Frau|Monsieur|Madame)\.? "
_TITLED = lazy(rf"{_TITLE}(?P<name>(?:[A-Z]\. ?)*{_WHOLE})")
_TITLED_SMALL = lazy(r"(?<![A-Za-z])(?:mr|mrs|ms|dr|prof)\. ?(?P<name>[A-Za-z][a-zß-ɏ'’-]+(?: [a-zß-ɏ'’-]+)?)")
_TITLES = Gazetteer(
    more=listed("Mr Ms Miss Mx Dr Prof Sir Madam Mister Señor Herr Frau Monsieur mr. mrs. ms. dr. prof.")
)
_NAMED = lazy(
    r"(?i:(?<![a-z])(?:(?:my|his|her|your|first|last|full|maiden|family|middle)(?: full| first| last| maiden)? name"
    r"(?:'s| is|\?)|i am called|call me|known as|signed by|name on the account\?|user:))[ :]+"
    rf"(?:User: )?(?P<name>{_WHOLE}|[a-zß-ɏ]{{2,20}}(?: [a-zß-ɏ]{{2,20}})?)"
)
_NAMES = Gazetteer(
    more=(" name is ", " name's ", " name? ", "call me ", "am called ", "nown as ", "igned by ", "the account? "),
    ignore_case=True,
)
_BEFORE = tuple(
    f"{cue} "
    for cue in (
        *("i'm", "i’m", "i am", "this is", "hi", "hello", "hey", "dear", "thanks", "thank you", "regards,", "cheers,"),
        *("sincerely,", "best,", "wishes,", "yours,", "thanks,", "said", "says", "asked", "replied", "told", "called"),
        *("named", "met", "tell", "ask", "attn:", "attn", "attention:", "c/o", "kid", "son", "daughter", "wife"),
        *("husband", "brother", "sister", "mother", "father", "friend", "boss", "manager", "colleague", "partner"),
        *("patient", "customer", "contact", "uncle", "aunt", "cousin", "mom", "dad", "author", "producer", "player"),
        *("president", "senator", "minister", "officer", "captain", "agent", "actor", "actress", "singer", "director"),
        *("starring", "directed by", "written by", "songwriter", "commenter", "invoiced", "user:", "lives with"),
    )
)
_CUE = lazy(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, _BEFORE))})\Z")
_TITLES_ANY = listed(
    "Mr Mr. Mrs Mrs. Ms Ms. Miss Mx Dr Dr. Prof Prof. Professor Sir Herr Frau Monsieur Madame Mister Señora"
)
# after these a word must be a usual name
_BEFORE_SURE = tuple(f" {cue} " for cue in listed("by with from for to call email text tell give and is"))
_LINE_BEFORE = tuple(
    cue + "\x0b" for cue in listed("regards, cheers, sincerely, best, wishes, thanks, yours, thanks regards")
)
_AFTER = lazy(
    r" (?:said|says|asked|replied|told|wrote|writes|shouted|whispered|called|lives|lived|emailed|texted|phoned|added"
    r"|explained|laughed|smiled|nodded|thinks|thought|wants|wanted|knows|knew|loves|born|died|married|joined|joins)"
    r"(?![a-z])|[’']s (?:kid|son|daughter|wife|husband|brother|sister|mother|father|mom|dad|friend|house|birthday|phone"
    r"|number|email|address|account|name|boss|team|salary|car|death|life)(?![a-z])|, can (?:you|i)"
    r"|, (?:could|would|please)|, (?:aged )?[0-9]{2}[,.]"
)
_AFTER_SURE = lazy(r" (?:is|was|has|had|will|can|could|would|did|does|got|went|came|and I)(?![a-z])|[’']s ")

_OWNED = lazy(r"[’']s (?:[a-z]{2,12} )?([A-Za-z]{3,20})(?![A-Za-z])")
_AFTER_ANY = f"(?:{_AFTER.pattern})|(?:{_AFTER_SURE.pattern})".replace("(?![a-z])", "").replace("{2}[,.]", "")
_CAPITALISED = "[A-ZÀ-Þ][a-zß-ɏ]+"
_LAST_WORDS = sorted({cue.strip().split()[-1] for cue in (*_BEFORE, *_BEFORE_SURE, *_TITLES_ANY)})
_EITHER_CASE = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _LAST_WORDS)
NOMINATE = "|".join(
    (
        rf"(?:^|[^A-Za-z])(?:{_EITHER_CASE})[ \n\x0b]+[A-ZÀ-Þ]",
        "(?i:name(?: is|'s|[?]) |call me |am called |nown as |igned by |(?:^|[^a-z])(?:mrs?|ms|dr|prof)[.])",
        f"(?:^|[^A-Za-z0-9_/.-]){_CAPITALISED}(?:{_AFTER_ANY})",
        f', {_CAPITALISED}[!?]|(?:^|[\n\x0b]){_CAPITALISED}:[ "]',
    )
)


def find(text: str) -> Iterator[Span]:
    """Yield names after a title, and after words that a name always follows."""
    for line in _TITLES.lines(text):
        for match in _TITLED.finditer(text, *line):
            yield Span(*match.span("name"), 0.65, "a name after a title")
        for match in _TITLED_SMALL.finditer(text, *line):
            yield from _small(match, 0.6)
    for line in _NAMES.lines(text):
        for match in _NAMED.finditer(text, *line):
            if match["name"][0].islower():
                yield from _small(match, 0.6)
            elif not people.common(match["name"]) and not match["name"].startswith("The "):
                yield Span(*match.span("name"), 0.65, "a name after `name is`")


def _small(match: re.Match[str], score: float) -> Iterator[Span]:
    """A name in small letters: its words must be known names; else the first of them alone."""
    first, _, rest = match["name"].partition(" ")
    if rest and people.together([first, rest]) >= 60 and people.surname(rest) >= 0:
        yield Span(*match.span("name"), score, "a name in small letters after a cue")
    elif people.single(first) >= SINGLE:
        yield Span(match.start("name"), match.start("name") + len(first), score, "a name in small letters after a cue")


def beside(text: str, start: int, end: int, weight: int) -> Iterator[Span]:
    """Yield a single word when something beside it makes it a name; `weight` is what it says itself."""
    if people.belongs_to_thing("", _thing_of(text, end)):
        return
    if near(text, start, end):
        yield Span(start, end, 0.55, "a name beside a cue")
    elif weight >= _STRONG and (_AFTER_SURE.match(text, end) or _spoken_of(text, start, end)):
        yield Span(start, end, 0.51, "a name that does or has something, or is spoken to")


def _thing_of(text: str, end: int) -> str:
    """The last of the words that a name owns, `Scott's normal rule`: what is called after people follows."""
    owned = _OWNED.match(text, end)
    return owned[1] if owned else ""


def near(text: str, start: int, end: int) -> bool:
    """Whether a cue stands before or after a name."""
    before = text[max(0, start - 16) : start].rpartition("\n")[2].lower()
    return bool(_CUE.search(before)) or before.endswith(_LINE_BEFORE) or _AFTER.match(text, end) is not None


def _spoken_of(text: str, start: int, end: int) -> bool:
    """Whether a preposition or a verb stands before a word and no capitalised word after it; or it is spoken to."""
    if text[max(0, start - 7) : start].lower().endswith(_BEFORE_SURE):
        return not text[end : end + 3].lstrip(", ")[:1].isupper()
    return _said_to(text, start, end)


def _said_to(text: str, start: int, end: int) -> bool:
    """Whether a word is spoken to at the end of a sentence, `Go home, Jane!`, or speaks in its line, `Jane: Hi`."""
    after = text[end : end + 2]
    if text[start - 1 : start] in ("", "\n", "\x0b"):
        return after[:1] == ":" and after[1:] in (" ", '"')
    return text[start - 2 : start] == ", " and after[:1] in ("!", "?")
