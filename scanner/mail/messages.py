"""The messages of a file: one alone, or many one after another as in an mbox (RFC 4155, and its kin mboxo, mboxrd).

A message of an mbox begins with a line `From somebody Sat Jan  3 01:05:34 2026` before a header; in its text such lines
are quoted with `>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scanner.model import Issue

MAX_MESSAGE = 64 << 20  # bytes; what is longer comes in pieces, as plain text
_BLOCK = 4 << 20
_ENVELOPE = re.compile(
    rb"\n(?=From [^\r\n]{0,900}[0-9]:[0-9]{2}[^\r\n]{0,90}\r?\n"
    rb"(?:>From [^\n]{0,900}\n)?[!-9;-~]{1,100}:[ \t\r\n])"
)
_LONGEST = 2200  # bytes that such a line and what is asked of the next one take
_QUOTED = re.compile(rb"(?m)^>(?=>*From )")
_ONE_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?From [^\n]*\n(?:>From [^\n]*\n)*")
_HEAD = 64 << 10  # bytes
_HEADER = re.compile(rb"(?:[!-9;-~]{1,100}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_TELLING = re.compile(rb"(?im)^(from|to|subject|date|received|message-id|return-path|mime-version|delivered-to):")
_ENOUGH = 3  # different ones of these headers


def is_mail(sample: bytes) -> bool:
    """Whether a file begins as a message or an mbox does; those of a Maildir have no ending that says so."""
    head = _ONE_LINE.sub(b"", sample[:_HEAD].removeprefix(b"\xef\xbb\xbf"), count=1)
    lines = _HEADER.match(head)
    return lines is not None and len(set(map(bytes.lower, _TELLING.findall(lines[0])))) >= _ENOUGH


@dataclass(frozen=True, slots=True)
class Mail:
    """A message by its number in the file, from 1; `whole` is False for a piece of one that is too long."""

    number: int
    data: bytes
    whole: bool = True


def messages(path: str, longest: int = MAX_MESSAGE) -> Iterator[Mail | Issue]:
    """The messages of a file in order, without the line that begins each in an mbox.

    One of more than `longest` bytes comes in pieces that end with lines, after an issue. Memory stays below some
    three messages of that size. Raises OSError if the file cannot be read.
    """
    with Path(path).open("rb") as file:
        number, held, long = 1, b"", False
        for data, ends in _chunks(file):
            held += data
            if len(held) > longest and not long:
                long = True
                yield Issue("too_large", f"message {number} has more than {longest >> 20} MiB, read as plain text")
            if long or ends:
                size = len(held) if ends else held.rfind(b"\n") + 1 or len(held)
                if held[:size].strip():
                    yield Mail(number, _unquoted(held[:size]), not long)
                    number += ends
                held = held[size:]
                long &= not ends


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The bytes of the file in order; with each whether a message ends there."""
    block = file.read(_BLOCK).removeprefix(b"\xef\xbb\xbf")
    many = block.startswith(b"From ")
    while block:
        more = file.read(_BLOCK)
        start = 0
        for found in _ENVELOPE.finditer(block) if many else ():
            if found.end() > len(block) - _LONGEST and more:
                break
            yield block[start : found.end()], True
            start = found.end()
        kept = max(start, len(block) - _LONGEST) if more else len(block)
        yield block[start:kept], not more
        block = block[kept:] + more


def _unquoted(data: bytes) -> bytes:
    """A message without its first line and the quotes of an mbox."""
    data = _ONE_LINE.sub(b"", data, count=1)
    return _QUOTED.sub(b"", data) if b"\n>" in data else data
