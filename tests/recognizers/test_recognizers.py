"""The recognizers as Presidio sees them, and the table that nominates cells for them."""

import pickle
import subprocess
import sys
import time

import polars as pl
import pytest
from presidio_analyzer import EntityRecognizer
from recognized import SAMPLES

from scanner.recognizers import RECOGNIZERS, create


@pytest.mark.parametrize("name", RECOGNIZERS)
def test_each_is_a_presidio_recognizer(name: str) -> None:
    """`create` gives an EntityRecognizer whose results carry type, score, recognizer and explanation."""
    entity = RECOGNIZERS[name].entity_type
    recognizer = create(name, "ko")
    (result,) = recognizer.analyze(SAMPLES[name], [entity])
    assert isinstance(recognizer, EntityRecognizer)
    assert (recognizer.name, recognizer.supported_entities, recognizer.supported_language) == (name, [entity], "ko")
    assert recognizer.entity_type == entity
    assert result.entity_type == entity
    assert result.score >= 0.5
    assert result.analysis_explanation.textual_explanation
    assert result.recognition_metadata["recognizer_name"] == name


@pytest.mark.parametrize("name", RECOGNIZERS)
def test_nomination_is_a_rust_regex_that_lets_the_sample_pass(name: str) -> None:
    """polars compiles each nomination; it takes a cell worth a look and leaves plain words."""
    cells = pl.Series([SAMPLES[name], "hello world", ""])
    matches = [cells.str.contains(regex).alias(regex) for regex in RECOGNIZERS[name].nominate]
    assert pl.DataFrame(matches).select(pl.all_horizontal(pl.all())).to_series().to_list() == [True, False, False]


@pytest.mark.parametrize("name", RECOGNIZERS)
def test_each_can_be_pickled(name: str) -> None:
    """A recognizer goes to a worker process and finds the same there."""
    recognizer = create(name)
    copy = pickle.loads(pickle.dumps(recognizer))
    assert copy.analyze(SAMPLES[name], []) == recognizer.analyze(SAMPLES[name], [])


def test_other_entities_are_not_looked_for() -> None:
    """A recognizer that is asked for another type answers with nothing."""
    assert create("person-labelled").analyze(SAMPLES["person-labelled"], ["ADDRESS"]) == []


def test_unknown_names_are_refused() -> None:
    """Only the names of the table can be made."""
    with pytest.raises(KeyError):
        create("nobody")


def test_the_table_does_not_import_presidio() -> None:
    """Importing the package stays cheap: Presidio is loaded by `create` alone."""
    code = "import scanner.recognizers, sys; sys.exit(any(m.startswith('presidio') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


HOSTILE = (
    "1",
    "+1 ",
    "서울시 강남구 ",
    "1호 ",
    "北京市",
    "13900001111",
    "大门按",
    "gate 1 ",
    "12 Aa ",
    "Nguyễn ",
    "様",
    "حي 1 ",
)


@pytest.mark.parametrize("name", RECOGNIZERS)
def test_repetition_does_not_slow_a_recognizer_down(name: str) -> None:
    """A line of 40,000 repeated characters never hangs, whatever is repeated."""
    recognizer = create(name)
    for unit in HOSTILE:
        started = time.perf_counter()
        recognizer.analyze((unit * 40_000)[:40_000], [])
        assert time.perf_counter() - started < 20
