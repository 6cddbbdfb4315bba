"""Entries of an allowlist, against findings of the real engine."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner import ConfigError, Finding, Issue, ScanConfig, UsageError, scan
from scanner.allowlist import Allow
from scanner.model import Batch
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.sources import Source
from scanner.values import with_values

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


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "rule": st.sampled_from([("PERSON",), ("PHONE_NUMBER", "email"), ("EMAIL_ADDRESS",)]),
        "field": st.sampled_from([("phone",), ("*a*", "x"), ("mail",)]),
        "value": st.sampled_from([("01000001234",), ("홍길동", "LEE@example.com"), ("kim@shop.example.com", "x")]),
        "domain": st.sampled_from([("example.com",), ("*.example.com", "x.org"), ("*.com",)]),
        "fingerprint": st.lists(st.integers(0, 5), min_size=1, max_size=2),
    },
).filter(bool)


@settings(max_examples=10)
@given(st.lists(CONDITIONS, min_size=1, max_size=5))
def test_together_entries_allow_what_each_does_alone(orders: Path, given: list[dict[str, tuple[object, ...]]]) -> None:
    """Entries that are looked up at once allow what any of them allows, and the first of them is told."""
    known = [item for item in scan(str(orders), ScanConfig(key=KEY)) if isinstance(item, Finding)]
    for each in given:
        each |= (
            {"fingerprint": tuple(known[n].fingerprint for n in each["fingerprint"])} if "fingerprint" in each else {}
        )
    entries = [Allow(**each) for each in given]  # type: ignore[arg-type]
    alone = [left(orders, entry) for entry in entries]
    assert left(orders, *entries) == [masked for masked in ALL if all(masked in some for some in alone)]
    engine = Engine(ScanConfig(key=KEY, allow=tuple(entries)))
    (split,) = engine.planner().plan(Source(orders.name, None, str(orders), None))
    assert isinstance(split, Split)
    counts = sum((part.summary.allowed for part in engine.run(split, engine.shown)), Counter())
    first = Counter(next((str(n) for n, some in enumerate(alone) if masked not in some), "") for masked in ALL)
    assert {number: first[number] for number in first if number} == counts


def test_values_are_taken_once_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many entries ask for values, each value is read once, as for one entry that asks for all of them."""
    path = tmp_path / "a.csv"
    path.write_text("phone\n" + "".join(f"010-0000-{number:04d}\n" for number in range(1000)))
    taken: list[int] = []

    def counted(rows: pl.DataFrame, batch: Batch) -> pl.DataFrame:
        taken.append(len(rows))
        return with_values(rows, batch)

    monkeypatch.setattr("scanner.allow.entries.with_values", counted)
    entries = [Allow(value=(f"+82 10 0000 {number:04d}",)) for number in range(0, 600, 2)]
    assert len(left(path, *entries)) == 700
    assert sum(taken) == 1000


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
