"""A batch in, a candidates frame out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from scanner.fold import fold
from scanner.match import partial
from scanner.match.cells import Cells, Mask, contains
from scanner.match.compiled import CompiledRules
from scanner.match.digits import Digits
from scanner.match.distinct import distinct, expand
from scanner.match.found import Found
from scanner.match.judge import Judge, Validator
from scanner.match.remembered import Remembered
from scanner.match.templates import Templates, blind
from scanner.match.unfold import unfolded
from scanner.match.whole import WholeMatcher
from scanner.match.windows import RecognizerRow, Windows
from scanner.model import DEFAULT_MIN_SCORE, Batch, Hint
from scanner.rules import RuleSet

TELLING = 0.2
# Cells from which on templates pay: what is asked of them are regexes of their own, half a second to compile.
_MANY = 1 << 15
_PLACE = ("column", "cell")


class Matcher:
    """Rules and recognizers, ready to run. One for each process."""

    def __init__(
        self,
        rules: RuleSet,
        min_score: float,
        validators: Mapping[str, Validator],
        recognizers: Sequence[RecognizerRow] = (),
    ) -> None:
        """`validators` by the names that rules use."""
        # what may run and what settles a cell do not depend on a lower or higher threshold for what is shown
        self._compiled = CompiledRules(rules, min(min_score, DEFAULT_MIN_SCORE))
        self._judge = Judge(validators)
        self._seen = 0
        self._windows = Windows(recognizers, len(rules.patterns))
        self._whole = WholeMatcher(self._compiled, self._judge)
        self._remembered = Remembered(self._find, Digits(self._compiled, self._judge, self._windows).matter)

    def catalogue(self) -> pl.DataFrame:
        """What each `pattern` number of a candidates frame stands for: row n is that of pattern n.

        Columns, all String but the first: pattern (UInt32), rule_id, entity_type, evidence, state, and calling_code,
        which may be null.
        """
        rows = [
            (p.index, p.rule.id, p.rule.entity_type, f"pattern {p.pattern.name}", p.pattern.state,
             p.rule.calling_code)
            for p in self._compiled.patterns
        ]  # fmt: skip
        for window in self._windows.all:
            rows += [
                (n, window.name, e, f"recognizer {window.name}", "clear", None) for e, n in window.entities.items()
            ]
        schema = {"pattern": pl.UInt32} | dict.fromkeys(
            ["rule_id", "entity_type", "evidence", "state", "calling_code"], pl.String
        )
        return pl.DataFrame(rows, schema=schema, orient="row")

    def at_home(self, catalogue: pl.DataFrame, languages: frozenset[str]) -> pl.DataFrame:
        """Add `home` (Boolean) to `catalogue`: whether the rule is one of a country where a language is spoken."""
        home = [p.index for p in self._compiled.patterns if p.rule.at_home(languages)]
        return catalogue.with_columns(home=pl.col("pattern").is_in(home))

    def match(self, batch: Batch, hints: Sequence[Hint]) -> pl.DataFrame:
        """All candidates of a batch, see `model.CANDIDATES`; `hints` are the entity types expected in each column."""
        found = Found()
        sought = [distinct(column) for column in batch.columns]
        codes = {number: mapping for number, (_, mapping) in enumerate(sought) if mapping is not None}
        cells = Cells.of([texts for texts, _ in sought])
        decided, done = self._whole.settle(cells, hints, found)
        self._seen += len(cells)
        alike = None
        if self._seen >= _MANY:
            known, alike = self._remembered.match(cells, ~done, ~decided, hints, found)
            done |= known
        self._find(cells.take(~done), ~decided[~done], hints, found, alike)
        self._windows.match_all(cells, found)
        return unfolded(expand(found.frame(), codes), batch.columns)

    def _find(
        self, cells: Cells, whole: Mask, hints: Sequence[Hint], found: Found, alike: Templates | None = None
    ) -> None:
        """Add what `cells` hold, which have the templates `alike` if these are known.

        From end to end only those are looked at where `whole` (n,) is true.
        """
        if alike is None:
            alike = Templates.of(cells.text) if self._seen >= _MANY else Templates.each(blind(cells.text))
        done = self._whole.match(cells, alike, whole, hints, found)
        # a run of digits holds nothing but itself: no pattern matches a piece of it
        done |= contains(alike.text, "^0+$")[alike.index]
        rest, alike = cells.take(~done), alike.take(~done)
        if len(rest):
            partial.match(self._compiled, self._judge, rest, alike, hints, found)
        self._windows.match(rest, alike, found)

    def fits(self, batch: Batch, entity_type: str) -> pl.DataFrame:
        """Which distinct cells of which columns fit `entity_type` from end to end: columns `column`, `cell`.

        Patterns with a base score below `TELLING` do not count: they fit too much else.
        """
        cells = Cells.of([fold(column.values.unique(maintain_order=True)) for column in batch.columns])
        fits = self._whole.fitting(cells, entity_type, TELLING)
        return pl.DataFrame(
            {"column": cells.column[fits], "cell": cells.cell[fits]}, schema=dict.fromkeys(_PLACE, pl.UInt32)
        )
