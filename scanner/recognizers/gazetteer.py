"""Word lists that come with the rules, read when first needed. Their sources stand in rules/gazetteers/SOURCES.md."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path

from scanner.literals import Literals
from scanner.shipped import rules_dir

_FEW = 2000  # words


def listed(text: str) -> list[str]:
    """The words of a text that is split by white space."""
    return text.split()


def by_letter(alternatives: Iterable[str], *, any_case: bool = False) -> str:
    """A regex for any of some alternatives, in `any_case` or as they are: those with one first letter stand together.

    Python's engine passes over such a group by that letter; else it tries each alternative, at every place of a text.
    No alternative holds `|` outside of brackets, and no first letter is repeated or left out.
    """
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for alternative in alternatives:
        by_first[alternative[0] if alternative[0].isalpha() else ""].append(alternative)
    return "|".join(_group(first, some, any_case=any_case) for first, some in by_first.items())


def _group(first: str, alternatives: Sequence[str], *, any_case: bool) -> str:
    rest = f"(?{'i' if any_case else ''}:{'|'.join(alternative[len(first) :] for alternative in alternatives)})"
    if not any_case or not first:
        return first + rest
    either = {first.lower(), first.upper()} | {letter for letter in "ıİſK" if re.match(first, letter, re.IGNORECASE)}
    return f"[{''.join(sorted(either))}]{rest}"


@cache
def words(name: str, folder: Path | None = None) -> tuple[str, ...]:
    """The lines of list `name`, a word each, in `folder` (default: ours); large lists are gzipped.

    Raises `FileNotFoundError` for a list that does not exist.
    """
    return tuple(_text(name, folder).splitlines())


@cache
def weights(name: str, folder: Path | None = None) -> dict[str, int]:
    """The words of a list that gives each a weight, an integer after a tab. Raises as `words` does."""
    fields = _text(name, folder).replace("\n", "\t").split("\t")
    return dict(zip(fields[::2], map(int, fields[1::2]), strict=False))  # an empty field is behind the last line


class Weights:
    """The weights of a list that is sorted: a few words are looked up in its text, more in a table, slow to make."""

    def __init__(self, name: str, folder: Path | None = None) -> None:
        """Name the list, see `weights`."""
        self._name, self._folder, self._asked = name, folder, 0

    def get(self, word: str) -> int | None:
        """The weight of a word; None for one that is not listed."""
        self._asked += 1
        return weights(self._name, self._folder).get(word) if self._asked > _FEW else self._in_text(word)

    @cached_property
    def _lines(self) -> str:
        return _text(self._name, self._folder)

    def _in_text(self, word: str) -> int | None:
        """Search by halves; `low` and `high` are starts of lines."""
        text, low, high = self._lines, 0, len(self._lines)
        while low < high:
            start = text.rfind("\n", low, (low + high) // 2) + 1 or low
            end = text.find("\n", start)
            listed, _, weight = text[start : end if end >= 0 else high].partition("\t")
            if listed == word:
                return int(weight)
            low, high = (low, start) if word < listed else (end + 1 if end >= 0 else high, high)
        return None


def _text(name: str, folder: Path | None) -> str:
    path = (folder or rules_dir() / "gazetteers") / f"{name}.txt"
    packed = path.with_suffix(".txt.gz")
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    return data.decode()


@cache
def word_set(*names: str) -> frozenset[str]:
    """The words of some lists, for membership tests."""
    return frozenset().union(*map(words, names))


def alternation(*names: str) -> str:
    """A regex for one word of some lists, the longest first."""
    return "|".join(map(re.escape, sorted(word_set(*names), key=lambda word: (-len(word), word))))


class Gazetteer:
    """Finds the words of some lists, and some more, in texts of any length."""

    def __init__(self, *names: str, more: Iterable[str] = (), suffix: str = "", ignore_case: bool = False) -> None:
        """Name the lists; nothing is read before the first text. `suffix` must follow each.

        `ignore_case` folds ASCII letters only.
        """
        self._names = names
        self._more = frozenset(more)
        self._suffix = suffix
        self._ignore_case = ignore_case

    @cached_property
    def _literals(self) -> Literals:
        return Literals([word + self._suffix for word in word_set(*self._names) | self._more], self._ignore_case)

    def hits(self, text: str) -> tuple[list[int], list[int]]:
        """Return starts and ends (code points, half-open) of all words in `text`, overlapping ones too."""
        return self._literals.spans(text)

    def lines(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each line of `text` that holds a word: what a slow regex is worth."""
        done = -1
        for start in self.starts(text):
            if start > done:
                done = text.find("\n", start)
                done = len(text) if done < 0 else done
                yield text.rfind("\n", 0, start) + 1, done

    def starts(self, text: str) -> list[int]:
        """Where words begin in `text`, each place once, in order."""
        return sorted(set(self.hits(text)[0]))
