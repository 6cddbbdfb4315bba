"""The only module that knows the order of the stages: a split in, findings frames out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
import polars as pl

from scanner import columns, recognition
from scanner.allow.allowing import Allowing, check
from scanner.config import ScanConfig
from scanner.decode import Encoding, encoding_named
from scanner.errors import ConfigError
from scanner.issues import internal
from scanner.located import but_names, located, order_of, own
from scanner.match.matcher import Matcher
from scanner.model import DEFAULT_MIN_SCORE, FINDINGS, Batch, Column, Issue, NoPlace, Summary
from scanner.plan import Fields, Planner, Sample, Split
from scanner.readers import FILES, read_file
from scanner.readers.files import File
from scanner.readers.jsonkeys import Keys
from scanner.reading import Reading, pragmas
from scanner.redact import new_key, redact
from scanner.resolve import resolve
from scanner.rules import RuleSet, load_rules
from scanner.score import EXPLANATION, FIELDS, explained, score
from scanner.validate import VALIDATORS
from scanner.values import with_values

_MATCHED = ("column", "cell", "start", "end", "pattern", "score", "explanation")
_RANKED = ("column", "cell", "start", "end", "pattern", "score", "total")
_NOTHING = pl.DataFrame(schema=dict.fromkeys(_MATCHED, pl.UInt32))
_TOGETHER = 1 << 14  # findings that are shown at a time
_PROFILED = 1000  # records that a file's fields are judged by


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found in a batch: `rows` with the columns `_MATCHED` by column, cell and start; a profile a column."""

    batch: Batch
    fields: Sequence[columns.FieldProfile]
    rows: pl.DataFrame


@dataclass(slots=True)
class Part(Generic[T]):
    """What a piece of a split gave: what was made of some matches of a batch, issues, and the counts.

    The `last` piece has no batch; it tells how the text was encoded, None for what is no text.
    """

    split: Split
    made: T | None
    issues: list[Issue]
    summary: Summary
    encoding: Encoding | None = None
    last: bool = False


