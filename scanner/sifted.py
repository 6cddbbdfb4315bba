"""Runs with a baseline: frames instead of bytes from the workers, as only one place can count what is accepted."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from scanner.baseline import Sieve
from scanner.config import ScanConfig
from scanner.model import Summary
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.sources import Source
from scanner.workers import Output

# Makes bytes of the findings of a file.
Render = Callable[[Source, pl.DataFrame], bytes]


@dataclass(frozen=True, slots=True)
class Frames:
    """The findings of splits as frames in Arrow's IPC format; a `Task`."""

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split, frames of at most some thousand findings."""

        def packed(matched: Matched) -> Iterator[bytes]:
            for frame in engine.shown(matched):
                out = io.BytesIO()
                frame.write_ipc(out)
                yield out.getvalue()

        return engine.run(split, packed)


def frames(output: Output) -> Iterator[pl.DataFrame]:
    """What `Frames` made, one by one."""
    return (pl.read_ipc(io.BytesIO(data)) for data in output.made)


def looks_for_all(config: ScanConfig) -> bool:
    """Whether an entry that is not found has gone; else it may be that it is not looked for."""
    return not (config.only or config.without or config.regions)


def sifted(outputs: Iterable[Output], sieve: Sieve, render: Render, config: ScanConfig) -> Iterator[Output]:
    """Outputs of `Frames` without what is accepted, rendered, and one more with what the sieve knows at the end.

    What an output made is to be taken before its summary is read.
    """
    for output in outputs:
        yield replace(output, made=_rendered(output, sieve, render))
        for file in output.summary.coverage:
            if file.complete:
                sieve.has_read(file.path)
    issues, stale = sieve.issues, sieve.stale() if looks_for_all(config) else None
    yield Output(None, [], issues, Summary(baselined=0, stale=stale, issues=len(issues)))


def _rendered(output: Output, sieve: Sieve, render: Render) -> Iterator[bytes]:
    """What is left of each frame; the summary is put right."""
    summary, source = output.summary, output.source
    for frame in frames(output):
        assert source is not None
        rest = sieve.sift(source.path, frame)
        if rest.height < frame.height:
            gone = _clear(frame) - _clear(rest)
            summary.baselined = (summary.baselined or 0) + frame.height - rest.height
            summary.findings -= gone.total()
            summary.masked -= frame.height - rest.height - gone.total()
            summary.entities -= gone
        if rest.height:
            yield render(source, rest)


def _clear(frame: pl.DataFrame) -> Counter[str]:
    return Counter(frame.filter(pl.col("state") == "clear")["entity_type"].to_list())
