"""Escapes in the values of SQL text: what they stand for, and where each character of a value is written.

MySQL: https://dev.mysql.com/doc/refman/8.4/en/string-literals.html#character-escape-sequences. PostgreSQL: `E'…'` and
`U&'…'`, https://www.postgresql.org/docs/current/sql-syntax-lexical.html, and cells of COPY, "Text Format" in
https://www.postgresql.org/docs/current/sql-copy.html. What stands for no character stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from scanner.model import IntArray

_BYTES = r"(?P<bytes>(?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}))+)"
_PAIR = r"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}"
_HIGH, _LOW = r"\\[Dd][89ABab][0-9A-Fa-f]{2}", r"\\[Dd][C-Fc-f][0-9A-Fa-f]{2}"
_BYTE, _HEX = re.compile(r"\\x?[0-9A-Fa-f]+"), re.compile("[0-9A-Fa-f]{4,8}")
_ASCII = [chr(code) for code in range(128)]


class Form(NamedTuple):
    """How a string is written: `escape` matches what stands for something else, a run of bytes together; `named`
    has those that do not stand for the character behind their first one. `odd`: a regex of polars for what needs more
    than a table, empty for nothing, None for anything."""

    escape: re.Pattern[str]
    named: dict[str, str]
    odd: str | None = None

    @property
    def table(self) -> dict[str, str]:
        """All escapes of two ASCII characters."""
        pairs = [mark * 2 for mark in "'\"" if self.escape.fullmatch(mark * 2)]
        if self.escape.fullmatch("\\-"):
            pairs += ["\\" + second for second in _ASCII]
        return {pair: pair[1] for pair in pairs} | self.named


_MYSQL = {"\\0": "\0", "\\b": "\b", "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\Z": "\x1a", "\\%": "\\%", "\\_": "\\_"}
_CONTROLS = {"\\b": "\b", "\\f": "\f", "\\n": "\n", "\\r": "\r", "\\t": "\t"}
_BEFORE_OTHERS = r"\\[^\x00-\x7F]"
DOUBLED = {quote: Form(re.compile(quote * 2), {}, "") for quote in "'\""}
BACKSLASH = {quote: Form(re.compile(rf"\\.|{quote * 2}", re.S), _MYSQL, _BEFORE_OTHERS) for quote in "'\""}
COPIED = Form(re.compile(rf"{_BYTES}|\\.", re.S), _CONTROLS | {"\\v": "\v"}, rf"\\[0-7x]|{_BEFORE_OTHERS}")
EXTENDED = Form(
    re.compile(rf"{_BYTES}|(?P<points>{_PAIR}|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})|\\.|''", re.S), _CONTROLS
)
UNICODE = Form(re.compile(rf"(?P<points>{_HIGH}{_LOW}|\\[0-9A-Fa-f]{{4}}|\\\+[0-9A-Fa-f]{{6}})|\\\\|''"), {})


def decoded(values: pl.Series, cells: IntArray, form: Form) -> pl.Series:
    """A String series with the escapes in some cells resolved."""
    raw = values.gather(cells)
    if form.odd is None:
        return values.scatter(cells, [_value(text, form) for text in raw.to_list()])
    table = form.table
    plain = raw.str.replace_many(list(table), list(table.values()))
    if form.odd and len(odd := raw.str.contains(form.odd).arg_true()):
        plain = plain.scatter(odd, [_value(text, form) for text in raw.gather(odd).to_list()])
    return values.scatter(cells, plain)


def place(raw: str, form: Form, start: int) -> int:
    """How many code points of a raw text come before the code point `start` of its value."""
    at = 0
    for text, size in _pieces(raw, form):
        if start < len(text):
            return at + start
        start, at = start - len(text), at + size
    return at


def _value(raw: str, form: Form) -> str:
    return "".join(text for text, _ in _pieces(raw, form))


def _pieces(raw: str, form: Form) -> Iterator[tuple[str, int]]:
    """What the parts of a raw text stand for, and of how many code points each is: as many, or for one character."""
    at = 0
    for match in form.escape.finditer(raw):
        yield raw[at : match.start()], match.start() - at
        at, escape = match.end(), match.group()
        if match.lastgroup == "bytes":
            yield from _of_bytes(_BYTE.findall(escape))
        elif match.lastgroup == "points":
            yield _of_points(escape), len(escape)
        else:
            yield form.named.get(escape, escape[1:]), len(escape)
    yield raw[at:], len(raw) - at


def _of_points(escape: str) -> str:
    """The character of one code point, or of two surrogates."""
    try:
        codes = "".join(chr(int(digits, 16)) for digits in _HEX.findall(escape))
        return codes.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except (ValueError, OverflowError):
        return escape


def _of_bytes(escapes: list[str]) -> Iterator[tuple[str, int]]:
    """The characters of bytes in UTF-8; of others those that are ASCII."""
    codes = bytes(int(each[2:], 16) if each[1] == "x" else int(each[1:], 8) & 0xFF for each in escapes)
    try:
        texts = [(text, len(text.encode())) for text in codes.decode()]
    except UnicodeDecodeError:
        texts = [(chr(code) if code < 0x80 else each, 1) for code, each in zip(codes, escapes, strict=True)]
    at = 0
    for text, count in texts:
        yield text, sum(map(len, escapes[at : at + count]))
        at += count
