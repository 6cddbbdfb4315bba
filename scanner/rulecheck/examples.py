"""The examples of rules, run through the whole pipeline with all rules loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from scanner.columns import Headers, Profile
from scanner.config import ScanConfig
from scanner.model import Batch, Column, NoPlace
from scanner.pipeline import Engine
from scanner.rulecheck.spans import all_spans
from scanner.rules import Example, Rule, RuleSet


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding in the text of an example; `start` and `end` are code points in it."""

    start: int
    end: int
    entity_type: str
    rule_id: str
    state: str
    score: float


def run(rules: Sequence[Rule], everything: RuleSet) -> Iterator[tuple[Rule, list[str]]]:
    """Yield each of `rules` with what is wrong with its examples when all rules of `everything` are loaded."""
    texts = [example for rule in rules for example in (*rule.positives, *rule.negatives)]
    hits = _scan(texts, everything) if texts else {}
    first = 0
    for rule in rules:
        count = len(rule.positives) + len(rule.negatives)
        yield rule, _judge(rule, [hits.get(number, []) for number in range(first, first + count)])
        first += count


def _scan(examples: Sequence[Example], everything: RuleSet) -> Mapping[int, list[Hit]]:
    """What the pipeline finds in each example, by its number."""
    findings = Engine(ScanConfig(), everything).findings(_batch(examples), Profile(Headers(everything)))
    hits = defaultdict(list)
    names = ["start", "end", "entity_type", "rule_id", "state", "score"]
    for record, *rest in findings.select("record", *names).iter_rows():
        hits[record].append(Hit(*rest))
    return hits


def _batch(examples: Sequence[Example]) -> Batch:
    """One table: a row an example, a column a field name, and one without a name for texts without a field."""
    rows: defaultdict[str | None, list[int]] = defaultdict(list)
    for number, example in enumerate(examples):
        rows[example.field].append(number)
    columns = [
        Column(field, pl.Series([examples[n].text for n in numbers], dtype=pl.String), np.array(numbers, np.int64))
        for field, numbers in rows.items()
    ]
    return Batch(columns, np.arange(len(examples), dtype=np.int64), NoPlace())


def _judge(rule: Rule, hits: Sequence[list[Hit]]) -> list[str]:
    count = len(rule.positives)
    positives = list(zip(rule.positives, hits[:count], strict=True))
    negatives = zip(rule.negatives, hits[count:], strict=True)
    missed = [problem for example, found in positives for problem in _missed(rule, example, found)]
    wrong = [problem for example, found in negatives for problem in _wrong(rule, example, found)]
    return [*missed, *wrong, *_never(rule, positives)]


def _right(rule: Rule, example: Example, hit: Hit) -> bool:
    same = hit.entity_type == rule.entity_type and hit.state == example.state
    return same and example.text[hit.start : hit.end] == example.match


def _missed(rule: Rule, example: Example, hits: Sequence[Hit]) -> Iterator[str]:
    if not any(_right(rule, example, hit) for hit in hits):
        wanted = f"{example.match!r} is not found as {example.state} {rule.entity_type}"
        yield f"positive {_shown(example)}: {wanted}; {_instead(example, hits)}"


def _instead(example: Example, hits: Sequence[Hit]) -> str:
    """What is found instead, and what to do."""
    if not hits:
        return "nothing is: mend the pattern, its score, the keywords or context words, or the example"
    found = ", ".join(
        f"{example.text[hit.start : hit.end]!r} as {hit.state} {hit.entity_type} by {hit.rule_id} at {hit.score}"
        for hit in hits
    )
    return f"found is {found}: mend the scores or the patterns"


def _wrong(rule: Rule, example: Example, hits: Sequence[Hit]) -> Iterator[str]:
    """A negative may be something else, or hold a value elsewhere, but not what the rule's patterns match."""
    spans = all_spans(rule, example.text)
    for hit in hits:
        touches = any(start < hit.end and hit.start < end for start, end in spans)
        if hit.entity_type == rule.entity_type and touches:
            value = example.text[hit.start : hit.end]
            yield (
                f"negative {_shown(example)} ({example.because}): {value!r} is found by {hit.rule_id} at {hit.score}; "
                "narrow the pattern, lower its score or mend the example"
            )


def _never(rule: Rule, positives: Sequence[tuple[Example, list[Hit]]]) -> Iterator[str]:
    """A rule that loses every positive to another is never the answer."""
    answers = {hit.rule_id for example, hits in positives for hit in hits if _right(rule, example, hit)}
    if answers and rule.id not in answers:
        yield f"never the answer: {', '.join(sorted(answers))} wins every positive; raise its scores or drop the rule"


def _shown(example: Example) -> str:
    return repr(example.text) + (f" in field {example.field!r}" if example.field is not None else "")
