"""Pragmas in a text that is being read: the lines whose findings they allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from scanner.allow.dialects import OTHERS, OURS, Dialect, forms, scope
from scanner.model import IntArray, Issue
from scanner.views import line_feeds

MISTAKE = "allow"  # the kind of issue of pragmas that name what there is not
LONG = 1 << 16  # bytes; in longer lines pragmas say nothing, for they are not read as a whole
_MOST = 1 << 20  # lines that are remembered, the last of them

Scope = tuple[str, ...] | None


def around(text: bytes, cut: int) -> tuple[bytes, bytes]:
    """What a part of a text that ends, and one that begins, at byte `cut` must know of the other to see its pragmas.

    That is the rest of the line, for the first part, and the line before with what comes before in this one.
    """
    head = text.rfind(b"\n", 0, cut) + 1
    start = text.rfind(b"\n", 0, max(head - 1, 0)) + 1
    end = text.find(b"\n", cut, cut + LONG + 1)
    after = text[cut : end if end >= 0 else cut + LONG + 1] if head < cut else b""
    return after, text[max(start, cut - 2 * LONG - 2) : cut]


class Pragmas:
    """The pragmas of a text, or a part of one: `watch` its blocks, then ask for the findings in them."""

    def __init__(
        self, others: Sequence[str], known: Collection[str], line: int, before: bytes = b"", after: bytes = b""
    ) -> None:
        """`others`: names in `OTHERS`; `known`: rules and entity types; `line`: number of the first line.

        `before`, `after`: what stands around the part, see `around`, in UTF-8.
        """
        self._dialects: list[Dialect] = [OURS, *(OTHERS[name] for name in others)]
        self._known, self._line = forms(known), line - before.count(b"\n")
        self._before, self._after, self._last = before, after, b""
        self._scopes: dict[int, Scope] = {}
        self._in_long = False
        self._mistakes: list[int] = []  # the first line, and how many there are
        self._count = 0

    def watch(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass a text on, valid UTF-8, in blocks of whole lines, so that a pragma is seen before its line is read."""
        carry = b""
        if self._before.endswith(b"\n"):
            before, self._before = self._before, b""
            self._see(before)
        for block in blocks:
            carry += block
            end = carry.rfind(b"\n") + 1
            if len(carry) - end > LONG:
                end = len(carry)
            if end:
                whole, carry = carry[:end], carry[end:]
                self._see(whole)
                yield whole
        if carry:
            self._see(carry + self._after)
            yield carry

    def _see(self, data: bytes) -> None:
        """Look at what comes next: whole lines, or a piece of a line that is too long."""
        self._line += line_feeds(self._last, len(self._last))
        if self._before:
            data, self._before = self._before + data, b""
        begins = 0
        if self._in_long:
            begins = data.find(b"\n") + 1 or len(data)
        for dialect in self._dialects:
            if dialect.literal in data:
                self._look(data, dialect, begins)
        self._last = data  # most splits are one block, of which nobody needs to know the lines
        self._in_long = not data.endswith(b"\n")

    def _look(self, data: bytes, dialect: Dialect, at: int) -> None:
        """Take up the first pragma of each line from byte `at`, where a line begins, on."""
        line = self._line + data.count(b"\n", 0, at)
        while found := dialect.regex.search(data, at):
            line += data.count(b"\n", at, found.start())
            start = max(data.rfind(b"\n", at, found.start()) + 1, at)
            end = data.find(b"\n", found.end())
            at = len(data) if end < 0 else end + 1
            if (len(data) if end < 0 else end) - start <= LONG:
                self._add(line + bool(found.groupdict().get("next")), scope(found, self._known), line)
            line += 1

    def _add(self, line: int, names: Scope, written: int) -> None:
        if names == ():
            self._count += 1
            self._mistakes = self._mistakes or [written]
            return
        known = self._scopes.get(line, ())
        self._scopes[line] = None if names is None or known is None else known + names
        if len(self._scopes) > _MOST:
            self._scopes = dict(islice(self._scopes.items(), _MOST // 2, None))

    def __bool__(self) -> bool:
        """Whether there is any so far."""
        return bool(self._scopes)

    def near(self, lines: IntArray) -> IntArray:
        """Which of `lines` (n,) have a pragma, as indices."""
        return np.flatnonzero(np.isin(lines, np.fromiter(self._scopes, np.int64, len(self._scopes))))

    def allows(self, line: int, rule: str, entity: str) -> bool:
        """Whether a finding on a line that has a pragma is allowed."""
        names = self._scopes[line]
        return names is None or rule in names or entity in names

    @property
    def issues(self) -> list[Issue]:
        """A warning about pragmas that name what there is not."""
        message = "a pragma names no rule and no entity type that there is, so it allows nothing"
        return [Issue(MISTAKE, message, None, "warning", line, count=self._count) for line in self._mistakes]
