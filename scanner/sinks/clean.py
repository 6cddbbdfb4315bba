"""Names made harmless: for terminals, for lines of their own, and as URIs."""

from __future__ import annotations

import re
from urllib.parse import quote

STEERING = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # for a class of a regex
_CONTROL = re.compile(f"[{STEERING}\ud800-\udfff\ufffe\uffff]")
_LONG = 200
# the controls that JSON allows as they are, and what turns the direction of text, by their first byte in UTF-8
_IN_JSON = {
    b"\x7f": re.compile(rb"\x7f"),
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xd8": re.compile(rb"\xd8\x9c"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])"),
}


def clean(line: str) -> str:
    """A line without what could steer a terminal, turn the direction of text or be no XML."""
    return _CONTROL.sub(" ", line)


def clean_json(data: bytes) -> bytes:
    """JSON in UTF-8 that holds the same, with escapes for what could steer a terminal or turn the direction of text."""
    for begin, control in _IN_JSON.items():
        if begin in data:
            data = control.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), data)
    return data


def short(name: str, length: int = _LONG) -> str:
    """A name or message of one line, cut where it is very long."""
    line = clean(name)
    return line if len(line) <= length else f"{line[: length - 1]}…"


def uri(path: str, raw: bytes | None) -> str:
    """A path as a URI (RFC 3986), relative ones as references; members of archives keep their `!`."""
    name = raw if raw is not None else path.encode(errors="replace")
    if name.startswith(b"/"):
        return "file://" + quote(name, safe="/!")
    while name.startswith(b"./"):
        name = name[2:].lstrip(b"/")
    return quote(name, safe="/!")
