"""Scanning from Python: findings as objects, or as frames."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import polars as pl

from scanner.allow.allowing import left_over
from scanner.config import ScanConfig
from scanner.containers import expand
from scanner.issues import merged
from scanner.model import Evidence, Finding, Issue
from scanner.pipeline import Engine
from scanner.sources import Source, find

Paths: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def frames(paths: Paths, config: ScanConfig | None = None) -> Iterator[tuple[Source | None, pl.DataFrame | Issue]]:
    """Scan files in this process; yield the findings as frames (`model.FINDINGS`), and each issue.

    `paths` is one path or several. The source is None for an issue about a path that could not be opened. Raises
    `LeakgaugeError` for settings that cannot be used; what is wrong with a file is an issue, not an exception.
    """
    config = config or ScanConfig()
    engine = Engine(config)
    planner = engine.planner()
    listed = [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
    found = find(listed, respect_gitignore=config.gitignore, exclude=config.exclude, root=config.root)
    used: Counter[str] = Counter()
    for source in expand(found, exclude=config.exclude):
        if isinstance(source, Issue):
            yield None, source
            continue
        issues: list[Issue] = []
        for split in planner.plan(source):
            if isinstance(split, Issue):
                issues.append(split)
                continue
            for part in engine.run(split, engine.shown):
                issues += part.issues
                used += part.summary.allowed
                if part.made is not None:
                    yield source, part.made
        for issue in merged(issues, source.path):
            yield source, issue
    for issue in left_over(config, listed, used):
        yield None, issue


def scan(paths: Paths, config: ScanConfig | None = None) -> Iterator[Finding | Issue]:
    """Scan files in this process; yield a `Finding` for each piece of personal data and an `Issue` for each problem.

    `paths` is one path or several. Raises `LeakgaugeError` for settings that cannot be used.
    """
    for source, item in frames(paths, config):
        if isinstance(item, Issue):
            yield item
        elif source is not None:
            yield from (_finding(source.path, row) for row in item.iter_rows(named=True))


def _finding(path: str, row: dict[str, Any]) -> Finding:
    reasons = tuple(Evidence(**reason) for reason in row.pop("explanation", None) or ())
    return Finding(path=path, explanation=reasons, **row)
