"""Texts of a column as one run of bytes, and back."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from scanner.views import TextBuffer, cut, joined, without

TEXTS = st.lists(st.text(max_size=20))


@given(TEXTS)
def test_what_is_joined_can_be_cut(texts: list[str]) -> None:
    """Any texts, empty ones and such beyond the basic plane too, come back as they were."""
    assert cut(*joined(pl.Series(texts, dtype=pl.String))).to_list() == texts


@given(TEXTS)
def test_dropped_characters_leave_the_rest_in_place(texts: list[str]) -> None:
    """ASCII characters are dropped from each text; all others stay in order."""
    expected = ["".join(letter for letter in text if letter not in " -0") for text in texts]
    assert without(pl.Series(texts, dtype=pl.String), b" -0").to_list() == expected


@given(st.text(max_size=200), st.data())
def test_code_points_before_a_byte_are_counted(text: str, data: st.DataObject) -> None:
    """For every boundary of a character, in any script."""
    buffer = TextBuffer(text.encode())
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=1))
    offsets = np.array([len(text[:point].encode()) for point in cuts])
    assert buffer.to_points(offsets).tolist() == cuts
