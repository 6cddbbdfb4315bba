"""User names: what is certainly none is dropped, the rest stays unknown."""

from __future__ import annotations

import polars as pl
import pytest

from scanner.validate.usernames import username


@pytest.mark.parametrize(
    "value", ["root", "Admin", "  guest ", "<username>", "www-data", "null", "비회원", "匿名", "ゲスト"]
)
def test_service_accounts_and_placeholders_are_invalid(value: str) -> None:
    """Words that name no person are invalid in any case and within quotes or brackets."""
    assert username(pl.Series([value])).to_list() == [-1]


@pytest.mark.parametrize("value", ["req.body.username", "getUserName", "current_user", "user_id", "settings.DB"])
def test_program_text_is_invalid(value: str) -> None:
    """Attributes and variables that hold a user name are none."""
    assert username(pl.Series([value])).to_list() == [-1]


@pytest.mark.parametrize("value", ["hong88", "小兔子88", "root88", "행복한하루", "ho***88", ""])
def test_anything_else_is_unknown(value: str) -> None:
    """Nothing proves a user name, so no value is ever valid."""
    verdicts = username(pl.Series([value]))
    assert verdicts.to_list() == [0]
    assert verdicts.dtype == pl.Int8
