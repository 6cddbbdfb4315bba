"""Copies of what is staged, as sources for a scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scanner.config import ScanConfig
from scanner.model import Issue
from scanner.sources import Exclude, Source, find
from scanner.sources.source import display


def sources(kept: Iterable[tuple[str, str | None]], config: ScanConfig) -> Iterator[Source | Issue]:
    """Of pairs of a name and the place of its copy, None for one that cannot be had, those that no glob leaves out."""
    exclude = Exclude(config.exclude, config.root)
    for name, place in kept:
        if exclude.hits_any_part(name, False):
            continue
        path, raw = display(name)
        if place is None:
            yield Issue("unreadable", "is not merged, or its content is missing from the repository", path)
            continue
        for item in find([place]):
            yield replace(item, path=path, raw=raw) if isinstance(item, Source) else replace(item, path=path)
