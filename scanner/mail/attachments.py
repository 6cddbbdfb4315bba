"""The files that hang on the messages of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from scanner.mail.messages import Mail, messages
from scanner.mail.parts import parts
from scanner.model import Issue


def attachments(path: str) -> Iterator[tuple[str, bytes] | Issue]:
    """Name and bytes of each file in the messages of `path`, images too, such as `3/order.csv` of message 3.

    What stands in the bodies and headers is left to the reader of mail, and so are the issues of messages that are too
    long or cannot be taken apart. Memory: that of one message. Raises OSError if the file cannot be read.
    """
    for mail in messages(path):
        if isinstance(mail, Mail) and mail.whole:
            yield from _files(mail)


def _files(mail: Mail) -> Iterator[tuple[str, bytes]]:
    used: Counter[str] = Counter()
    for part in parts(mail.data) or ():
        if part.kind == "file":
            used[part.name] += 1
            yield f"{mail.number}/{_unique(part.name, used[part.name])}", part.data


def _unique(name: str, use: int) -> str:
    """The second `order.csv` is `order (2).csv`."""
    path = PurePath(name)
    return name if use == 1 else f"{path.stem} ({use}){path.suffix}"
