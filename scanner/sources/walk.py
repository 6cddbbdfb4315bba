"""Turns the paths of a command line into sources, in a stable order, losing none silently."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ignore import Error as IgnoreError
from ignore import WalkBuilder

from scanner.model import Issue, Severity
from scanner.sources.compression import sniff
from scanner.sources.exclude import Exclude
from scanner.sources.source import STDIN, Source, display, failure

_HEAD = 4096  # bytes
_SPECIAL = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


def find(
    paths: Sequence[str], *, respect_gitignore: bool = True, exclude: Sequence[str] = (), root: str = ""
) -> Iterator[Source | Issue]:
    """Yield a Source for each file under `paths` (`-` is stdin) and an Issue for each that cannot be read.

    Folders are walked in the order of their sorted names. `.git` in them is left out; so is, in a git checkout and
    with `respect_gitignore`, what its .gitignore files name. What is named in `paths` is always scanned, unless a glob
    of `exclude` (gitignore syntax, relative to `root`) fits. A file is yielded once.

    Issues: not_found, unreadable, loop, special (errors when the path was given); symlink, broken_link (warnings:
    links in folders are not followed, so one into the scanned folders loses nothing and is passed over); ignored
    (a warning for each folder of `paths`, and one for the files among them, that counts what was left out).
    Raises UsageError for a malformed glob, when it is called and not only when the first file is asked for.
    """
    return _Walk(paths, respect_gitignore, Exclude(exclude, root)).run()


class _Walk:
    """One run of `find`: its settings, and the real paths of the files that it has met."""

    def __init__(self, paths: Sequence[str], gitignore: bool, exclude: Exclude) -> None:
        self._paths = list(dict.fromkeys(paths))
        self._roots = [Path(os.path.realpath(path)) for path in self._paths if path != STDIN]
        self._gitignore = gitignore
        self._exclude = exclude
        self._seen: set[str] = set()
        self._named = _LeftOut()  # of the paths themselves

    def run(self) -> Iterator[Source | Issue]:
        for path in self._paths:
            if path == STDIN:
                yield Source(STDIN, None, None, None)
            else:
                yield from self._given(path)
        yield from self._named.issues(None)

    def _given(self, path: str) -> Iterator[Source | Issue]:
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - pathlib would strip the "./" of the name
        except OSError as error:
            yield failure(error, path)
            return
        if self._exclude.hits_any_part(path, stat.S_ISDIR(mode)):
            self._named.excluded += 1
        elif stat.S_ISDIR(mode):
            yield from self._tree(path)
        else:
            yield from self._file(path, os.path.realpath(path), mode, "error")

    def _tree(self, root: str) -> Iterator[Source | Issue]:
        """Walk with a stack of our own: a hostile tree may be deeper than Python recurses."""
        prefix = root if root.endswith("/") else f"{root}/"
        real = os.path.realpath(root)
        tracked = self._gitignore and any((folder / ".git").exists() for folder in (Path(real), *Path(real).parents))
        stack: list[tuple[os.DirEntry[str], bool]] = []
        left = _LeftOut()
        yield from self._list(root, tracked, stack, left)
        while stack:
            entry, inside = stack.pop()
            if entry.is_dir(follow_symlinks=False):
                yield from self._list(entry.path, inside, stack, left)
            else:
                yield from self._member(entry, f"{real}/{entry.path[len(prefix) :]}")
        yield from left.issues(root)

    def _list(
        self, folder: str, tracked: bool, stack: list[tuple[os.DirEntry[str], bool]], left: _LeftOut
    ) -> Iterator[Issue]:
        """Push what is to be scanned in `folder`, the first name on top; `tracked`: it lies in a git checkout."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield failure(error, folder)
            return
        tracked = tracked or (self._gitignore and any(entry.name == ".git" for entry in found))
        kept = _not_ignored(folder) if tracked else None
        stack += [(entry, tracked) for entry in found if self._wanted(entry, kept, left)]

    def _wanted(self, entry: os.DirEntry[str], kept: set[str] | None, left: _LeftOut) -> bool:
        if entry.name == ".git":
            return False
        excluded = self._exclude.hits(entry.path, entry.is_dir(follow_symlinks=False))
        ignored = not excluded and kept is not None and entry.name not in kept
        left.excluded += excluded
        left.ignored += ignored
        return not excluded and not ignored

    def _member(self, entry: os.DirEntry[str], real: str) -> Iterator[Source | Issue]:
        if entry.is_symlink():
            yield from self._link(entry.path)
            return
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
        except OSError as error:
            yield failure(error, entry.path)
        else:
            yield from self._file(entry.path, real, mode, "warning")

    def _link(self, name: str) -> Iterator[Issue]:
        try:
            target = Path(os.path.realpath(name, strict=True))
        except FileNotFoundError:
            yield Issue("broken_link", "symbolic link to nothing", display(name)[0], "warning")
        except OSError as error:
            yield failure(error, name, "warning")
        else:
            if not any(target.is_relative_to(root) for root in self._roots):
                message = "symbolic link out of the scanned folders; not followed"
                yield Issue("symlink", message, display(name)[0], "warning")

    def _file(self, name: str, real: str, mode: int, severity: Severity) -> Iterator[Source | Issue]:
        if not stat.S_ISREG(mode):
            what = _SPECIAL.get(stat.S_IFMT(mode), "a special file")
            yield Issue("special", f"{what}, not a regular file; pipe its data into stdin", display(name)[0], severity)
        elif real not in self._seen:
            self._seen.add(real)
            yield _probe(name)


@dataclass(slots=True)
class _LeftOut:
    """How many files and folders were left out, and why."""

    ignored: int = 0
    excluded: int = 0

    def issues(self, path: str | None) -> Iterator[Issue]:
        reasons = ["left out as .gitignore says; --no-gitignore scans them"] * (self.ignored > 0)
        reasons += ["left out as --exclude says"] * (self.excluded > 0)
        if reasons:
            message = f"files or folders were {' and '.join(reasons)}"
            name = None if path is None else display(path)[0]
            yield Issue("ignored", message, name, "warning", count=self.ignored + self.excluded)


def _not_ignored(folder: str) -> set[str] | None:
    """Return the names in `folder` that no .gitignore of its checkout names, in it or above it; None: all."""
    builder = WalkBuilder(Path(folder)).hidden(False).ignore(False).git_global(False).git_exclude(False).max_depth(1)
    try:
        return {entry.path().name for entry in builder.build() if entry.depth() == 1}
    except IgnoreError:
        return None  # in doubt, scan


def _probe(name: str) -> Source | Issue:
    try:
        with Path(name).open("rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError as error:
        return failure(error, name)
    path, raw = display(name)
    return Source(path, raw, name, sniff(head), head)
