"""What HTML text spells: entities decoded, white space as one blank, and where each character stands."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from scanner.readers.gathered import Run

_SPECIAL = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?|[ \t\r\n\f\xa0]{2,}|[\t\r\n\f\xa0]"
)
_BLANK = " \t\r\n\f\xa0"


def spelled(parts: Sequence[tuple[str, int]]) -> tuple[str, list[Run]]:
    """The text of one cell, without blanks at its ends, from texts and where each begins in the source."""
    if len(parts) == 1 and not _SPECIAL.search(text := parts[0][0].strip(_BLANK)):
        return text, [Run(0, parts[0][1] + parts[0][0].index(text))]
    writer = _Writer()
    for text, source in parts:
        done = 0
        for found in _SPECIAL.finditer(text):
            writer.literal(text[done : found.start()], source + done)
            writer.other(found[0], source + found.start())
            done = found.end()
        writer.literal(text[done:], source + done)
    return "".join(writer.texts).rstrip(), writer.runs


class _Writer:
    """Writes a cell run by run."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.runs: list[Run] = []
        self._size = 0
        self._blank = True  # it has nothing yet, or ends with a blank

    def literal(self, text: str, source: int) -> None:
        """Text as it stands in the source."""
        stripped = text.lstrip(" ") if self._blank else text
        if stripped:
            self._write(stripped, source + len(text) - len(stripped), literal=True)

    def other(self, written: str, source: int) -> None:
        """An entity, or white space."""
        text = html.unescape(written) if written[0] == "&" else " "
        if text == written:
            self.literal(text, source)
        elif text.strip(_BLANK):
            self._write(text, source, literal=False)
        elif not self._blank:
            self._write(" ", source, literal=False)

    def _write(self, text: str, source: int, *, literal: bool) -> None:
        self.texts.append(text)
        self.runs.append(Run(self._size, source, literal))
        self._size += len(text)
        self._blank = text[-1] == " "
