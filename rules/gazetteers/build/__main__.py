"""Write the word lists of rules/gazetteers from openly licensed packages; rarely, by `make gazetteers`.

    python rules/gazetteers/build NPM_FOLDER [LANGUAGE ...]

A list is UTF-8 text, one word a line, sorted, without duplicates; a weighted one has a tab and an integer after each
word. One of more than 5,000 words is gzipped. Sources and licences: SOURCES.md.
"""

from __future__ import annotations

import gzip
import importlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
LANGUAGES = ("ar", "en", "ja", "ko", "vi", "zh")
PLAIN = 5_000


def write(name: str, words: Iterable[str] | Mapping[str, int]) -> None:
    """Write one list into rules/gazetteers, plain or gzipped, the other form of it removed."""
    clean = sorted({word.strip() for word in words} - {""})
    lines = [f"{word}\t{words[word]}" if isinstance(words, Mapping) else word for word in clean]
    data = ("\n".join(lines) + "\n").encode()
    plain, packed = HERE / f"{name}.txt", HERE / f"{name}.txt.gz"
    if len(clean) > PLAIN:
        packed.write_bytes(gzip.compress(data, 9, mtime=0))
        plain.unlink(missing_ok=True)
    else:
        plain.write_bytes(data)
        packed.unlink(missing_ok=True)
    print(f"{name}: {len(clean)} words")


def main(npm: str, *languages: str) -> None:
    """Write all lists of some languages, by default of all."""
    for language in languages or LANGUAGES:
        for name, words in importlib.import_module(language).lists(Path(npm)):
            write(name, words)


if __name__ == "__main__":
    main(*sys.argv[1:])
