"""Names of members in old code pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.containers.names import as_text, decoded


@given(st.text(max_size=20))
def test_utf_8_stays_what_it_is(name: str) -> None:
    """Whatever it holds, unless it is no Unicode."""
    if all(not "\ud800" <= letter <= "\udfff" for letter in name):
        assert as_text([name.encode()]) == [name]
        assert decoded(name) == name


@given(st.lists(st.binary(max_size=30), max_size=4))
def test_any_bytes_give_as_many_names(names: list[bytes]) -> None:
    """None is dropped, and all are valid Unicode."""
    texts = as_text(names)
    assert len(texts) == len(names)
    assert all(text.encode().decode() == text for text in texts)


@pytest.mark.parametrize(("codec", "name"), [("cp949", "고객 배송 주소록.csv"), ("gb18030", "客户收货地址名单.csv")])
def test_a_name_that_python_could_not_read_is_decoded(codec: str, name: str) -> None:
    """From the escapes that it holds instead."""
    assert decoded(name.encode(codec).decode("utf-8", "surrogateescape")) == name
