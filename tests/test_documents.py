"""The makers of documents and exports for the fixtures."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import documents
import exports
import pytest

CASES = [*documents.CASES, *exports.CASES]


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_a_seed_gives_the_same_bytes(make: Callable[[Random], documents.Case]) -> None:
    """A fixture can be made again: nothing but the seed decides, neither time nor chance."""
    assert make(Random(1)) == make(Random(1))
    assert make(Random(1)) != make(Random(2))
