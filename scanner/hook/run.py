"""One `hook`: the screen first, and the scan only if something may be there, or an option may be wrong."""

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
    from scanner.hook.known import Known

_MOST = 1 << 18  # bytes of all files; the scan of more takes less time than the screen
_ENDS = ("encoding", "recognizers", "ner")  # options under which the screen knows nothing
_SCAN = {"format_": "hook", "output": None, "exit_zero": False, "explain_coverage": False}
_QUIET = {"no_progress": True, "quiet": False}  # warnings are told
Settings = Callable[[], "ScanConfig"]


def files(paths: Sequence[str], options: Mapping[str, Any], settings: Settings) -> int:
    """Look at files and folders; returns the exit code. `options`: of the command, with `allow` and `key`."""
    paths = [path if path != "-" else f".{os.sep}-" for path in paths]
    screen = Screen()
    if _may_screen(screen.known, options) and not _any(_each_may_hold(screen, paths)):
        return 0
    from scanner.run import scan

    return scan(paths, settings(), {**options, **_SCAN, **_QUIET})


def staged_files(paths: Sequence[str], options: Mapping[str, Any], settings: Settings) -> int:
    """Look at what is staged, of `paths` if there are any; returns the exit code. `options`: as of `files`."""
    import tempfile

    from scanner.hook import staged

    screen = Screen()
    may_screen, found = _may_screen(screen.known, options), staged.blobs(paths)
    with tempfile.TemporaryDirectory(prefix="leakgauge-") as folder:
        kept = list(staged.copies(found, folder))
        if may_screen and not _any(_copy_may_hold(screen, kept)):
            return 0
        from scanner.hook import copies
        from scanner.run import scan

        config = settings()
        return scan((), config, {**options, **_SCAN, **_QUIET}, copies.sources(kept, config))


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


def _may_screen(known: Known, options: Mapping[str, Any]) -> bool:
    """Whether a file that the screen holds for clean is so under these options, which are certainly no errors.

    Globs leave files out, so that what is clean stays clean. Raises `UsageError` for a baseline that is wrong.
    """
    allow = options["allow"]
    globs = [*options["exclude"], *(glob for entry in allow for glob in entry.path)]
    usual = options["min_score"] >= LEAST and not any(options[name] for name in _ENDS)
    chosen = known.leaves(set(options["only"]), set(options["without"]), {name.upper() for name in options["region"]})
    allowed = known.has(name for entry in allow for name in entry.rule)
    keyed = bool(options["key"]) or not any(entry.fingerprint for entry in allow)
    return usual and chosen and allowed and keyed and all(map(_is_glob, globs)) and _is_read(options)


def _is_glob(text: str) -> bool:
    """Whether it is certainly a glob; sets of characters may be wrong."""
    return bool(text.strip("!/ ")) and not any(char in text for char in "[\\")


def _is_read(options: Mapping[str, Any]) -> bool:
    """Whether the baseline can be read, if there is one; a large one is left to the scan. Raises `UsageError`."""
    path = options["baseline"]
    if path is None:
        return True
    if not _is_file(path) or _sizes([path]) > _MOST:
        return False
    from scanner.baseline import load

    load(path, options["key"])
    return True


def _sizes(paths: Sequence[str]) -> int:
    sizes = 0
    for path in paths:
        with suppress(OSError):
            sizes += os.stat(path).st_size  # noqa: PTH116
    return sizes


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
    except OSError:
        return False


def _may_hold(screen: Screen, path: str) -> bool:
    """What is no file that can be read is the matter of the scan, which says so."""
    try:
        return not _is_file(path) or screen.may_hold(path, Path(path).read_bytes())
    except OSError:
        return True
