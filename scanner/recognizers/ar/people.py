"""How Arabic names are built: parts that follow one another, and how much likelier each is a name than a word.

Weights are ten times a binary logarithm (see the list `ar-given`). A part is a word, or a word with what it leads
(`عبد الرحمن`, `أبو بكر`, `بن علي`, `دي ستيفانو`) or ends in (`نور الدين`, `لويس التاسع`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from scanner.recognizers.ar.letters import WORD, plain
from scanner.recognizers.ar.words import OF_THINGS, TITLES
from scanner.recognizers.gazetteer import listed, weights, word_set
from scanner.recognizers.spans import lazy


class Name(NamedTuple):
    """What may be a name: where it ends, its weight, how many parts it has, how much its first is a given name."""

    end: int
    weight: int
    parts: int
    first: int


class _Part(NamedTuple):
    end: int
    given: int
    family: int
    known: bool = True
    last: bool = False


_WORD = lazy(WORD)
_LEADERS = frozenset(listed("عبد ابو ابا ابي ام"))
_IN_THE_NAME = "باسم"  # also a given name; before another one it is no name
_OTHER_GODS = frozenset(listed("رب ربه مناف"))
_LINKS = frozenset(listed("بن ابن بنت ابنة ابنه ولد بو"))
_NOT_FATHERS = frozenset(listed("من في على الى عن التي الذي هذا هذه و او ثم قد لا لم لن ان كان هو هي ما كل بعد قبل"))
_PARTICLES = frozenset(listed("دي دا دو ديل دل ديلا فان فون دير دوس داس ماك اوف سان مولاي سيدي"))
# the first words of names that end in a word for faith, God or state
_BEFORE = {
    "الدين": frozenset(
        listed(
            """صلاح نور علاء عز بهاء شمس بدر سيف جمال كمال تقي محيي محيى محي نجم فخر ضياء عماد حسام شرف معين
            ناصر نصر زين قطب شهاب رضي جلال سعد سراج مجد ركن اسد تاج برهان غياث ظهير عضد خير امين نظام نصير
            قمر وجيه ولي صدر جنيد"""
        )
    ),
    "الله": frozenset(
        listed("نصر حبيب عطا فضل سعد فتح خير رزق جاد ضيف هبة هبه ايت نعمة نعمه جار عبيد حمد فتح سيف اسد")
    ),
    "الدولة": frozenset(listed("سيف عضد ركن معز ناصر عماد بهاء شرف صمصام امين معين مؤيد جلال علاء مجد")),
}
_BEFORE["الدوله"] = _BEFORE["الدولة"]
_REGNAL = frozenset(
    listed(
        """الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الاكبر الكبير الاصغر الصغير
        الحكيم العظيم الرشيد الصديق الفاروق"""
    )
)
_LEAST = 10  # a part that weighs less is no evidence, and does not make a name longer
_NONE = -100
_STRANGE = 20  # the weight of a word that nobody knows, beside a name
_MOST_PARTS = 7
_PREFIXES, _SUFFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك", "س"), (
    "هما", "ها", "هم", "نا", "ون", "ين", "ات", "ان", "وا", "تم", "ه", "ة", "ا"
)  # fmt: skip


@cache
def given() -> dict[str, int]:
    """Given names and what they weigh."""
    return weights("ar-given")


@cache
def family() -> dict[str, int]:
    """Family names and what they weigh."""
    return weights("ar-surnames")


@lru_cache(1 << 16)
def is_common(word: str) -> bool:
    """Whether a word, as `plain` gives it, is one of the language, with or without what is written onto it."""
    common = word_set("ar-common")
    if word in common:
        return True
    stems = [word, *(word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and len(word) > 4)]
    bare = [stem[: -len(suffix)] for stem in stems for suffix in _SUFFIXES if stem.endswith(suffix)]
    bare += [stem[:-1] + "ة" for stem in bare if stem.endswith("ت")]
    return any(len(stem) > 2 and stem in common for stem in (*stems, *bare))


def begins_name(text: str, at: int, end: int) -> bool:
    """Whether a full personal name begins at `at` of `text`, before `end`."""
    name = name_at(text, at, end)
    return name is not None and name.parts > 1 and name.first >= _LEAST and name.weight >= 60


def name_at(text: str, at: int, end: int) -> Name | None:
    """The longest run of parts of a name from `at` of `text`, before `end`; None if no name begins there."""
    part = _part(text, at, end)
    if part is None or not part.known or max(part.given, part.family) < _LEAST:
        return None
    first, total, count, strange = part.given, max(part.given, part.family), 1, 0
    while count < _MOST_PARTS and not part.last and text[part.end : part.end + 1] == " ":
        following = _part(text, part.end + 1, end)
        if following is None or (not following.known and (strange or total < 3 * _LEAST)):
            break
        if max(following.given, following.family) < (0 if total >= 2 * _LEAST else _LEAST):
            break
        total += max(following.family, following.given)
        part, count, strange = following, count + 1, strange + (not following.known)
    return Name(part.end, total, count, first)


def _part(text: str, at: int, end: int) -> _Part | None:
    """The part of a name that begins at `at`."""
    match = _WORD.match(text, at, end)
    word = plain(match.group()) if match else ""
    if match is None or word in TITLES:
        return None
    following = _WORD.match(text, match.end() + 1, end) if text[match.end() : match.end() + 1] == " " else None
    if following is None:
        return _word_part(word, match.end())
    if word in _LINKS:
        return _linked(text, following, end)
    after = plain(following.group())
    if word == _IN_THE_NAME and given().get(after, 0) >= 4 * _LEAST:
        return None
    if word in _LEADERS or match.group() == "آل":
        return _led(word, after, following.end())
    if word in _PARTICLES and (led := _led(word, after, following.end())):
        return led
    if word in _BEFORE.get(after, ()):
        return _Part(following.end(), 80, 60)
    part = _word_part(word, match.end())
    if part and part.known and after in _REGNAL:
        return _Part(following.end(), part.given + 10, part.family + 10, last=True)
    return part


def _linked(text: str, following: re.Match[str], end: int) -> _Part | None:
    """A part that `بن` or the like leads: whatever the father is called, it is his name."""
    part = _part(text, following.start(), end)
    if part and part.known:
        return _Part(part.end, 30 + part.given // 2, 30 + part.family // 2)
    father = plain(following.group())
    if father in _NOT_FATHERS:
        return None
    return _Part(following.end(), 30, 30 if is_common(father) else 50)


def _led(word: str, after: str, end: int) -> _Part | None:
    """A part of two words, the first of which leads the second."""
    if word == "عبد":
        return _Part(end, 90, 60) if after.startswith("ال") or after in _OTHER_GODS else None
    weight = max(given().get(after, 0), family().get(after, 0))
    if weight < _LEAST and is_common(after):
        return None
    if word in _PARTICLES:
        return _Part(end, weight, weight + 10)
    return _Part(end, 20 + weight // 2, 20 + weight // 2)


def _word_part(word: str, end: int) -> _Part | None:
    """A part of one word: known from the lists, or strange to the language."""
    if word in OF_THINGS:
        return None
    first, last = given().get(word, _NONE), family().get(word, _NONE)
    if max(first, last) > _NONE:
        return _Part(end, first, last)
    if len(word) < 4 or word[0] == "و" or is_common(word) or _is_owned(word):
        return None
    return _Part(end, 0, _STRANGE, False)


def _is_owned(word: str) -> bool:
    """Whether a known name with `his`, `her` or `their` written onto it: then it is the word, not the name."""
    return any(word.endswith(end) and word[: -len(end)] in given() for end in ("ه", "ها", "هم"))
