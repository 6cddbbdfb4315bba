"""English lists."""

from __future__ import annotations

from pathlib import Path

from sources import Lists, faker, listed, rows

# Given names that are everyday words, months, places or titles: alone they say nothing.
NOT_GIVEN = listed(
    """Will May Mark Grant Grace Faith Summer April June Chase Jordan Paris Virginia Austin Hope
    Joy Dean Art Bill Rich Rob Pat Gene Guy Miles Drew Chance Autumn Dallas Savannah Charlotte Georgia
    Carolina China Asia India Sierra Crystal Amber Ruby Penny Cody Lane Christian Destiny Mercedes Brooklyn
    Madison Sidney Chelsea Carol Robin Sandy Dawn Melody Harmony Trinity Heather Jade Angel Norma Max"""
)


def lists(npm_folder: Path) -> Lists:
    """Given names and surnames."""
    given = faker("en_US", "first_names") | {row[0] for row in rows("en_given_names.csv")}
    yield "en-given", {name for name in given if name.isalpha() and len(name) > 2} - set(NOT_GIVEN)
    yield "en-surnames", faker("en_US", "last_names") | {row[0] for row in rows("en_surnames.csv")}
