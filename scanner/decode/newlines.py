"""Line ends of old Macs: a lone CR becomes an LF, byte for byte, so that all offsets stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

_LF, _CR = 10, 13


def has_lone_cr(text: bytes) -> bool:
    """Whether CRs end the lines of a text that begins with `text`: it has some, before its last byte, and no LF."""
    return b"\n" not in text and b"\r" in text[:-1]


def cr_to_lf(block: bytes) -> bytes:
    """Turn each CR into an LF that no LF follows; not the last byte, of which that is not known."""
    data = np.frombuffer(block, dtype=np.uint8).copy()
    ends = np.flatnonzero(data[:-1] == _CR)
    data[ends[data[ends + 1] != _LF]] = _LF
    return data.tobytes()


def with_lf(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same blocks with `cr_to_lf` throughout, wherever they are cut; none is empty."""
    held = b""
    for block in blocks:
        whole = held + block
        held = b"\r" if whole.endswith(b"\r") else b""
        if text := cr_to_lf(whole).removesuffix(b"\r"):
            yield text
    if held:
        yield b"\n"
