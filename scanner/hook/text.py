"""Which files are surely read as lines of text, and those lines: a table or a document has fields, which say more."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from scanner.hook.known import Known

MOST = 1 << 20  # bytes; to look at more in pure Python takes longer than the scan
LONGEST = 2000  # characters of a line; some patterns need time by its square
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]|\r(?!\n)|~\{")
_MAIL = re.compile(r"(?im)^(from|to|subject|date|received|message-id|return-path|mime-version|delivered-to):")
_MAIL_HEAD, _ENOUGH = 64 << 10, 3
# how cards, directories, dumps, pages and tables that declare themselves begin, and what fills tables
_DOCUMENT = re.compile(
    r"(?im)\A\s*(?:<|[\"]?sep=)|^\s*(?:dn::? |begin:v)"
    r"|^[^\S\n]*(?:(?:insert|replace)\s+(?:ignore\s+)?into\s|create\s+table\s|copy\s|insert\s+\[)"
)
_QUOTED = re.compile(r'(?m)(?:^|[,\t;|^\x01])"')


def lines(path: str, data: bytes, known: Known) -> list[str] | None:
    """The distinct lines of a file; None where it may be read in another way than by lines, or is too large."""
    text = _decoded(data, known)
    if text is None or len(set(map(str.lower, _MAIL.findall(text[:_MAIL_HEAD])))) >= _ENOUGH:
        return None
    suffix = PurePath(path).suffix.lower()
    found = text.split("\n")
    if suffix not in known.prose and (suffix in known.structured or _may_be_structured(text, found)):
        return None
    distinct = dict.fromkeys(line.removesuffix("\r") for line in found)
    return list(distinct) if max(map(len, distinct)) <= LONGEST else None


def _decoded(data: bytes, known: Known) -> str | None:
    """A text in UTF-8 without marks, control characters and look-alikes of other encodings; None for anything else."""
    if len(data) > MOST or _NO_TEXT.search(data) or data.startswith(b"\xef\xbb\xbf"):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if text.startswith(tuple(known.magic)) else text


def _may_be_structured(text: str, found: list[str]) -> bool:
    """Whether a text whose name says nothing may be JSON, a table, a dump or a page."""
    if _DOCUMENT.search(text) or text.lstrip()[:1] in ("{", "["):
        return True
    filled = [line for line in map(str.strip, found) if line]
    if any(line[0] in "{[" and _is_json(line) for line in filled):
        return True
    marks = [mark for mark in ",\t;|^\x01" if mark in text]
    often = any(2 * sum(mark in line for line in found) >= len(filled) for mark in marks)
    return often or (bool(marks) and _QUOTED.search(text) is not None)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
