"""Entries of an allowlist, against findings of the real engine."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner import ConfigError, Finding, Issue, ScanConfig, UsageError, scan
from scanner.allowlist import Allow

CSV = "name,phone,mail\n홍길동,010-0000-1234,kim@shop.example.com\n김철수,010-0000-5678,lee@example.com\n"
KEY = b"k" * 32


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small export in a folder of its own."""
    path = tmp_path_factory.mktemp("allow") / "docs" / "orders.csv"
    path.parent.mkdir()
    path.write_text(CSV, encoding="utf-8")
    return path


def left(path: Path, *entries: Allow) -> list[str]:
    """The masked values that are still found."""
    found = scan(str(path), ScanConfig(allow=entries, key=KEY))
    return [item.masked for item in found if isinstance(item, Finding)]


ALL = ["홍**", "010-****-**34", "k***@shop.example.com", "김**", "010-****-**78", "l***@example.com"]


@pytest.mark.parametrize(
    ("entry", "allowed"),
    [
        (Allow(rule=("phone-kr-mobile",)), [1, 4]),
        (Allow(rule=("PERSON", "EMAIL_ADDRESS")), [0, 2, 3, 5]),
        (Allow(field=("phone",)), [1, 4]),
        (Allow(field=("*a*",)), [0, 2, 3, 5]),
        (Allow(field=("pho",)), []),
        (Allow(value=("+82 10 0000 1234",)), [1]),
        (Allow(value=("01000005678", "홍길동")), [0, 4]),
        (Allow(value=("010-0000-123",)), []),
        (Allow(domain=("Example.com",)), [5]),
        (Allow(domain=("*.example.com",)), [2]),
        (Allow(domain=("ple.com",)), []),
        (Allow(path=("orders.csv",)), [0, 1, 2, 3, 4, 5]),
        (Allow(path=("docs/",)), [0, 1, 2, 3, 4, 5]),
        (Allow(path=("other.csv",)), []),
        (Allow(path=("*.csv",), rule=("PERSON",), value=("홍길동",)), [0]),
        (Allow(path=("*.txt",), rule=("PERSON",)), []),
        (Allow(rule=("PERSON",), domain=("example.com",)), []),
    ],
)
def test_all_conditions_of_an_entry_must_hold(orders: Path, entry: Allow, allowed: list[int]) -> None:
    """An entry takes out the findings that fit each of its conditions, and no other."""
    assert left(orders, entry) == [masked for n, masked in enumerate(ALL) if n not in allowed]


def test_entries_add_up(orders: Path) -> None:
    """What any of several entries allows is allowed."""
    entries = Allow(rule=("PERSON",)), Allow(field=("mail",)), Allow(value=("010 0000 1234",))
    assert left(orders, *entries) == ["010-****-**78"]


def test_a_path_is_seen_from_the_root_of_its_entry(orders: Path) -> None:
    """A glob with a slash is anchored where the entry is written, not where the run is."""
    root = str(orders.parent.parent)
    assert left(orders, Allow(path=("docs/*.csv",), root=root)) == []
    assert left(orders, Allow(path=("docs/*.csv",))) == ALL


def test_a_fingerprint_allows_its_value(orders: Path) -> None:
    """The fingerprint that a run with the key prints allows that value, and without a key it is an error."""
    config = ScanConfig(key=KEY)
    phone = next(f for f in scan(str(orders), config) if isinstance(f, Finding) and f.entity_type == "PHONE_NUMBER")
    entry = Allow(fingerprint=(phone.fingerprint,))
    assert left(orders, entry) == [masked for masked in ALL if masked != phone.masked]
    with pytest.raises(ConfigError, match="need their key"):
        ScanConfig(allow=(entry,))


@given(st.integers(-3, 3))
def test_an_entry_allows_up_to_its_last_day(orders: Path, days: int) -> None:
    """On the day of `expires` an entry holds, after it it does not, and is told."""
    entry = Allow(rule=("PERSON",), expires=date.today() + timedelta(days))
    found = list(scan(str(orders), ScanConfig(allow=(entry,))))
    people = [item for item in found if isinstance(item, Finding) and item.entity_type == "PERSON"]
    kinds = [item.kind for item in found if isinstance(item, Issue)]
    assert (len(people), kinds) == ((0, []) if days >= 0 else (2, ["allow_expired"]))


def test_an_entry_is_told_to_be_unused_only_when_it_could_have_been(orders: Path) -> None:
    """A run over the whole folder of an entry tells it; one over a part, or for some rules, cannot know."""
    folder = str(orders.parent)
    entry = Allow(rule=("TRACKING_NUMBER",), root=folder)

    def kinds(path: str, config: ScanConfig) -> list[str]:
        return [item.kind for item in scan(path, config) if isinstance(item, Issue)]

    assert kinds(folder, ScanConfig(allow=(entry,))) == ["allow_unused"]
    assert kinds(str(orders), ScanConfig(allow=(entry,))) == []
    assert kinds(folder, ScanConfig(allow=(entry,), only=("PERSON",))) == []
    assert kinds(folder, ScanConfig(allow=(Allow(rule=("PERSON",), root=folder),))) == []


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Allow(reason="all"), "it would allow all"),
        (lambda: left(Path("x"), Allow(rule=("PERSOM",))), "did you mean 'PERSON'"),
        (lambda: left(Path("x"), Allow(path=("[z-a]",))), "not a valid glob"),
    ],
)
def test_an_entry_that_makes_no_sense_is_an_error(make: object, says: str) -> None:
    """What would allow all, or names what there is not, is refused before anything is read."""
    with pytest.raises((ConfigError, UsageError), match=says):
        make()  # type: ignore[operator]
