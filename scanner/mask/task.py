"""What workers do with a split: scan it, and give its bytes with the findings masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from scanner.decode import Encoding
from scanner.errors import UsageError
from scanner.mask.edits import placed, replaced
from scanner.mask.keys import Keys
from scanner.mask.offsets import MisplacedError, offsets
from scanner.mask.raw import Raw, raw_of
from scanner.mask.splice import BINARY, spliced
from scanner.mask.strategies import Strategies
from scanner.model import Issue, Summary
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split

FORMATS = ("delimited", "jsonl", "json", "sql", "text")
# Encodings in which a byte says how the next ones are read: a piece cannot be written alone.
_SHIFTING = ("iso2022", "iso-2022", "hz", "utf-7", "utf7")
_ODD = ("mixed_encodings", "undecodable")  # issues of a text that is not all in its encoding


@dataclass(frozen=True, slots=True)
class Masking:
    """Masks splits; a `Task`. What is made of a split are its bytes, in order.

    Memory is bounded by the split, or 64 MiB of it, and by what stands instead of its findings.
    """

    strategies: Strategies

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split. Raises `UsageError` for a format that is not written in place."""
        refuse_format(split)
        catalogue = engine.catalogue.select("pattern", "entity_type", "state", "calling_code")
        found, keys = list[pl.DataFrame](), Keys()

        def note(matched: Matched) -> Iterator[bytes]:
            rows = replaced(matched, catalogue, self.strategies)
            keys.see(matched.batch, rows)
            found.append(placed(matched.batch, rows))
            return iter(())

        with raw_of(split) as (whole, raw):
            for part in engine.run(whole, note):
                if part.last and part.encoding is not None:
                    yield from _pieces(part, raw, [*found, keys.edits()])
                yield part


def refuse_format(split: Split) -> None:
    """Raise `UsageError` for what cannot be masked in place."""
    name, encoding = split.format.name, split.encoding.name
    if name not in FORMATS:
        message = f"a file of the kind {name} cannot be masked in place: export it as CSV, JSON lines, SQL or text"
        raise UsageError(f"{split.source.path}: {message}")
    if encoding.replace("_", "-").lower().startswith(_SHIFTING):
        raise UsageError(f"{split.source.path}: {encoding} cannot be masked in place: convert it to UTF-8 first")


def _pieces(part: Part[bytes], raw: Raw, found: list[pl.DataFrame]) -> Iterator[Part[bytes]]:
    """Parts with the bytes; where a place is not found none, but an issue of the last part."""
    assert part.encoding is not None
    plain = part.encoding.name == "utf-8" and not any(issue.kind in _ODD for issue in part.issues)
    try:
        pieces = _made(raw, part.encoding, part.split, found, plain=plain)
    except MisplacedError:
        part.issues.append(Issue("place", "where a value stands is not known: convert the file to UTF-8 first"))
        return
    yield from (Part(part.split, piece, [], Summary()) for piece in pieces)


def _made(raw: Raw, encoding: Encoding, split: Split, found: list[pl.DataFrame], *, plain: bool) -> Iterator[bytes]:
    every = pl.concat(found) if found else pl.DataFrame()
    if every.is_empty():
        none = np.zeros(0, dtype=np.int64)
        return spliced(raw, none, none, pa.array([], BINARY))
    order = np.lexsort((every["end"].to_numpy(), every["start"].to_numpy()))
    every = every[order]
    points = every.select("start", "end").to_numpy().reshape(-1)
    order = np.argsort(points, kind="stable")
    places = np.empty_like(points)
    places[order] = offsets(raw, encoding, (encoding.bom if split.top else 0, split.line), points[order], plain=plain)
    return spliced(raw, places[::2], places[1::2], _encoded(every["text"], encoding.name, plain=plain))


def _encoded(texts: pl.Series, name: str, *, plain: bool) -> pa.LargeBinaryArray:
    """The texts in an encoding; of a text whose lines are in several, in what these have in common."""
    if name == "utf-8":
        shown = texts if plain else texts.str.replace_all(r"[^\x00-\x7f]", "*")
        return shown.cast(pl.Binary).to_arrow(compat_level=pl.CompatLevel.oldest())
    return pa.array([text.encode(name, "replace") for text in texts.to_list()], BINARY)
