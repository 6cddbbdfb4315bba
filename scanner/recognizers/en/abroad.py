"""Streets of Europe and Latin America: the type is part of the name, or leads it, and the number follows.

Kept are forms that little else looks like.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.en.postal import CAPITALS, LEADS, LETTERS
from scanner.recognizers.gazetteer import Gazetteer, by_letter, listed
from scanner.recognizers.spans import lazy

_WORD = rf"[{CAPITALS}][{LETTERS}'’-]{{1,20}}"
_SMALL_WORDS = (
    r"(?:(?:de|la|las|los|le|les|des|du|del|della|dei|delle|da|do|dos|das|di|von|der|den|van|et|e|y|i) |[dl]['’])"
)
_NUMBER = r"[0-9]{1,4} ?[a-zA-Z]?(?![0-9A-Za-z])(?:[-/][0-9]{1,4}(?![0-9]))?"
# German, Dutch, Scandinavian, Finnish, Hungarian: the type ends the word, or follows it
_ENDINGS = listed(
    """straße strasse str. weg platz gasse allee ufer laan straat gracht plein gatan gata vägen veien vegen vegur vej
    gade stræde stræti straeti braut vænget plads torv allé katu kuja utca utcája tér u. út útja körút krt. rakpart
    rkp. sétány väg gränd põik tee puiestee"""
)
_ENDED = Gazetteer(more=(f"{ending}{gap}" for ending in _ENDINGS for gap in (" ", ", ")), ignore_case=True)
_BEFORE = lazy(rf"(?:{_WORD} ){{0,2}}[{CAPITALS}][{LETTERS}'’.-]{{1,30}}(?: [a-zà-ž]{{1,12}}\.?){{0,2}},?\Z")
_BRIGADE = lazy(r"(?i:bri|rene)gade")
_AFTER = lazy(rf"{_NUMBER}\.?")
# Romance and Slavic: the type leads; in English it follows, and `Avenue 5` is the end of something
_LEADS = {lead.title() for lead in LEADS} - {"Avenue", "Ave", "Av", "Boul"}
_LEADS |= {"C/", "Avda.", "Av.", "ul.", "ulica", "al.", "rue", "str.", "Str."}
_LED = Gazetteer(more=_LEADS, suffix=" ")
_STREET = lazy(
    r"(?:Provinciale )?"
    rf"(?:{_SMALL_WORDS}*{_WORD}(?:\.? |,? )){{1,4}}(?:nr?\.? ?|n[º°o]\.? ?)?{_NUMBER}"
)
_TYPES = "rue|avenue|av[.]|boulevard|boul[.]?|bd|chemin|place|allée|quai|route|impasse|cours|montée"
_FRENCH = lazy(
    rf"[0-9](?<![0-9A-Za-z$€£.,/:=_%+-].)[0-9]{{0,4}}(?: ?bis| ?ter)?,? (?:[0-9]{{1,3}}e )?"
    rf"(?:{_TYPES}|{_TYPES.title()})(?: {_SMALL_WORDS}*{_WORD}){{1,3}}(?: (?:Est|Ouest|Nord|Sud))?"
)


NOMINATE = (
    f"(?:{by_letter(sorted(_ENDINGS), any_case=True)})[ ,] ?[0-9]".replace(".", "[.]"),
    f"(?:{'|'.join(sorted(_LEADS))}) [{LETTERS}'’]".replace(".", "[.]"),
    f"[0-9](?: ?bis| ?ter)?,? (?:[0-9]{{1,3}}e )?(?i:{_TYPES}) ",
)


def find(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and weight (as `addresses` counts) of the streets of `text` with their numbers."""
    for start, end in zip(*_ENDED.hits(text), strict=True):
        number = _AFTER.match(text, end)
        street = _BEFORE.search(text, max(0, start - 40), end - 1) if number else None
        if number and street and not _BRIGADE.search(street.group()):
            yield street.start(), number.end(), 3
    for start, end in zip(*_LED.hits(text), strict=True):
        if (match := _STREET.match(text, end)) and _begins_word(text, start):
            yield start, match.end(), 2 if text.startswith("Via ", start) else 3
    for match in _FRENCH.finditer(text):
        yield *match.span(), 3


def _begins_word(text: str, start: int) -> bool:
    before = text[max(0, start - 1) : start]
    return not (before.isalnum() or before in ("_", "/", "."))
