"""The stages in their order."""

from __future__ import annotations

import polars as pl

from scanner.config import ScanConfig
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.sources import Source, find


def split_of(engine: Engine, path: str) -> Split:
    """The only split of a small file."""
    (source,) = find([path])
    assert isinstance(source, Source)
    (split,) = engine.planner().plan(source)
    assert isinstance(split, Split)
    return split


def test_what_is_shown_comes_in_pieces_in_the_order_of_the_file(tmp_path) -> None:
    """Pieces are of a bounded size, their findings stand one after another, and the counts come with the first."""
    path = tmp_path / "contacts.csv"
    rows = (f"010-0000-{n % 10_000:04},user{n}@example.com\n" for n in range(40_000))
    path.write_text("phone,mail\n" + "".join(rows))
    engine = Engine(ScanConfig(only=("PHONE_NUMBER", "EMAIL_ADDRESS")))
    parts = list(engine.run(split_of(engine, str(path)), engine.shown))
    frames = [part.made for part in parts if part.made is not None]
    assert len(frames) > 1
    assert max(frame.height for frame in frames) < 40_000
    places = pl.concat(frames).select("line", "column")
    assert places.equals(places.sort("line", "column"))
    assert places.height == parts[0].summary.findings == sum(part.summary.findings for part in parts) == 80_000
