"""Headers of messages: encoded words (RFC 2047), raw bytes of any character set, and lists of addresses (RFC 5322)."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from itertools import chain

from scanner.mail.charsets import decoded

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_WORDS = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=(?:\s*=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)*")
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
# Escapes are taken outside of quotes too, so that what is never closed is looked through once.
_ADDRESS = re.compile(
    r'(?:"(?:[^"\\]++|\\.)*+"|<[^<>]*+>|\((?:[^()\\]++|\\.)*+\)|[^,;"<(\\]++|\\.|["<(\\])++', re.DOTALL
)
_ANGLE = re.compile(r"<([^<>]*+)>")
_COMMENT = re.compile(r"\\.|\(((?:[^()\\]++|\\.)*+)\)", re.DOTALL)
_BARE = re.compile(r"([^\s<>\"'()]++)")
_ENDS = " \t\"'<>"


def headers(message: Message) -> Iterator[tuple[str, str]]:
    """Names and values of all headers in order, as they came: unfolded, raw bytes decoded, encoded words not.

    The raw bytes of all headers are judged together: one name alone hardly tells its character set.
    """
    found = [(name, _FOLD.sub(" ", str(value))) for name, value in message._headers]  # type: ignore[attr-defined]
    raw = [value.encode("utf-8", "surrogateescape") for _, value in found if not value.isascii()]
    texts = iter(decoded(b"\n".join(raw), None).split("\n"))
    for name, value in found:
        yield name, value if value.isascii() else next(texts, value)


def readable(value: str) -> str:
    """A header's value with its encoded words decoded."""
    return _WORDS.sub(lambda found: _words(found[0]), value) if "=?" in value else value


def addresses(value: str) -> Iterator[tuple[str, str]]:
    """Display name and address of each entry of an address header; either may be empty, nothing is lost."""
    for found in _ADDRESS.finditer(value):
        entry = found[0].strip()
        if not entry:
            continue
        address = _address(entry)
        rest = f"{entry[: address.start()]} {entry[address.end() :]}" if address else entry
        name = _COMMENT.sub(_said, rest) if rest.lstrip().startswith("(") else rest
        yield _unquoted(readable(name)), readable(address[1]).strip() if address else ""


def _address(entry: str) -> re.Match[str] | None:
    """What stands in angle brackets, or a word, that has a `@`."""
    found = (one for one in _ANGLE.finditer(entry) if "@" in one[1])
    words = (one for one in _BARE.finditer(entry) if "@" in one[1][1:-1])
    return next(chain(found, words), None)


def _said(comment: re.Match[str]) -> str:
    return comment[0] if comment[1] is None else f" {comment[1]} "


def _unquoted(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name.strip(_ENDS))


def _words(text: str) -> str:
    """The text of encoded words; one character may be cut between two of a character set."""
    runs: list[tuple[str, bytearray]] = []
    for charset, kind, data in _WORD.findall(text):
        name = charset.partition("*")[0].lower()
        if runs and runs[-1][0] == name and not name.startswith("iso-2022"):
            runs[-1][1].extend(_bytes(kind, data))
        else:
            runs.append((name, bytearray(_bytes(kind, data))))
    return "".join(decoded(bytes(data), name) for name, data in runs)


def _bytes(kind: str, data: str) -> bytes:
    raw = data.encode("utf-8", "surrogateescape")
    return unbased(raw) if kind in "bB" else quopri.decodestring(raw, header=True)


def unbased(data: bytes) -> bytes:
    """The bytes of base64, as far as it is some: the last ones of what is cut off are left out."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
