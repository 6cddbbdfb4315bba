"""For Presidio users: all our rules and recognizers, ready for an `AnalyzerEngine`.

    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from scanner.presidio import registry

    engine = AnalyzerEngine(registry=registry(["ko"]), nlp_engine=nlp_engine, supported_languages=["ko"])

No language model is needed: NLP artifacts are not looked at. A text gives what `leakgauge scan` gives for a text file.
Presidio has no columns, so what only a field's name or its other cells could prove is not found here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerRegistry, RecognizerResult

from scanner.columns import Headers, Profile
from scanner.config import ScanConfig
from scanner.languages import languages
from scanner.pipeline import Engine
from scanner.readers import text as lines
from scanner.recognizers import RECOGNIZERS
from scanner.rules import RuleSet, load_rules

LANGUAGES = ("en", "ko", "zh", "vi", "ja", "ar")


def registry(languages: Sequence[str] = LANGUAGES, rules: RuleSet | None = None) -> RecognizerRegistry:
    """A registry with one recognizer, once for each language; add Presidio's own as you like.

    `rules` defaults to those that come with leakgauge. Raises `RuleError` when they cannot be read.
    """
    scanner = _Scanner(rules or load_rules())
    recognizers = [LeakgaugeRecognizer(scanner, language) for language in languages]
    return RecognizerRegistry(recognizers=recognizers, supported_languages=list(languages))


class _Scanner:
    """The whole pipeline over texts; the recognizers of all languages share one."""

    def __init__(self, rules: RuleSet) -> None:
        recognized = {row.entity_type for row in RECOGNIZERS.values()}
        self.entities = sorted(recognized | {rule.entity_type for rule in rules.rules})
        self._engine = Engine(ScanConfig(explain=True), rules)
        self._headers = Headers(rules)

    def findings(self, text: str) -> list[tuple[int, dict[str, Any]]]:
        """The rows of findings (see `model.FINDINGS`) of `text`, each after the place where its line begins."""
        starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        # a lone surrogate is no character: a question mark stands for it, so that offsets stay
        batches = lines.read([text.encode(errors="replace")])
        profile = Profile(self._headers, languages=languages(text))
        rows = (row for batch in batches for row in self._engine.findings(batch, profile).iter_rows(named=True))
        return [(starts[row["line"] - 1], row) for row in rows]


class LeakgaugeRecognizer(EntityRecognizer):
    """All rules and recognizers in one, since which of them is right is decided among them.

    Results do not overlap. Their metadata name the rule as recognizer, and the `state`: `clear` or `masked`.
    """

    def __init__(self, scanner: _Scanner, supported_language: str = "en") -> None:
        """It finds the same whatever the language it is registered for."""
        self._scanner = scanner
        super().__init__(scanner.entities, name="leakgauge", supported_language=supported_language)

    def load(self) -> None:
        """Nothing: word lists are read when a text first needs them."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Findings in `text` of the types in `entities`, or of all types when it is empty, in the order of the text."""
        found = self._scanner.findings(text)
        return [self._result(offset, row) for offset, row in found if not entities or row["entity_type"] in entities]

    def _result(self, offset: int, row: Mapping[str, Any]) -> RecognizerResult:
        """`offset`: the code points of the text before the line of a finding."""
        reasons = ", ".join(f"{reason['evidence']} {reason['score']:+.2f}" for reason in row["explanation"])
        why = AnalysisExplanation(row["rule_id"], row["score"], textual_explanation=reasons)
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: row["rule_id"],
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            "state": row["state"],
        }
        span = offset + row["start"], offset + row["end"]
        return RecognizerResult(row["entity_type"], *span, row["score"], why, metadata)
