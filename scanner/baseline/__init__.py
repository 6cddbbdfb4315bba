"""Baselines: findings that were accepted, in a file that may be committed.

A baseline is known by `load`; a `Sieve` takes what it accepts out of findings frames. An entry says how often one value
is accepted at one place: file, field and entity type, never line. The value itself is told by a tag, see `hashing`.
The sieve needs polars, so it waits until it is asked for: `leakgauge hook` reads a baseline before it knows whether it
must scan.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from scanner.baseline.entries import ACCEPTED, REJECTED, Baseline, Entry, Place, Verdict
from scanner.baseline.file import load, save
from scanner.baseline.hashing import Hashing

if TYPE_CHECKING:
    from scanner.baseline.sieve import Sieve

__all__ = ["ACCEPTED", "REJECTED", "Baseline", "Entry", "Hashing", "Place", "Sieve", "Verdict", "load", "save"]


def __getattr__(name: str) -> Any:
    """Import the sieve."""
    if name != "Sieve":
        raise AttributeError(f"module 'scanner.baseline' has no attribute {name!r}")
    return importlib.import_module("scanner.baseline.sieve").Sieve
