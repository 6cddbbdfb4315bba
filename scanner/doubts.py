"""Why a run that finds nothing does not know that there is nothing, in few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.config import ScanConfig
from scanner.model import DEFAULT_MIN_SCORE, Summary

_NAMED = 5


def of_settings(config: ScanConfig) -> Iterator[str]:
    """What settings leave out of all that could be found."""
    if config.only:
        yield f"only {_names(config.only)} {'was' if len(config.only) == 1 else 'were'} looked for"
    if config.without:
        yield f"{_names(config.without)} {'was' if len(config.without) == 1 else 'were'} not looked for"
    if config.regions:
        yield f"only rules of {_names(config.regions)} were asked"
    if config.min_score > DEFAULT_MIN_SCORE:
        yield f"only scores from {config.min_score:g} on count"
    if config.sample is not None:
        yield "only a sample was read"


def of_counts(summary: Summary) -> Iterator[str]:
    """What was found, and is not reported for it is allowed."""
    if count := summary.allowed.total():
        yield f"{count:,} allowed {'value is' if count == 1 else 'values are'} in it"


def _names(names: Sequence[str]) -> str:
    more = [f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more])
