"""Extra fields of zip archives."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from scanner.containers.zipfields import fields

pairs = st.lists(st.tuples(st.integers(0, 0xFFFF), st.binary(max_size=20)), max_size=5)


@given(pairs=pairs, cut=st.integers(0, 3))
def test_fields_come_out_as_they_went_in(pairs: list[tuple[int, bytes]], cut: int) -> None:
    """One that is cut off, or less than its four bytes, is none."""
    extra = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)
    assert list(fields(extra + bytes(cut))) == pairs
    assert list(fields(extra[:-1])) == pairs[:-1]
