"""Cuts the work: each file becomes one split, or several that can be read alone, anywhere."""

from scanner.plan.planner import PIECES, Planner
from scanner.plan.sample import Sample
from scanner.plan.split import NO_TEXT, Data, Fields, Split

__all__ = ["NO_TEXT", "PIECES", "Data", "Fields", "Planner", "Sample", "Split"]