class Engine:
    """Rules, recognizers and settings, ready to run; one for each process."""

    def __init__(self, config: ScanConfig, rules: RuleSet | None = None) -> None:
        """Load the rules (default: ours) and choose from them. Raises `LeakgaugeError`."""
        if config.encoding:
            encoding_named(config.encoding)
        self.config = config if config.key else replace(config, key=new_key())
        self._all_rules = rules or load_rules()
        recognizers = recognition.rows(config)
        names = {name for row in recognizers for name in (row.name, *row.entities)}
        chosen = self._all_rules.select(config.only, config.without, config.regions, names)
        self._names = names | {name for rule in self._all_rules.rules for name in (rule.id, rule.entity_type)}
        check(config.allow, self._names)
        self._schema = FINDINGS | ({"value": pl.String} if config.show_values else {})
        self._schema |= {"explanation": EXPLANATION} if config.explain else {}
        self._schema |= {"identity": pl.String} if config.identity else {}
        self._headers = columns.Headers(self._all_rules)
        self._words = self._headers.words()
        windows = list(recognition.chosen(recognizers, config))
        if not chosen.patterns and not windows:
            raise ConfigError("nothing is left to look for: check --only, --except and --region")
        self._matcher = Matcher(chosen, config.min_score, VALIDATORS, windows)
        self.catalogue = self._matcher.catalogue()
        self._keys = Keys(lambda keys: self._unlimited._judge_keys(keys))

    def planner(self) -> Planner:
        """Plans files for this engine."""
        share = self.config.sample
        sample = Sample(share, self.config.seed) if share is not None else None
        return Planner(self._profile, self._is_header, self.config.encoding, keys=self._keys, sample=sample)

    @cached_property
    def _unlimited(self) -> Engine:
        """This engine looking for everything: what is not reported must not be printed as a field's name either."""
        every = replace(self.config, only=(), without=(), regions=(), min_score=DEFAULT_MIN_SCORE)
        return self if every == self.config else Engine(every, self._all_rules)

    def _is_header(self, cells: Sequence[str]) -> bool | None:
        return self._unlimited._names_fields(cells)

    def _names_fields(self, cells: Sequence[str]) -> bool | None:
        """Whether a row holds field names, or data: then it must not be printed as such; None where nothing tells."""
        row = _row([cell for cell in cells if not self._headers.certain(cell)])
        if len(row.records) and self.findings(row, columns.Profile(self._headers)).height:
            return False
        if self._headers.known(cells):
            return True
        return None if self._matcher.fits(row, "PERSON").is_empty() else False

    def _judge_keys(self, keys: Sequence[str]) -> list[bool | None]:
        """Of each of some distinct keys: whether it names a field, or may be personal; None where nothing tells."""
        strangers = [key for key in keys if not self._headers.certain(key)]
        verdicts = dict(zip(strangers, self._judge_strangers(strangers) if strangers else (), strict=True))
        return [verdicts.get(key, True) for key in keys]

    def _judge_strangers(self, keys: Sequence[str]) -> list[bool | None]:
        """The same for keys that are none of our words."""
        row = _row(keys)
        personal = set(self.findings(row, columns.Profile(self._headers))["record"])
        names = {number for number, key in enumerate(keys, 1) if self._headers.names(key)} - personal
        personal |= {cell + 1 for cell in self._matcher.fits(row, "PERSON")["cell"]} - names
        return [True if number in names else False if number in personal else None for number, _ in enumerate(keys, 1)]

    def _profile(self, batch: Batch) -> Fields:
        return columns.profile(self._headers, _head(batch), self._matcher.fits, recognition.are_names).fields

    def run(self, split: Split, make: Callable[[Matched], Iterator[T]]) -> Iterator[Part[T]]:
        """Scan one split, batch by batch, and `make` something of what is found in each, piece by piece.

        Whatever goes wrong becomes an issue of the last part.
        """
        reading: Reading | None = None
        issues = list(split.issues)
        try:
            reading = self.read(split)
            allowing = Allowing(self.config, self.catalogue, split.source.path, reading.pragmas)
            for batch in reading.batches:
                split = self._with_tables(split, batch)
                profile = columns.Profile(self._headers, split.fields, split.languages)
                matched = self.match(batch, profile)
                rows, allowed = allowing.kept(batch, matched.rows)
                yield from self._parts(split, replace(matched, rows=rows), allowed, make)
        except BaseException as error:  # a panic in Rust is no `Exception`
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
                raise
            issues.append(internal(error, split.source.path))
        finally:
            if reading is not None:
                reading.close()
        summary, encoding = Summary(files=int(split.last)), None
        if reading is not None:
            issues += reading.issues
            summary.bytes, encoding = reading.bytes, reading.encoding
        yield Part(split, None, issues, summary, encoding, last=True)

    def _parts(
        self, split: Split, matched: Matched, allowed: Counter[str], make: Callable[[Matched], Iterator[T]]
    ) -> Iterator[Part[T]]:
        """What is made of a batch; its counts come with the first piece."""
        counts = matched.rows["pattern"].value_counts().join(self.catalogue, on="pattern", how="left")
        entities: Counter[str] = Counter()
        for entity, count in counts.filter(pl.col("state") == "clear").select("entity_type", "count").iter_rows():
            entities[entity] += count
        clear, batch = entities.total(), matched.batch
        summary = Summary(0, batch.begun, 0, clear, matched.rows.height - clear, entities, allowed=allowed)
        pieces = make(matched)
        yield Part(split, next(pieces, None), batch.issues, summary)
        yield from (Part(split, piece, [], Summary()) for piece in pieces)

    def read(self, split: Split) -> Reading:
        """The batches of one split, not yet scanned."""
        if split.format.name in FILES:
            assert split.source.location is not None
            file = File(split.source.location, split.source.path, self._is_header)
            return Reading.of_file(read_file(split.format.name, file), file.path)
        others = self.config.pragmas if self.config.allowing else None
        return Reading.of_text(split, self._keys, None if others is None else pragmas(split, others, self._names))

    def _with_tables(self, split: Split, batch: Batch) -> Split:
        """A split of several tables with the profiles of those of which this batch shows the first rows."""
        if not split.format.has_tables:
            return split
        new = [column for column in batch.columns if column.field is not None and column.field not in split.fields]
        if not new:
            return split
        return replace(split, fields=split.fields | self._profile(replace(batch, columns=new)))

    def findings(self, batch: Batch, profile: columns.Profile) -> pl.DataFrame:
        """The findings of one batch, as in `model.FINDINGS`, in the order in which they stand in it."""
        return pl.concat([pl.DataFrame(schema=self._schema), *self.shown(self.match(batch, profile))])

    def shown(self, matched: Matched) -> Iterator[pl.DataFrame]:
        """What was found in a batch with its places, masked, as in `model.FINDINGS`, in the order of the batch.

        It comes in pieces: what is shown takes much more memory than what was matched.
        """
        if matched.rows.is_empty():  # the rule, so it should be quick
            return
        batch = matched.batch
        placed = located(with_values(matched.rows, batch), batch, [field.role for field in matched.fields])
        order, names = order_of(placed, len(batch.columns)), self.catalogue.drop("pattern")
        for first in range(0, len(order), _TOGETHER):
            some = placed[order[first : first + _TOGETHER]]
            named, config = pl.concat([some, names[some["pattern"]]], how="horizontal"), self.config
            shown = redact(named, config.key, show_values=config.show_values, identity=config.identity)
            yield shown.select(*self._schema)

    def match(self, batch: Batch, profile: columns.Profile) -> Matched:
        """What is in one batch."""
        fields = [profile.of(column.field) for column in batch.columns]
        rows = [(n, list(f.header), list(f.majority), f.other) for n, f in enumerate(fields)]
        known = pl.DataFrame(rows, schema=FIELDS, orient="row")
        candidates = self._matcher.match(batch, [field.hint(profile.languages) for field in fields])
        if candidates.is_empty():
            return Matched(batch, fields, _NOTHING)
        catalogue = self._matcher.at_home(self.catalogue, profile.languages)
        scored = score(candidates, catalogue, known, [column.rows for column in batch.columns])
        if not self.config.explain:  # the rest would be moved for nothing
            scored = scored.select(_RANKED)
        kept = but_names(own(resolve(scored, self.config.min_score), batch), batch, self._words)
        if kept.is_empty():
            return Matched(batch, fields, _NOTHING)
        if self.config.explain:
            kept = explained(kept.join(self.catalogue, on="pattern", how="left", maintain_order="left"))
        return Matched(batch, fields, kept.select(name for name in _MATCHED if name in kept.columns))


def _row(cells: Sequence[str]) -> Batch:
    """Cells without a field, the first as record 1."""
    return Batch([Column(None, pl.Series(list(cells), dtype=pl.String))], np.arange(1, len(cells) + 1), NoPlace())


def _head(batch: Batch) -> Batch:
    """The first records of a batch."""
    few = []
    for column in batch.columns:
        count = _PROFILED if column.rows is None else int(np.searchsorted(column.rows, _PROFILED))
        rows = None if column.rows is None else column.rows[:count]
        few.append(replace(column, values=column.values.head(count), rows=rows))
    return Batch(few, batch.records[:_PROFILED], batch.locator)
