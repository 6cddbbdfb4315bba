"""Damaged files of each kind, by the entry points of `fuzz/`: no exception, no hang, and no byte lost unseen."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import TARGETS, Target, check

WINDOW = 3000  # bytes of a seed that are damaged; a reader of whole files needs all of it
TOKENS = [
    b"\n", b"\r", b"\r\n", b"\0", b'"', b"'", b'""', b"\\", b",", b"\t", b";", b"|", b"{", b"}", b"[", b"]", b"(", b")",
    b"--", b"/*", b"*/", b"$$", b"\\.\n", b"INSERT INTO t VALUES (", b"COPY t (a) FROM stdin;\n", b"\\u00", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\x80", b"\xc7\xd1", b"\x1b$B", b"<", b"</", b"<!--", b"&#x", b"%", b"=\n", b"=?utf-8?B?",
    b"1e999", b"9" * 400, b"\xed\xa0\x80", "\u2028".encode(), "\U0001f600".encode(), b"\xff" * 8, b"\0" * 512,
]  # fmt: skip
places = st.floats(0, 1)
edits = st.lists(st.tuples(places, st.integers(0, 40), st.sampled_from(TOKENS) | st.binary(max_size=4)), max_size=8)


def damaged(seed: bytes, changes: list[tuple[float, int, bytes]], end: float) -> bytes:
    """A file with some bytes of it replaced by others, and cut off somewhere."""
    data = bytearray(seed)
    for place, count, token in changes:
        at = int(place * len(data))
        data[at : at + count] = token
    return bytes(data[: int(end * len(data)) + 1])


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data(), changes=edits, start=places, end=st.just(1.0) | places)
def test_no_damage_loses_anything_unseen(
    target: Target, data: st.DataObject, changes: list[tuple[float, int, bytes]], start: float, end: float
) -> None:
    """What is read is in a cell, or an issue says that something was not read."""
    seed = data.draw(st.sampled_from(target.seeds()), label="seed") if target.seeds() else b""
    if target.text:
        seed = seed[int(start * max(len(seed) - WINDOW, 0)) :][:WINDOW]
    check(target, damaged(seed, changes, end))


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, target in TARGETS.items() for path in target.corpus()], ids=str
)
def test_what_was_once_misread_is_not_any_more(name: str, path: object) -> None:
    """Inputs that found a fault."""
    check(TARGETS[name], path.read_bytes())  # type: ignore[attr-defined]
