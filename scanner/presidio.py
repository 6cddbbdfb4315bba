"""For Presidio users: all our rules and recognizers, ready for an `AnalyzerEngine`.

    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from scanner.presidio import registry

    engine = AnalyzerEngine(registry=registry(["ko"]), nlp_engine=nlp_engine, supported_languages=["ko"])

No language model is needed: the recognizers do not look at NLP artifacts. Presidio has no columns, so what only a
field name could prove is not found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl
import regex
from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerRegistry, RecognizerResult

from scanner.fold import fold
from scanner.match.compiled import CompiledPattern, CompiledRules
from scanner.match.words import AFTER, BEFORE
from scanner.model import DEFAULT_MIN_SCORE, WEIGHTS
from scanner.recognizers import NOMINATIONS, create
from scanner.rules import Rule, RuleSet, load_rules
from scanner.validate import VALIDATORS

LANGUAGES = ("en", "ko", "zh", "vi", "ja", "ar")


def registry(languages: Sequence[str] = LANGUAGES, rules: RuleSet | None = None) -> RecognizerRegistry:
    """A registry with every rule and recognizer, once for each language; add Presidio's own as you like.

    `rules` defaults to those that come with leakgauge. Raises `RuleError` when they cannot be read.
    """
    compiled = CompiledRules(rules or load_rules(), DEFAULT_MIN_SCORE)
    recognizers = [recognizer for language in languages for recognizer in _all(compiled, language)]
    return RecognizerRegistry(recognizers=recognizers, supported_languages=list(languages))


def _all(compiled: CompiledRules, language: str) -> Iterator[EntityRecognizer]:
    for rule in compiled.rules.rules:
        patterns = [p for p in compiled.patterns if p.rule.id == rule.id and not p.field_only and not p.whole_only]
        if patterns:
            yield RuleRecognizer(rule, patterns, language)
    for name in NOMINATIONS:
        yield create(name, language)


class RuleRecognizer(EntityRecognizer):
    """One rule as a Presidio recognizer, with its own context words and checksum."""

    def __init__(self, rule: Rule, patterns: Sequence[CompiledPattern], supported_language: str = "en") -> None:
        """`patterns`: those of `rule` that can reach the threshold without a field name."""
        self._rule, self._patterns = rule, patterns
        self._context = _any_word(rule.context_words)
        self._keywords = _any_literal(rule.keywords)
        super().__init__(
            [rule.entity_type], name=rule.id, supported_language=supported_language, context=list(rule.context_words)
        )

    def load(self) -> None:
        """Nothing: the rule is data."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Findings of this rule in `text` that reach the threshold; none when `entities` asks for other types only."""
        if entities and self._rule.entity_type not in entities:
            return []
        folded = str(fold(pl.Series([text]))[0])
        if self._keywords and not self._keywords.search(folded):
            return []
        return [result for pattern in self._patterns for result in self._results(pattern, folded)]

    def _results(self, pattern: CompiledPattern, text: str) -> Iterator[RecognizerResult]:
        group = "value" if pattern.pattern.has_value_group else 0
        spans = [match.span(group) for match in pattern.exact.finditer(text)]
        for (start, end), verdict in zip(spans, self._verdicts(pattern, text, spans), strict=True):
            around = text[max(0, start - BEFORE) : start] + "\n" + text[end : end + AFTER]
            near = self._context and self._context.search(around)
            score = pattern.pattern.score + WEIGHTS["check"] * (verdict > 0) + WEIGHTS["context"] * bool(near)
            if verdict >= 0 and round(score, 2) >= DEFAULT_MIN_SCORE:
                yield self._result(pattern, start, end, min(round(score, 2), 1.0), validated=verdict > 0)

    def _verdicts(self, pattern: CompiledPattern, text: str, spans: Sequence[tuple[int, int]]) -> Iterable[int]:
        if not spans or self._rule.validator is None or pattern.pattern.state == "masked":
            return [0] * len(spans)
        values = pl.Series([text[start:end] for start, end in spans], dtype=pl.String)
        return VALIDATORS[self._rule.validator](values).to_list()

    def _result(
        self, pattern: CompiledPattern, start: int, end: int, score: float, *, validated: bool
    ) -> RecognizerResult:
        why = AnalysisExplanation(
            recognizer=self._rule.id,
            original_score=pattern.pattern.score,
            pattern_name=pattern.pattern.name,
            pattern=pattern.pattern.regex,
            textual_explanation=f"rule {self._rule.id}, pattern {pattern.pattern.name}",
        )
        if validated:
            why.validation_result = True
        return RecognizerResult(self._rule.entity_type, start, end, score, analysis_explanation=why)


def _any_word(words: Sequence[str]) -> regex.Pattern[str] | None:
    """Finds any of the words; Latin ones only as whole words."""
    choices = [rf"(?<![A-Za-z]){regex.escape(w)}(?![A-Za-z])" if w.isascii() else regex.escape(w) for w in words]
    return regex.compile("|".join(choices), regex.IGNORECASE) if choices else None


def _any_literal(words: Sequence[str]) -> regex.Pattern[str] | None:
    return regex.compile("|".join(regex.escape(word) for word in words), regex.IGNORECASE) if words else None
