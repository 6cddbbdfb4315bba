"""How long patterns take on texts that are made to keep them busy."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import polars as pl
import regex

from scanner.match.compiled import CompiledRules
from scanner.match.pattern import CompiledPattern
from scanner.model import DEFAULT_MIN_SCORE
from scanner.rulecheck.spans import folded
from scanner.rules import Rule, RuleSet

SIZE = 50_000  # code points in a hostile text: enough for what is quadratic to show
LIMIT = 2.0  # seconds of processor time for one pattern on all of them; ours take less than half of one

# what patterns begin with, over and over: near misses at every position
_UNITS = {
    "digits": "1",
    "digits and hyphens": "12-",
    "digits and spaces": "12 ",
    "letters": "a",
    "spaces": " ",
    "plus signs": "+",
    "Hangul": "가나",
    "Han": "中文",
}


def run(rules: Sequence[Rule], everything: RuleSet) -> Iterator[tuple[Rule, list[str]]]:
    """Yield each of `rules` with its slow patterns."""
    chosen = {rule.id for rule in rules}
    for pattern in CompiledRules(everything, DEFAULT_MIN_SCORE).patterns:
        if pattern.rule.id in chosen:
            yield pattern.rule, list(_slow(pattern, _texts(pattern.rule)))


def _texts(rule: Rule) -> dict[str, str]:
    """The hostile texts for a rule; its keywords, and its positives without their ends, are two more.

    Each ends with the positives: where a letter that a match needs is missing, `regex` would not even try.
    """
    cut = "".join(folded(example.text[:-1]) for example in rule.positives)
    units = _UNITS | {"its keywords": " ".join(rule.keywords), "beginnings of its positives": cut}
    end = " ".join(folded(example.text) for example in rule.positives)
    return {name: (unit * (SIZE // len(unit)))[: SIZE - len(end)] + end for name, unit in units.items() if unit}


def _slow(pattern: CompiledPattern, texts: dict[str, str]) -> Iterator[str]:
    left = LIMIT - _seconds_in_rust(pattern, texts)
    for name, text in texts.items():
        start = time.process_time()
        if left <= 0 or not _finishes(pattern, text, left):
            yield (
                f"pattern {pattern.pattern.name!r} takes more than {LIMIT:g} s on {SIZE:,} characters of {name}; "
                "bound its repetitions, and let a literal or a boundary lead"
            )
            return
        left -= time.process_time() - start


def _seconds_in_rust(pattern: CompiledPattern, texts: dict[str, str]) -> float:
    """Rust's regex cannot be stopped, but is linear in the length of the text."""
    start = time.process_time()
    pl.Series(list(texts.values())).str.contains(pattern.loose)
    return time.process_time() - start


def _finishes(pattern: CompiledPattern, text: str, seconds: float) -> bool:
    """Whether all matches inside the text, and the try to match it from end to end, are done in time."""
    try:
        for _ in pattern.exact.finditer(text, timeout=seconds):
            pass
        if pattern.whole is not None:
            regex.fullmatch(pattern.whole, text, timeout=seconds)
    except TimeoutError:
        return False
    return True
