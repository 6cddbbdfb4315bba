"""The parts of an Arabic address: a key word with a number or a name, a known place, a number alone."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from scanner.recognizers.ar.letters import DIGIT, LETTER, MARK, WORD, forms, plain
from scanner.recognizers.ar.people import begins_name, given, is_common
from scanner.recognizers.ar.places import place_end
from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import lazy


class Kind(Enum):
    """What a part of an address is."""

    STREET = auto()
    DISTRICT = auto()
    AREA = auto()  # a word for a district that is said of other things too
    BUILDING = auto()
    INSIDE = auto()
    POST = auto()
    PLACE = auto()
    NUMBER = auto()
    BESIDE = auto()
    OTHER = auto()  # words between commas that may be a district or a town


class Part(NamedTuple):
    """A part, where it ends, and whether it holds a number."""

    kind: Kind
    end: int
    numbered: bool


_STREETS = listed("شارع طريق جادة زنقة نهج درب سكة زقاق كورنيش ميدان دوار تقاطع ش.")
_DISTRICTS = listed("حي الحي ضاحية محلة قطعة مخطط حارة مجاورة كمبوند")
_AREAS = listed("منطقة مدينة قرية بلدة محافظة قضاء ناحية مركز قسم بلوك")
_BUILDINGS = listed(
    """مبنى المبنى عمارة العمارة بناية البناية برج فيلا منزل المنزل بيت دار عقار مجمع مكتب محل وحدة الوحدة
    رقم_المبنى رقم_المنزل رقم_العقار رقم_الوحدة"""
)
_INSIDE = listed("شقة الشقة الدور دور الطابق طابق غرفة جناح مدخل رقم_الشقة")
_POST = listed(
    """صندوق_بريد صندوق_البريد ص.ب. ص.ب ص_ب الرمز_البريدي رمز_بريدي الرقم_البريدي الرقم_الاضافي رقم_اضافي
    الرقم_الفرعي"""
)
_BESIDE = listed("بجوار بجانب خلف امام مقابل قرب جنب بالقرب_من")
_ORDINALS = listed(
    """الارضي الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الاخير ارضي اول ثاني ثالث
    رابع"""
)
# what a street's name goes on after: `شارع الأمير سلطان`
_RANKS = listed(
    """الملك الملكة الامير الاميرة الشيخ الشيخة الامام السلطان الرئيس الدكتور الشهيد القائد الخليفة عبد ابو ابي
    ابن بن ام ال جامع مسجد سيدي وادي بني باب راس عين ابا الحاج"""
)
_FUNCTION = listed(
    "في من الى على عن و التي الذي حيث كان كانت بعد قبل حتى منذ عند عندما وهو وهي هو هي ثم لان اليوم امس غدا"
)
_KINDS = [
    (Kind.STREET, [*_STREETS, "ش"]),
    (Kind.DISTRICT, _DISTRICTS),
    (Kind.AREA, _AREAS),
    (Kind.BUILDING, _BUILDINGS),
]
KEYS = [word.replace("_", " ") for word in (*_STREETS, *_DISTRICTS, *_AREAS, *_BUILDINGS, *_INSIDE, *_POST)]
_FREE = rf"(?![{LETTER}{MARK}])"
_COUNTED = (
    "يناير|فبراير|مارس|[اأ]بريل|مايو|يونيو|يوليو|[اأ]غسطس|سبتمبر|[اأ]كتوبر|نوفمبر|ديسمبر|شخص|عام|سن[ةه]|كم|متر|دقيق|"
    "[اأ]لف|مليون|ريال|درهم|جنيه|دينار|دولار|ساع|يوم|نسم|مر[ةه]|بالم|طابق|دور|شهر|كيلو|قطع"
)
# No piece of a telephone number or an amount; a letter, a slash or a second number may follow: 12أ, 3/4, 12345-6789.
NUMBER = (
    rf"(?<![{DIGIT}.])(?!0[{DIGIT}]{{1,3}}[ -]?[{DIGIT}]{{3}})"
    rf"(?![{DIGIT}]+(?:[.:][{DIGIT}]|(?:[ -](?!0)[{DIGIT}]+){{2}}))"
    rf"[{DIGIT}]{{1,5}}(?:[/-][{DIGIT}]{{1,4}})?(?:[ ]?[أابتجده]{_FREE})?(?![{DIGIT}{LETTER}:%])(?! ?(?:{_COUNTED}))"
)
_OF = rf"(?:[ ]*(?:رقم|[:/#-]))?[ ]*{NUMBER}"
_NUMBER, _OF_NUMBER = lazy(NUMBER), lazy(_OF)
_NUMBERED = lazy(rf"رقم[ :]*{NUMBER}")
_POST_PART = lazy(rf"(?:{forms(_POST)})(?P<number>{_OF})?{_FREE}")
_INSIDE_PART = lazy(rf"(?:{forms(_INSIDE)}|ط[. ]?(?=[{DIGIT}]))(?:(?P<number>{_OF})|[ ](?:{forms(_ORDINALS)}){_FREE})")
_KEY = lazy("|".join(rf"(?P<{kind.name}>{forms(words)})" for kind, words in _KINDS))
_FREE_OF_LETTERS = lazy(_FREE)
_BEGINS = lazy(f"{forms([*KEYS, *_BESIDE])}|ش[. ]?(?![{LETTER}])|ط[. ]?[{DIGIT}]")
_BESIDE_PART = lazy(rf"(?:{forms(_BESIDE)})[ ]{WORD}(?:[ ]ال{WORD})?")
_RANK = lazy(rf"(?:{forms(_RANKS)}){_FREE}")
_WORD = lazy(f"{WORD}")
_STOPS = lazy(
    rf"(?:{forms([*KEYS, *_BESIDE, 'رقم', 'هاتف', 'جوال', 'رمز', 'كود', 'باب', 'الرمز', *_FUNCTION])}){_FREE}"
)
_ENDS = lazy(rf"[ ]*(?:$|[^ {LETTER}{MARK}]|(?:رقم|{forms(KEYS)}){_FREE})")
_NAME_WORDS = 4
_COMMA = lazy(" *[،,؛/|–-] *")
_OTHER = lazy(rf"{WORD}(?: {WORD}){{0,2}}(?=[ ]*(?:$|[،,؛/|\t–-]|[+]?[{DIGIT}]{{3}}))")


def part(text: str, at: int, end: int) -> Part | None:
    """The part of an address that begins at `at` of `text`, a line that ends at `end`."""
    if text[at : at + 1].isdigit():
        number = _NUMBER.match(text, at, end)
        return Part(Kind.NUMBER, number.end(), True) if number else None
    if match := _NUMBERED.match(text, at, end):
        return Part(Kind.NUMBER, match.end(), True)
    if _BEGINS.match(text, at, end) and (found := _with_key(text, at, end)):
        return found
    place = place_end(text, at, end)
    return Part(Kind.PLACE, place, False) if place else None


def _with_key(text: str, at: int, end: int) -> Part | None:
    """The part that a key word begins."""
    if match := _POST_PART.match(text, at, end):
        return Part(Kind.POST, match.end(), match["number"] is not None)
    if match := _INSIDE_PART.match(text, at, end):
        return Part(Kind.INSIDE, match.end(), match["number"] is not None)
    if keyed := _keyed(text, at, end):
        return keyed
    match = _BESIDE_PART.match(text, at, end)
    return Part(Kind.BESIDE, match.end(), False) if match else None


def other(text: str, at: int, end: int) -> Part | None:
    """One to three words at `at` that fill the space between separators, and are no person's name.

    Unless a part of an address follows, none may be a common word.
    """
    match = _OTHER.match(text, at, end)
    if match is None or begins_name(text, at, match.end()):
        return None
    words = [plain(word) for word in match.group().split(" ")]
    gap = _COMMA.match(text, match.end(), end)
    between = gap is not None and part(text, gap.end(), end) is not None
    dull = any(word in _FUNCTION if between else is_common(word) and not word.startswith("ال") for word in words)
    return None if dull or given().get(words[0], 0) > 0 else Part(Kind.OTHER, match.end(), False)


def _keyed(text: str, at: int, end: int) -> Part | None:
    """A street, district or building with its number or its name, or both."""
    match = _KEY.match(text, at, end)
    if match is None or match.lastgroup is None or not _FREE_OF_LETTERS.match(text, match.end()):
        return None
    kind = Kind[match.lastgroup]
    if number := _OF_NUMBER.match(text, match.end(), end):
        return Part(kind, number.end(), True)
    name = _name_end(text, match.end(), end)
    if not name:
        return None
    number = _OF_NUMBER.match(text, name, end) if text[name : name + 1] == " " else None
    return Part(kind, number.end() if number else name, number is not None)


def _name_end(text: str, at: int, end: int) -> int:
    """Where the name after a key word ends; 0 for none. Where prose goes on, the shortest name counts."""
    first, stop, ranked = 0, 0, True
    for count in range(_NAME_WORDS + 1):
        word = _WORD.match(text, at + 1, end) if text[at : at + 1] == " " else None
        if word is None or _name_is_over(text, word.start(), end, count, ranked):
            break
        if count == _NAME_WORDS:
            return first
        at = stop = word.end()
        ranked = _RANK.fullmatch(text, word.start(), word.end()) is not None
        first = first or (0 if ranked else stop)
    return stop if _ENDS.match(text, stop, end) or _is_known(text, stop, end) else first


def _name_is_over(text: str, at: int, end: int, count: int, ranked: bool) -> bool:
    """Whether something else begins at `at`, after `count` words of a name; after a rank the name goes on."""
    if _STOPS.match(text, at, end):
        return True
    return count > 0 and not ranked and (place_end(text, at, end) > 0 or begins_name(text, at, end))


def _is_known(text: str, at: int, end: int) -> bool:
    """Whether a place or a personal name follows."""
    return text[at : at + 1] == " " and (place_end(text, at + 1, end) > 0 or begins_name(text, at + 1, end))
