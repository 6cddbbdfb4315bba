"""One `hook`: the screen first, and the scan only if something may be there."""

from __future__ import annotations

import gc
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.hook.screen import LEAST, Screen

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.hook.staged import Blob
    from scanner.model import Issue

_MOST = 1 << 18  # bytes of all files; the scan of more takes less time than the screen
Settings = Callable[[], "ScanConfig"]


def files(paths: Sequence[str], options: Mapping[str, Any], settings: Settings) -> int:
    """Look at files and folders; returns the exit code."""
    paths = [path if path != "-" else f".{os.sep}-" for path in paths]
    if _may_screen(screen := Screen(), options) and not _any(_each_may_hold(screen, paths)):
        return 0
    from scanner.hook import report

    return report.of_paths(paths, settings(), options["baseline"])


def staged_files(paths: Sequence[str], options: Mapping[str, Any], settings: Settings) -> int:
    """Look at what is staged, of `paths` if there are any; returns the exit code."""
    import tempfile

    from scanner.hook import staged

    found = staged.blobs(paths)
    if not found:
        return 0
    with tempfile.TemporaryDirectory(prefix="leakgauge-") as folder:
        kept = list(_copied(found, folder))
        if _may_screen(screen := Screen(), options) and not _any(_copy_may_hold(screen, kept)):
            return 0
        return _scanned(kept, settings(), options["baseline"])


def _any(verdicts: Iterator[bool]) -> bool:
    """As `any`; the screen makes little garbage, and looking for it takes a fifth of its time."""
    gc.disable()
    try:
        return any(verdicts)
    finally:
        gc.enable()


def _each_may_hold(screen: Screen, paths: Sequence[str]) -> Iterator[bool]:
    """Of each file whether it may hold something; at once if they are too large."""
    yield _sizes(paths) > _MOST
    yield from (_may_hold(screen, path) for path in paths)


def _copy_may_hold(screen: Screen, kept: Sequence[tuple[str, str | None]]) -> Iterator[bool]:
    """Of each copy whether it may hold something; at once if they are too large or one is missing."""
    yield _sizes([place for _, place in kept if place is not None]) > _MOST
    for name, place in kept:
        yield place is None or screen.may_hold(name, Path(place).read_bytes())


def _scanned(kept: Sequence[tuple[str, str | None]], config: ScanConfig, baseline: str | None) -> int:
    from scanner.hook import report

    copies = ((name, _lost(name) if place is None else place) for name, place in kept)
    return report.of_copies(copies, config, baseline)


def _lost(name: str) -> Issue:
    from scanner.model import Issue
    from scanner.sources.source import display

    return Issue("unreadable", "is not merged, or its content is missing from the repository", display(name)[0])


def _copied(found: Sequence[Blob], folder: str) -> Iterator[tuple[str, str | None]]:
    """The name of each blob and a copy of it, made in pieces of a MiB; None where its content cannot be had."""
    from scanner.hook import staged

    with staged.objects() as objects:
        for number, blob in enumerate(found):
            size = None if blob.id is None else objects.size(blob)
            if size is None:
                yield blob.path, None
                continue
            place = Path(folder) / str(number)
            with place.open("wb") as file:
                file.writelines(objects.pieces(size))
            yield blob.path, str(place)


def _may_screen(screen: Screen, options: Mapping[str, Any]) -> bool:
    """Whether a file that the screen holds for clean is so under these options, which are certainly no errors."""
    named = {*options["only"], *options["without"]} <= set(screen.known.names)
    regions = {region.upper() for region in options["region"]} <= set(screen.known.regions)
    more = ("exclude", "encoding", "recognizers", "ner")
    usual = options["min_score"] >= LEAST and not any(options[name] for name in more)
    return named and regions and usual


def _sizes(paths: Sequence[str]) -> int:
    sizes = 0
    for path in paths:
        with suppress(OSError):
            sizes += os.stat(path).st_size  # noqa: PTH116
    return sizes


def _may_hold(screen: Screen, path: str) -> bool:
    """What is no file that can be read is the matter of the scan, which says so."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
            return True
        return screen.may_hold(path, Path(path).read_bytes())
    except OSError:
        return True
