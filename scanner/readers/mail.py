"""Mail: a record a message; attachments are files of their own and not read here.

Fields are the headers, `From.name` and its kin for the names before addresses, and `body` for each line of the text.
Headers that servers add for themselves are left out: they hold times, keys, and numbers that look like addresses. Of
`Received` only the address is read for which a server took the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message

from scanner import mail
from scanner.mail.charsets import decoded
from scanner.mail.headers import readable
from scanner.model import Batch, Issue
from scanner.readers import html
from scanner.readers.fieldnames import Names
from scanner.readers.files import File
from scanner.readers.gathered import Gathered

MESSAGES = 500  # of a batch
_BYTES = 4 << 20  # of messages, after which a batch is full
_PEOPLE = re.compile(
    r"(?:resent-)?(?:from|to|cc|bcc|sender|reply-to)|return-path|delivered-to|errors-to|x-original-to|"
    r"disposition-notification-to|x-(?:envelope|forwarded|original)-(?:from|to|for)|x-sender|x-receiver|apparently-to",
    re.I,
)
_NOISE = re.compile(
    r"message-id|references|in-reply-to|received-spf|x-received|date|mime-version|content-.*|dkim-.*|arc-.*|"
    r"domainkey-.*|authentication-results.*|x-(?:ms-|microsoft-|spam|google-|gm-|virus|mailer|priority|mimeole|proofpoint)"
    r".*|thread-index|x-authentication-results|x-uidl?|x-mozilla-.*|importance|precedence|status|x-status|auto-submitted",
    re.I,
)
_FOR = re.compile(r"(?i)\bfor\s+<([^<>]*+)>")  # in Received: whom a server took the message for
_USUAL = ("From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Subject", "Return-Path", "Delivered-To")
_SPELLING = {name.lower(): name for name in _USUAL}


def read(file: File, longest: int = mail.MAX_MESSAGE) -> Iterator[Batch]:
    """Read the messages of an eml or mbox file; one of more than `longest` bytes as lines of text.

    Memory: that of some messages. Raises OSError if the file cannot be read.
    """
    gathered, names, size = Gathered(), Names(file.is_header), 0
    for item in mail.messages(file.path, longest):
        if isinstance(item, Issue):
            gathered.issues.append(item)
            continue
        if item.number != gathered.record:
            gathered.end()
            gathered.record = item.number
        parts = mail.parts(item.data) if item.whole else None
        if parts is None:
            _plain(item, gathered)
        else:
            _whole(parts, gathered, names)
        size += len(item.data)
        if len(gathered) >= MESSAGES or size >= _BYTES:
            if (batch := gathered.batch()) is not None:
                yield batch
            size = 0
    if (batch := gathered.batch()) is not None:
        yield batch


def _plain(item: mail.Mail, gathered: Gathered) -> None:
    """What cannot be taken apart, line by line."""
    if item.whole:
        gathered.issues.append(Issue("corrupt", "messages that cannot be taken apart were read as plain text"))
    for line in decoded(item.data, None).splitlines():
        gathered.add("body", line)


def _whole(parts: Iterable[mail.Part], gathered: Gathered, names: Names) -> None:
    """All headers and bodies of a message; of HTML only what the text does not say as well."""
    lines: set[str] = set()
    for part in parts:
        if part.bad:
            message = "bytes of bodies are not valid in any character set that fits"
            gathered.issues.append(Issue("undecodable", message, bytes=part.bad, count=part.bad))
        if part.kind == "headers" and part.message is not None:
            _headers(part.message, gathered, names)
        elif part.kind == "text":
            for line in part.text.splitlines():
                lines.add(" ".join(line.split()))
                gathered.add("body", line)
        elif part.kind == "html":
            for cell in html.cells(part.text, names, gathered.issues):
                if cell.text not in lines:
                    gathered.add(cell.field or "body", cell.text)


def _headers(message: Message, gathered: Gathered, names: Names) -> None:
    for name, value in mail.headers(message):
        if _NOISE.fullmatch(name):
            continue
        if name.lower() == "received":
            for found in _FOR.finditer(value):
                gathered.add("Received", found[1])
            continue
        field = _SPELLING.get(name.lower()) or names.field(name)
        if not _PEOPLE.fullmatch(name):
            gathered.add(field, readable(value))
            continue
        for person, address in mail.addresses(value):
            gathered.add(field and f"{field}.name", person)
            gathered.add(field, address)
