"""Vietnamese names in text: after a label, after a title, or a family name with middle and given names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import Gazetteer, listed, weights
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import OfLine, Span, clear, lazy
from scanner.recognizers.vi import people
from scanner.recognizers.vi.letters import LOWER, UPPER, forms, is_syllable, plain, small
from scanner.recognizers.vi.lines import GLUED_NAME, PHONE
from scanner.recognizers.vi.prose import Judge

CUES = (
    *(
        "người nhận",
        "tên người nhận",
        "người gửi",
        "tên người gửi",
        "họ và tên",
        "họ tên",
        "tên khách hàng",
        "tên khách",
    ),
    *("khách hàng", "người mua", "chủ tài khoản", "người liên hệ", "tên bệnh nhân", "tên kh", "tên"),
)
LABELS = tuple(form for cue in CUES for form in forms(cue))
_ANY = UPPER + LOWER
# digits that may be glued to a name: a phone number, or a house number and a street
_GLUED = rf"(?:[+]?84|0)[35789][0-9]{{8}}(?![0-9])|[0-9]{{1,4}}(?:/[0-9]{{1,4}})*[A-D]?,? ?[{UPPER}][{LOWER}]"
# a capital letter and small ones, capitals, small letters
_CASES = tuple(
    lazy(f"{case}(?![{_ANY}'’]|(?!{_GLUED})[0-9])")
    for case in (f"[{UPPER}][{LOWER}]{{0,6}}", f"[{UPPER}]{{1,7}}", f"[{LOWER}]{{1,7}}")
)
_MOST = 5  # syllables
_TITLES = frozenset(listed("anh chị ông bà cô chú bác em bạn chi ong co bac ban"))
_TITLED = Gazetteer(more=[f"{title} " for title in listed("anh chị ông bà cô chú bác bạn thầy cậu")])
_GIVEN_NAME = lazy(f"[{LOWER}]+ (?P<name>[{UPPER}][{LOWER}]{{0,5}})(?![{_ANY}]| [{UPPER}]| [0-9])")
_CALLED = "anh|chị|ông|bà|cô|chú|bác|em|bạn|thầy|cậu|chi|ong|co|bac|ban|thay|cau|a|c|e"
# `anh Tuấn 0900…`, `C. Lan - 0900…`
_BEFORE_PHONE = lazy(
    rf"(?<![^\W_])(?i:{_CALLED})[.]? ?(?<=[ .])(?P<name>[{UPPER}][{LOWER}]{{1,5}}|[{UPPER}]{{2,6}})[ ,:(–-]{{0,3}}\Z"
)
_REACH = 18
_LIKELY = 40  # the weight from which a row of small letters after a label is a name

# Family names that lead little else, and others before the middle names of many; the latter alone are English words.
_STRONG = "nguyen|tran|pham|hoang|huynh|phan|vo|vu|dang|bui|ngo|duong|truong|dinh|trinh|doan|vuong|dao|phung|luong|luu"
_OTHERS = "le|do|ho|ly|to|ha|la|chu|mai|cao|ta|thai|lam|dam|tong|quach|kieu|van|chau|vi"
_MIDDLE = "|".join(
    listed(
        """van thi minh thanh ngoc quang duc huu dinh xuan hoang quoc cong thu sy bich my phuc khanh tien huy kim tuan
        hong bao gia phuong thuy anh duy viet hoai"""
    )
)


def _cased(alternatives: str) -> str:
    """Words with a capital or all in capitals."""
    return "|".join(form for word in alternatives.split("|") for form in (word.title(), word.upper()))


@cache
def _marked() -> str:
    """A regex for the family names that bear diacritics."""
    marked = sorted(word for word in weights("vi-surnames") if not word.isascii())
    return "|".join(form for word in marked for form in (word, word.title(), word.upper()))


_TITLED_NAME = "anh|chị|ông|bà|cô|chú|bác|bạn|thầy|cậu"
_SMALL = "nguyen|tran|pham|hoang|huynh|truong|trinh|duong|phung|luong|vuong|doan|bui|dang"
NOMINATE = (
    rf"(?:{_TITLED_NAME}) [{UPPER}]"
    rf"|(?:^|[^0-9A-Za-z_])(?i:{_CALLED})[.]? ?[{UPPER}][{_ANY}]{{1,5}}[ ,:(–-]{{0,3}}[+]?(?:84|0)[0-9 .-]{{8}}"
    rf"|(?:{_marked()}) [{_ANY}]|(?:^|[^A-Za-z_])(?:(?:{_cased(_STRONG)}) [{UPPER}]"
    rf"|(?:{_cased(_OTHERS)}) (?:{_cased(_MIDDLE)}) [{UPPER}]|(?:{_SMALL}) [a-z]{{1,6}}(?:[^a-z]|$)"
    rf"|(?:{_OTHERS}) (?:{_MIDDLE}) [a-z]|(?:{_cased(_OTHERS)}) [{UPPER}].*[^ -~])",
)


@cache
def _families() -> Gazetteer:
    words = [form for word in weights("vi-surnames") for form in (word, plain(word))]
    return Gazetteer(more={form + " " for word in words for form in (word, word.title(), word.upper())})


_NOMINATED = tuple(map(lazy, NOMINATE))


def find(text: str) -> list[Span]:
    """Return the Vietnamese names of `text`."""
    nominated = OfLine(text, lambda line: all(regex.search(line) for regex in _NOMINATED))
    found = sorted((*_with_family(text), *_titled(text), *_before_phones(text)))
    return clear(text, (span for span in found if nominated(span.start)))


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After labels of other languages a known family name is needed."""
    found = _row(text, at)
    syllables = tuple(small(text[start:end]) for start, end in found)
    if len(found) < 2 or syllables[0] in _TITLES:
        return None
    if people.family(syllables[0]) is not None:
        count, weight = people.longest(syllables, marked=not text[at : found[-1][1]].isascii())
        likely = count and (weight >= _LIKELY or not text[at].islower())
        return found[count - 1][1] if likely else None
    return found[people.limit(syllables) - 1][1] if trust == Trust.OWN and text[at].isupper() else None


