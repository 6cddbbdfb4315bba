"""Baselines: findings that were accepted, in a file that may be committed.

A baseline is known by `load`; a `Sieve` takes what it accepts out of findings frames. An entry says how often one value
is accepted at one place: file, field and entity type, never line. The value itself is told by a tag, see `hashing`.
"""

from scanner.baseline.entries import ACCEPTED, REJECTED, Baseline, Entry, Place, Verdict
from scanner.baseline.file import load, save
from scanner.baseline.hashing import Hashing
from scanner.baseline.sieve import Sieve

__all__ = ["ACCEPTED", "REJECTED", "Baseline", "Entry", "Hashing", "Place", "Sieve", "Verdict", "load", "save"]
