"""Validators to which one digit is like another."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.validate import VALIDATORS
from scanner.validate.unmoved import Unmoved

UNMOVED = {name: check for name, check in VALIDATORS.items() if isinstance(check, Unmoved)}
VALUES = st.one_of(
    st.text("ab0129@.-+ ()", max_size=30),
    st.builds("{}.{}{}".format, st.sampled_from(["user@example", "a@b0.com"]), st.text("woffcm"), st.integers(0, 9)),
)


@pytest.mark.parametrize("name", sorted(UNMOVED))
@given(value=VALUES, digits=st.text("0123456789", min_size=40, max_size=40))
def test_values_that_differ_in_digits_alone_are_judged_alike(name: str, value: str, digits: str) -> None:
    """Unless the validator says in which templates digits matter to it."""
    check, more = UNMOVED[name], iter(digits)
    other = re.sub("[0-9]", lambda _: next(more), value)
    if not pl.Series([re.sub("[0-9]", "0", value)]).str.contains(check.digits)[0]:
        one, two = check(pl.Series([value, other])).to_list()
        assert one == two


def test_some_validators_are_unmoved() -> None:
    """Those of addresses, names and e-mail addresses."""
    assert sorted(UNMOVED) == ["address", "email", "person"]