def _row(text: str, at: int) -> list[tuple[int, int]]:
    """Starts and ends of the syllables from `at` on, five at most, all capitalised, in capitals or small."""
    case = _CASES[2] if text[at : at + 1].islower() else _CASES[1] if text[at : at + 2].isupper() else _CASES[0]
    found: list[tuple[int, int]] = []
    position = at
    while len(found) < _MOST and (match := case.match(text, position)) and is_syllable(small(plain(match.group()))):
        found.append(match.span())
        position = match.end() + 1
        if text[match.end() : position] != " ":
            break
    return found


def _titled(text: str) -> Iterator[Span]:
    """Given names alone after a title: `chị Lan`."""
    for start in _TITLED.starts(text):
        match = _GIVEN_NAME.match(text, start)
        if match and not (start and text[start - 1].isalnum()) and people.is_given(match["name"].lower()):
            yield Span(*match.span("name"), 0.55, "a given name after a title")


def _before_phones(text: str) -> Iterator[Span]:
    """Given names alone between a title and a phone number."""
    for phone in PHONE.finditer(text):
        match = _BEFORE_PHONE.search(text, max(0, phone.start() - _REACH), phone.start())
        if match and people.is_given(match["name"].lower()):
            yield Span(*match.span("name"), 0.6, "a given name between a title and a phone number")


def _with_family(text: str) -> Iterator[Span]:
    done = 0
    judge = Judge(text)
    for start in _families().starts(text):
        if start < done or not _may_begin(text, start):
            continue
        span = judge.span(_row(text, start))
        if span:
            done = span.end
            if span.score:
                yield span


def _may_begin(text: str, start: int) -> bool:
    """Whether a family name may begin there; in small letters one that is an everyday word needs a sign before it."""
    before = text[max(0, start - 8) : start].rpartition("\n")[2]
    if before[-1:].isalnum() or before.endswith(("_", "'", "’")):
        if before[-1:].islower() and GLUED_NAME.match(text, start):
            return True
        return text[start].isupper() and any(phone.end() == start for phone in PHONE.finditer(text, start - 16, start))
    if text[start].isupper() or people.is_family(text[start : text.find(" ", start)]):
        return True
    words = before.split(" ")
    return len(words) < 3 or not words[-2].isalpha() or words[-2] in _TITLES
