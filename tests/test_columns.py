"""What a field is, by its name and by its cells."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from scanner.columns import FieldProfile, Headers, profile
from scanner.config import ScanConfig
from scanner.model import Batch, Column, NoPlace
from scanner.pipeline import Engine
from scanner.rules import load_rules

HEADERS = Headers(load_rules())


@pytest.mark.parametrize(
    ("name", "entity", "role"),
    [
        ("phone", "PHONE_NUMBER", None),
        ("연락처", "PHONE_NUMBER", None),
        ("receiver_phone", "PHONE_NUMBER", "recipient"),
        ("寄件人电话", "PHONE_NUMBER", "sender"),
        ("địa chỉ", "ADDRESS", None),
        ("수령인", "PERSON", "recipient"),
        ("$.user.email", "EMAIL_ADDRESS", None),
    ],
)
def test_a_header_tells_the_type_and_whose_it_is(name: str, entity: str, role: str | None) -> None:
    """Words of all languages are known; the party named beside them gives the role."""
    known = HEADERS.read(name)
    assert entity in known.header
    assert known.role == role
    assert not known.other


@pytest.mark.parametrize("name", ["$.columns[*].name", "$.schema.fields[*].name", "$.cols[*].displayName"])
def test_what_describes_columns_names_no_person(name: str) -> None:
    """Query services describe the columns of their rows by an object each."""
    known = HEADERS.read(name)
    assert known.thing and not known.header


@pytest.mark.parametrize(
    "title", ["전화번호", "수령인 전화번호", "電話番号", "联系电话", "환불계좌번호", "customer no"]
)
def test_a_word_with_number_on_it_names_a_field(title: str) -> None:
    """What is usually called the number of something is no name of a person, though its syllables may be one."""
    assert HEADERS.names(title)


@pytest.mark.parametrize("cell", ["김민준", "번호", "no", "Kim number"])
def test_a_word_for_number_alone_names_nothing(cell: str) -> None:
    """Words that go on others say nothing without them."""
    assert not HEADERS.names(cell)


def test_an_attribute_of_dynamodb_is_no_part_of_an_item() -> None:
    """What stands above the attributes of an export says nothing of them; without a type it does."""
    for path in ("$.Item.name.S", "$.Items[*].name.S", "$.NewImage.name.S"):
        assert HEADERS.read(path).header == {"PERSON"}
    assert HEADERS.read("$.Item.name").header != {"PERSON"}


def test_a_name_of_a_thing_is_no_person() -> None:
    """`product name` and its like are not the name of somebody."""
    assert "PERSON" not in HEADERS.read("product_name").header
    assert HEADERS.read(None) == FieldProfile()


@pytest.mark.parametrize("name", ["$.user.name", "userName", "用户名", "Tên người dùng"])
def test_a_header_may_mean_a_person_or_a_login(name: str) -> None:
    """Where people write either, both are expected, and each value tells."""
    assert HEADERS.read(name).header == {"PERSON", "USERNAME"}


def test_a_header_row_is_told_from_data() -> None:
    """A row with a word that we know is a header, one of values is none."""
    assert HEADERS.known(["id", "phone", "x"])
    assert not HEADERS.known(["홍길동", "010-1234-5678", ""])


@pytest.mark.parametrize(
    ("field", "fitting", "names", "majority"),
    [
        ("c1", 8, 4, {"PERSON"}),
        ("c1", 7, 7, set()),
        ("c1", 8, 3, set()),
        (None, 10, 10, set()),
        ("phone", 10, 10, set()),
    ],
)
def test_most_cells_say_what_a_nameless_field_is(
    field: str | None, fitting: int, names: int, majority: set[str]
) -> None:
    """Four fifths of the distinct cells must fit and half of those be likely names; a telling name overrules them."""
    assert known(field, fitting, names).majority == majority


@pytest.mark.parametrize(("fitting", "names", "header"), [(10, 1, set()), (10, 2, {"PERSON"}), (4, 0, {"PERSON"})])
def test_a_name_without_persons_is_that_of_things(fitting: int, names: int, header: set[str]) -> None:
    """Where five cells or more look like names and hardly one is likely, `name` names no persons."""
    assert known("full name", fitting, names).header == header


@pytest.mark.parametrize(
    ("cells", "fitting", "names", "majority"),
    [(3, 3, 2, {"PERSON"}), (3, 2, 2, set()), (4, 4, 2, set()), (2, 2, 2, set())],
)
def test_a_few_cells_name_persons_when_all_fit_and_most_are_likely(
    cells: int, fitting: int, names: int, majority: set[str]
) -> None:
    """In a table of three or four rows, no cell may be anything else."""
    assert known("c1", fitting, names, cells).majority == majority


def known(field: str | None, fitting: int, names: int, cells: int = 10) -> FieldProfile:
    """What is known of a field with ten cells, of which some fit a pattern, and some of those are likely names."""
    column = Column(field, pl.Series([f"v{n}" for n in range(cells)]))
    locator: Any = None
    fits = {"column": [0] * fitting, "cell": list(range(fitting))}
    whole = pl.DataFrame(fits, schema={"column": pl.UInt32, "cell": pl.UInt32})
    are_names = [True] * names + [False] * (fitting - names)
    return profile(
        HEADERS, Batch([column], np.arange(1, cells + 1), locator), lambda _, __: whole, lambda _: are_names
    ).of(field)


def test_a_name_beside_a_value_is_that_of_a_thing() -> None:
    """Where an object holds a name and a value, as headers and parameters do, its name announces no person."""
    columns = [Column(f"$.params[*].{key}", pl.Series(["a"])) for key in ("name", "value")]
    locator: Any = None

    def judged(columns: list[Column]) -> FieldProfile:
        batch = Batch(columns, np.array([1]), locator)
        return profile(HEADERS, batch, lambda *_: pl.DataFrame(), lambda _: []).of("$.params[*].name")

    assert "PERSON" in judged(columns[:1]).header
    assert "PERSON" not in judged(columns).header


def test_a_field_that_comes_late_is_judged_by_its_name() -> None:
    """Fields that the head of a file did not show have a profile too."""
    column = Column("c1", pl.Series(["a"]))
    locator: Any = None
    late = profile(HEADERS, Batch([column], np.array([1]), locator), lambda _, __: pl.DataFrame(), lambda _: [])
    assert "PHONE_NUMBER" in late.of("phone").header


@pytest.mark.parametrize(
    ("entity", "fitting", "other", "majority"),
    [
        ("PHONE_NUMBER", 3, True, set()),
        ("PHONE_NUMBER", 60, False, set()),
        ("CREDIT_CARD", 6, True, set()),
        ("CREDIT_CARD", 40, False, set()),
        ("CREDIT_CARD", 59, False, {"CREDIT_CARD"}),
    ],
)
def test_numbers_that_fit_now_and_then_are_mere_numbers(
    entity: str, fitting: int, majority: set[str], *, other: bool
) -> None:
    """A nameless column of digits holds phones or cards only where half of its cells fit one of them.

    Where most have the check digit of a card it holds cards.
    """
    column = Column("c1", pl.Series([f"{n:011}" for n in range(60)]))
    locator: Any = None

    def fits(_: Batch, asked: str) -> pl.DataFrame:
        cells = list(range(fitting if asked == entity else 0))
        columns = {"column": [0] * len(cells), "cell": cells}
        return pl.DataFrame(columns, schema={"column": pl.UInt32, "cell": pl.UInt32})

    result = profile(HEADERS, Batch([column], np.arange(60), locator), fits, lambda _: [])
    assert result.of("c1").other is other
    assert result.of("c1").majority == majority


@pytest.mark.parametrize(
    ("field", "beside", "cells", "persons"),
    [
        ("$.items[*].name", "$.items[*].phone", "김민수 이서연 박지훈 최수아 정하준 강지우", True),
        ("$.items[*].name", "$.items[*].price", "김민수 이서연 박지훈 최수아 정하준 강지우", False),
        ("$.items[*].name", "$.items[*].phone", "사과 배송비 고구마 김치전 신발끈 오렌지", False),
        ("product name", "phone", "김민수 이서연 박지훈 최수아 정하준 강지우", False),
    ],
)
def test_items_with_contacts_may_be_people(field: str, beside: str, cells: str, *, persons: bool) -> None:
    """The name of an item is a person's where it has a telephone number and most of the cells are names."""
    engine = Engine(ScanConfig())
    values = [pl.Series(cells.split()), pl.Series([f"010-0000-{n:04}" for n in range(6)])]
    batch = Batch([Column(field, values[0]), Column(beside, values[1])], np.arange(1, 7), NoPlace())
    assert ("PERSON" in engine._profile(batch)[field].majority) is persons


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (
            ["수취인", "연락처", "주소", "보내는분", "보내는분 전화"],
            ["recipient", "recipient", None, "sender", "sender"],
        ),
        (["sender", "phone", "receiver", "receiver_phone"], ["sender", "sender", "recipient", "recipient"]),
        (
            ["sender", "sender_phone", "receiver", "receiver_phone", "phone"],
            [*["sender"] * 2, *["recipient"] * 2, None],
        ),
        (["name", "phone", "sender", "sender_phone"], [None, None, "sender", "sender"]),
    ],
)
def test_what_one_party_has_apart_is_of_the_other_where_nothing_says(names: list[str], roles: list[str | None]) -> None:
    """Of two parties the one whose phone number is not named as such has the one that is just called that."""
    columns = [Column(name, pl.Series(["a"])) for name in names]
    locator: Any = None
    found = profile(HEADERS, Batch(columns, np.array([1]), locator), lambda *_: pl.DataFrame(), lambda _: [])
    assert [found.of(name).role for name in names] == roles
