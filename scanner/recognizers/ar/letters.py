"""Arabic words: their letters and marks, and the spellings that count as one."""

from __future__ import annotations

from functools import lru_cache

from scanner.recognizers.spans import lazy

LETTER, MARK = "ء-غف-ي", "\u0640\u064b-\u0652\u0670"
# a word; vowel marks and the stretching sign stand in it, but count for nothing
WORD = f"[{LETTER}][{LETTER}{MARK}]*"
DIGIT = "0-9٠-٩۰-۹"
STRETCH = "\u0640"
_MARKS = lazy(f"[{MARK}]+")
# what is written onto the next word: and, then, to, with or in, like
CLITICS = "وفلبك"


def fold(text: str) -> str:
    """`text` with each alif bare, of the same length."""
    for alif in "أإآٱ":
        text = text.replace(alif, "ا")
    return text


@lru_cache(1 << 16)
def plain(word: str) -> str:
    """A word, alifs bare, without marks: as the word lists have it."""
    return fold(word) if word.isalpha() and STRETCH not in word else _MARKS.sub("", fold(word))


def forms(words: list[str]) -> str:
    """A regex for one of some words, given with ة, ي and bare alifs, as they are written with ه, ى and hamzas."""
    spelt = sorted((word.replace(".", "[.]") for word in words), key=lambda word: (-len(word), word))
    return "|".join(
        word.replace("_", " ").replace("ا", "[اأإآ]").replace("ة", "[ةه]").replace("ي", "[يى]") for word in spelt
    )
