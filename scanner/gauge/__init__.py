"""How much a leak holds: counts, distinct values and people, of splits, files and machines alike, that add up."""

from scanner.gauge.extrapolate import extrapolated
from scanner.gauge.gauge import Field, Gauge
from scanner.gauge.hashing import Hashing
from scanner.gauge.measure import Measure
from scanner.gauge.patterns import Patterns
from scanner.gauge.result import named, result
from scanner.gauge.sampled import Sampled

__all__ = ["Field", "Gauge", "Hashing", "Measure", "Patterns", "Sampled", "extrapolated", "named", "result"]
