"""Words that stand where a person's name stands and name nobody."""

from __future__ import annotations

import polars as pl

from scanner.validate.unmoved import Unmoved

_NOBODY = """
admin administrator root system guest anonymous unknown undefined none null nil nan default demo test tester testing
example sample user users customer client member owner sender recipient receiver name username total true false yes
deleted removed redacted hidden masked empty blank missing support service webmaster postmaster noreply operator bot
"""
_FILE = r"\.[a-z][a-z0-9]{1,4}$"


def person(values: pl.Series) -> pl.Series:
    """Reject accounts of services, placeholders and names of files; String to Int8, -1 or 0 (nothing proves a name)."""
    plain = values.str.strip_chars(" .").str.to_lowercase()
    nobody = plain.is_in(_NOBODY.split()) | values.str.contains(_FILE)
    return -nobody.fill_null(False).cast(pl.Int8)


VALIDATORS = {"person": Unmoved(person)}
