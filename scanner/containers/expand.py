"""Turns each file that is a container into what is in it, to any depth that the limits allow."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile

from scanner.containers import kinds, sevenzip, tararchive, ziparchive, zipsalvage
from scanner.containers.limits import Budget, Limits
from scanner.containers.member import Counted, Member, MemberStream
from scanner.containers.spool import Spool
from scanner.decode import peek
from scanner.issues import internal
from scanner.mail import attachments
from scanner.model import Issue
from scanner.sources import Exclude, Source, Stream, decompressed, open_source
from scanner.sources.source import failure

Items = Iterator[Source | Issue]


def expand(sources: Iterable[Source | Issue], *, exclude: Sequence[str] = (), limits: Limits | None = None) -> Items:
    """Yield the sources, instead of each container what is in it, and issues for what cannot be read of them.

    A source with a `stream` or marked `transient` must be used up before the next one is asked for. `exclude`: globs
    that leave members out. Issues: limit, bomb, encrypted, unsupported, corrupt, truncated, trailing, link, special,
    ignored (what `exclude` left out).
    """
    with Spool() as spool:
        expander = _Expander(Exclude(exclude), limits or Limits(), spool)
        for item in sources:
            if isinstance(item, Issue):
                yield item
            else:
                yield from _guarded(expander.file(item), item.path)


def _guarded(items: Items, path: str) -> Items:
    """The items, with an issue where they break off."""
    try:
        yield from items
    except OSError as error:
        yield failure(error, path)
    except Exception as error:
        yield internal(error, path)


class _Said:
    """Issues of what is in a container, each once, with the number of cases; at most as many as members are allowed."""

    def __init__(self) -> None:
        self.issues: dict[tuple[str, str, str, str | None], Issue] = {}

    def add(self, issue: Issue) -> None:
        key = (issue.kind, issue.message, issue.severity, issue.path)
        known = self.issues.get(key)
        self.issues[key] = replace(known, count=known.count + issue.count) if known else issue


class _Expander:
    def __init__(self, exclude: Exclude, limits: Limits, spool: Spool) -> None:
        self._exclude, self._limits, self._spool = exclude, limits, spool

    def file(self, source: Source) -> Items:
        """A file on disk, or stdin."""
        plain = source.location is not None and source.compression is None
        if plain and kinds.kind(source.head, source.path) is None:
            if kinds.is_program(source.head) and _unpacks_itself(source):
                yield from self._whole("zip", source, Budget(self._limits, source.size), 0)
            else:
                yield source
            return
        budget = Budget(self._limits, source.size)
        stream = open_source(source)
        if stream.issues:
            yield from stream.issues
            return
        try:
            yield from self._open(source, stream, budget, 0)
        finally:
            stream.close()

    def _open(self, source: Source, stream: Stream, budget: Budget, depth: int) -> Items:
        """What the bytes of `stream` are."""
        head, stream = peek(stream, kinds.HEAD)
        kind = kinds.kind(head, source.path)
        if kind is None:
            yield replace(source, location=None, compression=None, stream=stream)
        elif kind == "7z" and not sevenzip.available():
            message = "7z archives are read by an extra: pip install 'leakgauge[7z]'"
            yield Issue("unsupported", message, source.path, bytes=source.size)
        elif kind == "tar":
            found = tararchive.members(stream, source.path)
            yield from self._members(found, source, budget, depth)
            yield from stream.issues
        elif source.location is not None and source.compression is None:
            yield from self._whole(kind, source, budget, depth)
        else:
            with self._spool.file(stream, source.path) as path:
                yield from stream.issues
                if isinstance(path, Issue):
                    yield path
                else:
                    spooled = replace(source, location=path, compression=None, transient=True)
                    yield from self._whole(kind, spooled, budget, depth)

    def _whole(self, kind: str, source: Source, budget: Budget, depth: int) -> Items:
        """A file that is read at any place."""
        assert source.location is not None
        if kind not in ("zip", "7z"):
            yield replace(source, kind=kind)
            if kind == "mail":
                yield from self._members(_attached(source.location), source, budget, depth)
            return
        if kind == "7z":
            yield from self._members(sevenzip.members(source.location, source.path), source, budget, depth)
            return
        with Path(source.location).open("rb") as file:
            try:
                archive = ziparchive.opened(file)
            except BadZipFile:
                yield from self._members(zipsalvage.members(file, source.path), source, budget, depth)
                return
            office = kinds.office(archive)
            if office is not None:
                yield replace(source, kind=office)
            else:
                yield from self._members(ziparchive.members(archive, source.path), source, budget, depth)

    def _members(self, found: Iterable[Member | Issue], source: Source, budget: Budget, depth: int) -> Items:
        if depth >= self._limits.depth:
            message = f"containers nested more than {self._limits.depth} deep; not read"
            yield Issue("limit", message, source.path)
            return
        said = _Said()
        yield from _guarded(self._each(found, source, budget, depth, said), source.path)
        yield from said.issues.values()

    def _each(
        self, found: Iterable[Member | Issue], source: Source, budget: Budget, depth: int, said: _Said
    ) -> Iterator[Source | Issue]:
        """The members; what is said of others goes to `said`. All of them count, for a hostile header costs time."""
        for item in found:
            if issue := budget.member(source.path):
                yield issue
            elif isinstance(item, Issue):
                said.add(item)
            elif self._exclude.hits_member(item.name):
                item.close()
                said.add(Issue("ignored", "members were left out as --exclude says", source.path, "warning"))
            else:
                yield from self._member(item, source, budget, depth)
            if budget.spent:
                break

    def _member(self, member: Member, source: Source, budget: Budget, depth: int) -> Items:
        path = f"{source.path}!{member.name}"
        stream = decompressed(MemberStream(member, path), path, member.size)
        raw = None if source.raw is None else source.raw + f"!{member.name}".encode(errors="replace")
        inner = Source(path, raw, None, None)
        try:
            yield from self._open(inner, Counted(stream, path, budget), budget, depth + 1)
        finally:
            stream.close()


def _unpacks_itself(source: Source) -> bool:
    """Whether a program ends with a zip archive."""
    assert source.location is not None
    try:
        with Path(source.location).open("rb") as file:
            return bool(ziparchive.opened(file).infolist())
    except (BadZipFile, OSError):
        return False


def _attached(path: str) -> Iterator[Member | Issue]:
    """The files that hang on the messages of a file."""
    for item in attachments(path):
        if isinstance(item, Issue):
            yield item
        else:
            name, data = item
            yield Member(name, len(data), io.BytesIO(data).read, lambda: None)
