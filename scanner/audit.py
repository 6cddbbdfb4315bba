"""The review of a baseline in a terminal: each entry with its place, masked, and a verdict by a key."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from scanner.accept import files, outputs
from scanner.auditlines import Lines
from scanner.baseline import ACCEPTED, REJECTED, Baseline, Entry, Place, Sieve, Verdict, load, save
from scanner.config import ScanConfig
from scanner.errors import UsageError
from scanner.sifted import frames
from scanner.sinks.clean import clean
from scanner.sinks.counted import counted

_VERDICTS: dict[str, Verdict] = {"y": ACCEPTED, "n": REJECTED}
_ASK = "    accept it?  y yes  n no  s skip  b back  q quit "


@dataclass(frozen=True, slots=True)
class Item:
    """An entry and where it is found first: a line for people, and the line of the file, both masked."""

    entry: Entry
    place: str
    text: str | None


def audit(path: str, config: ScanConfig, *, again: bool = False) -> int:
    """Ask for a verdict on each entry without one, or `again` on all; returns the exit code. Raises `UsageError`."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("an audit asks for keys: run it in a terminal; a pipe cannot answer")
    baseline = load(path, config.key)
    open_ = [entry for entry in baseline if again or entry.verdict is None]
    sieve = Sieve(baseline)
    items = found(sieve, baseline, open_, config)
    shown = {item.entry.key for item in items}
    missing = [entry.place in sieve.unsure for entry in open_ if entry.key not in shown]
    if gone := missing.count(False):
        are, them = ("is", "it") if gone == 1 else ("are", "them")
        click.echo(
            f"{counted(gone, 'entry', 'entries')} {are} found no more: leakgauge baseline update {path} drops {them}"
        )
    if unsure := missing.count(True):
        are = "is" if unsure == 1 else "are"
        entries = counted(unsure, "entry", "entries")
        click.echo(f"{entries} {are} not found among too many values: a baseline with a key finds them")
    _walk(baseline, items)
    left = sum(entry.verdict is None for entry in baseline)
    of = counted(len(baseline.entries), "entry", "entries")
    rejected = sum(entry.verdict == REJECTED for entry in baseline)
    click.echo(f"{path}: {rejected:,} rejected, {left:,} of {of} still to be looked at")
    return 0


def found(sieve: Sieve, baseline: Baseline, entries: Sequence[Entry], config: ScanConfig) -> list[Item]:
    """Those of some entries that are found now, in their order."""
    wanted, items = {entry.key for entry in entries}, dict[tuple[Place, str], Item]()
    lines = Lines()
    with outputs(files(baseline, entries), replace(config, show_values=True), baseline, show=False) as made:
        for output in made:
            for frame in frames(output):
                assert output.source is not None
                known = list(sieve.entries(output.source.path, frame))
                lines.add(frame, known, wanted)
            if output.ends_file and output.source is not None:
                for entry, place, text in lines.of(output.source, output.encoding):
                    items[entry.key] = Item(entry, place, text)
                    wanted.discard(entry.key)
    return [items[entry.key] for entry in entries if entry.key in items]


def _walk(baseline: Baseline, items: Sequence[Item]) -> None:
    """Ask about one item after the other; what is answered is saved at once."""
    at = 0
    while at < len(items):
        answer = _ask(items[at], at + 1, len(items))
        if answer == "q":
            return
        if answer in _VERDICTS:
            baseline.judge(items[at].entry, _VERDICTS[answer])
            save(baseline)
        at = max(at - 1, 0) if answer == "b" else at + 1


def _ask(item: Item, number: int, count: int) -> str:
    copies = f", {item.entry.count} copies" if item.entry.count > 1 else ""
    click.echo(f"\n[{number}/{count}] {clean(item.place)}{copies}")
    if item.text is not None:
        click.echo(f"    {clean(item.text)}")
    click.echo(_ASK, nl=False)
    while (answer := _key()) not in ("y", "n", "s", "b", "q"):
        pass
    click.echo(answer)
    return answer


def _key() -> str:
    try:
        return click.getchar().lower()
    except EOFError:
        return "q"
