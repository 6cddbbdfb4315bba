"""The file of a baseline: JSON, one entry a line, sorted, so that a change of an entry is a change of its line.

A `null` ends the list, so that every entry has a comma: lines of two branches can be put together.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from scanner.baseline.entries import ACCEPTED, REJECTED, Baseline, Entry, Place
from scanner.baseline.hashing import BITS, BLOCK, LEAST, MOST, Hashing
from scanner.errors import UsageError
from scanner.private import write_private

VERSION = 1
LARGEST = 32 << 20  # bytes: some hundred for each of 100,000 entries
_KEYS = ["path", "field", "entity_type", "tag", "count", "verdict"]
_CONFLICT = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
_RESOLVE = "keep the entries of both sides, remove the marks, and run leakgauge baseline update"
_HEX = re.compile("(?:[0-9a-f]{2})+")


class _WrongError(Exception):
    """What is wrong with a file."""


def load(path: str, key: bytes = b"") -> Baseline:
    """The baseline in a file, with the key it was made with, if it was. Raises `UsageError` that says what to do."""
    try:
        text = _bytes(path)
        data = json.loads(text)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; leakgauge baseline create makes one") from error
    except (ValueError, RecursionError) as error:
        if _CONFLICT.search(text):
            raise UsageError(f"{path} has conflicts of a merge: {_RESOLVE}") from error
        where = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(f"{path} is damaged{where}, no JSON: {_MEND}") from error
    if not isinstance(data, dict) or data.get("type") != "baseline":
        raise UsageError(f"{path} is no baseline of leakgauge: make one by leakgauge baseline create")
    if isinstance(data.get("v"), int) and data["v"] > VERSION:
        raise UsageError(f"{path} was written by a newer leakgauge: install that, or create the baseline anew")
    try:
        _require(data.keys() == {"type", "v", "salt", "hash", "entries"}, "its keys are not those of a baseline")
        hashing = _hashing(path, data, key)
        baseline = Baseline(path, hashing)
        for number, entry in enumerate(_entries(data["entries"], hashing), 1):
            same = baseline.entries.setdefault(entry.key, entry)
            _require(same == entry, f"entry {number} is there twice, with another count or verdict")
    except _WrongError as error:
        raise UsageError(f"{path} is damaged, {error}: {_MEND}") from error
    return baseline


def _bytes(path: str) -> bytes:
    """What a file holds; nothing is waited for that has no end. Raises `OSError`, and `UsageError` for no such file."""
    with open(path, "rb", opener=_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise UsageError(f"{path} is no baseline: it is no regular file")
        data = file.read(LARGEST + 1)
    _require_size(path, data)
    return data


def _at_once(path: str, flags: int) -> int:
    """Open a file; a pipe is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _require_size(path: str, data: bytes) -> None:
    if len(data) > LARGEST:
        raise UsageError(f"{path}: a baseline has at most {LARGEST >> 20} MiB; leave out files with --exclude")


_MEND = "take it back from version control; a new one, by leakgauge baseline create, accepts what was rejected"


def save(baseline: Baseline) -> None:
    """Write the file; what was there is there until all is written. Raises `UsageError`."""
    hashing = baseline.hashing
    how: dict[str, Any] = {"name": "blake2b", "check": hashing.check}
    if hashing.n is not None:
        how = {"name": "scrypt", "n": hashing.n, "r": BLOCK, "p": 1, "bits": BITS}
    head = {"type": "baseline", "v": VERSION, "salt": hashing.salt.hex(), "hash": how}
    lines = [orjson.dumps(_plain(entry)) for entry in baseline]
    body = b"\n" + b"".join(line + b",\n" for line in lines) + b"null" if lines else b""
    data = orjson.dumps(head)[:-1] + b',"entries":[' + body + b"]}\n"
    _require_size(baseline.path, data)
    try:
        write_private(baseline.path, data, 0o666)  # it is to be committed
    except OSError as error:
        raise UsageError(f"cannot write {baseline.path}: {error.strerror}") from error


def _plain(entry: Entry) -> dict[str, Any]:
    return dict(zip(_KEYS, (*entry.place, entry.tag, entry.count, entry.verdict), strict=True))


def _hashing(path: str, data: dict[str, Any], key: bytes) -> Hashing:
    """How the tags were made. Raises `UsageError` for the wrong key."""
    salt, how = data["salt"], data["hash"]
    _require(isinstance(salt, str) and len(salt) == 32 and bool(_HEX.fullmatch(salt)), "its salt is none")
    _require(isinstance(how, dict), "it does not say how its tags are made")
    if how.get("name") == "blake2b" and isinstance(how.get("check"), str):
        hashing = Hashing(bytes.fromhex(salt), None, key)
        hashing.require(path, how["check"])
        return hashing
    n = how.get("n")
    known = how == {"name": "scrypt", "n": n, "r": BLOCK, "p": 1, "bits": BITS}
    _require(known and type(n) is int and LEAST <= n <= MOST and n.bit_count() == 1, "its tags are of no known kind")
    return Hashing(bytes.fromhex(salt), n)


def _entries(given: Any, hashing: Hashing) -> Iterator[Entry]:
    """The entries of a file, checked."""
    _require(isinstance(given, list), "its entries are no list")
    digits = 32 if hashing.n is None else BITS // 4
    tag = re.compile(f"[0-9a-f]{{{digits}}}")
    checks: dict[str, Callable[[Any], bool]] = {
        "path": lambda each: isinstance(each, str) and each != "",
        "field": lambda each: each is None or isinstance(each, str),
        "entity_type": lambda each: isinstance(each, str),
        "tag": lambda each: isinstance(each, str) and tag.fullmatch(each) is not None,
        "count": lambda each: type(each) is int and each > 0,
        "verdict": lambda each: each in (None, ACCEPTED, REJECTED),
    }
    for number, each in enumerate(given[:-1] if given and given[-1] is None else given, 1):
        _require(isinstance(each, dict) and list(each) == _KEYS, f"entry {number} has not the keys of an entry")
        for name, fits in checks.items():
            _require(fits(each[name]), f"the {name} of entry {number} is none")
        yield Entry(Place(each["path"], each["field"], each["entity_type"]), *(each[name] for name in _KEYS[3:]))


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise _WrongError(message)
