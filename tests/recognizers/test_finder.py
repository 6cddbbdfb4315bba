"""The recognizers as a scan uses them."""

import subprocess
import sys

import pytest
from recognized import SAMPLES

from scanner.recognizers import RECOGNIZERS, create
from scanner.recognizers.finder import finder


@pytest.mark.parametrize("name", RECOGNIZERS)
def test_each_finds_what_presidio_gets_from_it(name: str) -> None:
    """Type, place and score are the same with and without Presidio, within a cell of several lines too."""
    text = f"{SAMPLES[name]}\n\v{SAMPLES[name]}"
    ours, theirs = finder(name).analyze(text, []), create(name).analyze(text, [])
    assert ours
    assert [tuple(r) for r in ours] == [(r.entity_type, r.start, r.end, r.score) for r in theirs]


def test_other_entities_are_not_looked_for() -> None:
    """A recognizer that is asked for another type answers with nothing."""
    assert finder("person-labelled").analyze(SAMPLES["person-labelled"], ["ADDRESS"]) == []


def test_unknown_names_are_refused() -> None:
    """Only the names of the table can be made."""
    with pytest.raises(KeyError):
        finder("nobody")


def test_a_scan_with_findings_of_recognizers_does_without_presidio() -> None:
    """It is slow to import, and only what is given to Presidio needs it."""
    code = "import sys; from scanner.recognizers.finder import finder;"
    code += "finder('person-in-text-ko').analyze('홍길동님', []);"
    code += "sys.exit(any(m.startswith(('presidio', 'spacy')) for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
