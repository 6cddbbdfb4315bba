"""The counts of a whole run, and what was read of each file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from scanner.model import Coverage, Summary


class Total:
    """Sums of the counts of the parts of a run."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._sum = Summary()
        self._read: dict[str, Coverage] = {}

    def add(self, summary: Summary) -> None:
        """Take up a part."""
        for file in summary.coverage:
            self._read[file.path] = _both(self._read[file.path], file) if file.path in self._read else file
        self._sum += replace(summary, coverage=[])

    def summary(self) -> Summary:
        """All counts, and the coverage of each file once."""
        return replace(self._sum, coverage=list(self._read.values()))


def _both(one: Coverage, other: Coverage) -> Coverage:
    """What was read of a file that comes in two parts, as mail does, or of which an issue came later."""
    how = one if one.format else other
    return replace(
        how,
        bytes=one.bytes + other.bytes,
        records=one.records + other.records,
        complete=one.complete and other.complete,
        issues=dict(Counter(one.issues) + Counter(other.issues)),
    )
