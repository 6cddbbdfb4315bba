"""The parts of a message: bodies as text, all other parts as files."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Any, Literal

from scanner.mail.charsets import decoded
from scanner.mail.headers import readable, unbased

_BODIES = frozenset(["text/plain", "text/html", "text/enriched", "text/richtext"])
_LONGEST = 120  # code points of a file's name
_LONG = 64 << 10  # code points of a header; the parser takes squared time for the parameters of a longer one
_BASED = re.compile(rb"[A-Za-z0-9+/=\s]*\Z")
_BEGUN = re.compile(rb"[A-Za-z0-9+/]{24,}")  # base64 up to where its line is damaged


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message. `headers`: a message, for those; `text`, `html`: a body; `file`: all others.

    `bad`: how many bytes of a body are no text in any character set that it may be in.
    """

    kind: Literal["headers", "text", "html", "file"]
    text: str = ""
    bad: int = 0
    name: str = ""
    data: bytes = b""
    message: Message | None = None


class _Message(Message):
    """A message without the parameters of headers that are too long."""

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """See `Message`."""
        if len(str(self.get(header, ""))) > _LONG:
            return failobj
        return super().get_param(param, failobj, header, unquote)


def parts(data: bytes) -> list[Part] | None:
    """The message itself and those within it for their headers, bodies, and files by their names, in order.

    None if the parser of the standard library cannot take the message apart, as when it is nested too deeply.
    """
    try:
        return list(_parts(message_from_bytes(data, _Message, policy=policy.compat32)))
    except Exception:  # it fails in many ways on what breaks the rules, and one message must not cost the others
        return None


def _parts(message: Message) -> Iterator[Part]:
    yield Part("headers", message=message)
    stack = [message]
    while stack:
        part = stack.pop()
        payload = part.get_payload()
        below = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
        if part.get_content_maintype() == "message":
            yield from (Part("headers", message=one) for one in below)
        yield from _own(part)
        stack += reversed(below)


def _own(part: Message) -> Iterator[Part]:
    """What a part holds itself."""
    kind = part.get_content_type()
    if part.is_multipart():
        loose = [text for text in (part.preamble, part.epilogue) if text and text.strip()]
        for text in loose:
            yield Part("text", text=decoded(_encoded(text), None))
        return
    data = _data(part)
    if kind in _BODIES and part.get_content_disposition() != "attachment" and not _called(part):
        text = decoded(data, _charset(part))
        bad = max(0, text.count("\ufffd") - data.count(b"\xef\xbf\xbd"))
        yield Part("html" if kind == "text/html" else "text", text, bad)
    elif data:
        yield Part("file", name=_safe(_called(part), kind), data=data)


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _data(part: Message) -> bytes:
    """The bytes of a part; lines among base64 that are none, such as a list's footer, stay as they are."""
    payload: object = part._payload  # type: ignore[attr-defined]  # `get_payload` would decode 8-bit text wrongly
    data = _encoded(payload) if isinstance(payload, str) else b""
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if coding == "base64":
        based, other = [], []
        for line in data.splitlines(keepends=True):
            run = _BASED.match(line) or _BEGUN.match(line)
            based.append(run[0] if run else b"")
            other.append(line[run.end() :] if run else line)
        rest = b"".join(other)
        return unbased(b"".join(based)) + (b"\n" + rest if rest.strip() else b"")
    if coding in ("quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"):
        found = part.get_payload(decode=True)
        return found if isinstance(found, bytes) else data
    return data


def _called(part: Message) -> str:
    """The name of a file, if the part has one."""
    name = readable(part.get_filename() or "")
    return name if name.isascii() else decoded(_encoded(name), None)


def _safe(name: str, kind: str) -> str:
    """A name that is one step of a path, with an ending that tells the kind of the file."""
    name = re.sub(r'[/\\\x00-\x1f\x7f!:*?"<>|]+', "_", name).strip(" .")[-_LONGEST:]
    return name or f"part{mimetypes.guess_extension(kind) or ''}"
