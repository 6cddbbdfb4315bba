r"""Characters that a text writes as escapes: as JSON does, and as URLs do.

`\uD64D` (RFC 8259, 7) stands in JSON that is a value of JSON, of a table or of a line of a log; `%ED%99%8D`
(RFC 3986, 2.1) in addresses and forms of the web.
"""

from __future__ import annotations

import re

_HEX = "[0-9A-Fa-f]"
# What a text holds of which escapes are read, for Rust and Python: a character outside of ASCII, or what parts the
# digits of a telephone number.
ESCAPED = (
    rf"\\u(?:[1-9A-Fa-f]{_HEX}{{3}}|0[1-9A-Fa-f]{_HEX}{{2}}|00[89A-Fa-f]{_HEX})"
    rf"|%[C-Fc-f]{_HEX}%[89ABab]{_HEX}|[0-9]%2[0BDbd89][0-9%(]|%2[Bb][0-9]"
)
_U = r"\\{1,8}u"  # each level of JSON in JSON doubles the backslashes
_ESCAPED = re.compile(ESCAPED)
_PIECE = re.compile(
    rf"{_U}(?P<high>[Dd][89ABab]{_HEX}{{2}}){_U}(?P<low>[Dd][C-Fc-f]{_HEX}{{2}})"
    rf"|{_U}(?P<point>(?![Dd][89A-Fa-f]|00[0-7]){_HEX}{{4}})"
    rf"|(?P<bytes>(?:%(?![01]|7[Ff]){_HEX}{{2}})+)"
)


def may_hold(data: bytes) -> bool:
    """Whether a text in ASCII or UTF-8 may hold an escape; to look for one byte is quicker by far than for two."""
    return b"%" in data or (b"\\" in data and b"\\u" in data)


def holds(text: str) -> bool:
    """Whether a text holds an escape of which something depends."""
    return _ESCAPED.search(text) is not None


def unescaped(text: str) -> str:
    """A text with what its escapes mean; as it is where it holds none."""
    return read(text)[0]


def read(text: str) -> tuple[str, list[int]]:
    """The same, and where each of its characters begins in `text`, and where that ends."""
    if not holds(text):
        return text, list(range(len(text) + 1))
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for found in _PIECE.finditer(text):
        meant = _meant(found)
        if meant is None:
            continue
        parts += text[at : found.start()], meant
        places += range(at, found.start())
        at = found.start()
        for character in meant:
            places.append(at)
            at += 3 * len(character.encode()) if found["bytes"] else len(found[0])
    return "".join([*parts, text[at:]]), [*places, *range(at, len(text) + 1)]


def _meant(found: re.Match[str]) -> str | None:
    """What an escape stands for; None for bytes that are no UTF-8."""
    if found["point"]:
        return chr(int(found["point"], 16))
    if found["high"]:
        return bytes.fromhex(found["high"] + found["low"]).decode("utf-16-be")
    try:
        return bytes.fromhex(found["bytes"].replace("%", "")).decode()
    except UnicodeDecodeError:
        return None
