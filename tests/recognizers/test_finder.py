"""The recognizers as a scan uses them."""

import subprocess
import sys

import pytest
from recognized import SAMPLES

from scanner.recognizers import RECOGNIZERS, create
from scanner.recognizers.finder import Finder


@pytest.mark.parametrize("name", RECOGNIZERS)
def test_each_finds_what_its_recognizer_finds(name: str) -> None:
    """Type, place and score are the same, in the first text and later, within a cell of several lines too."""
    text = f"{SAMPLES[name]}\n\v{SAMPLES[name]}"
    finder = Finder(name)
    expected = [(r.entity_type, r.start, r.end, r.score) for r in create(name).analyze(text, [])]
    assert expected
    for _ in range(2):
        assert [(r.entity_type, r.start, r.end, r.score) for r in finder.analyze(text, [])] == expected


def test_other_entities_are_not_looked_for() -> None:
    """A recognizer that is asked for another type answers with nothing."""
    assert Finder("person-labelled").analyze(SAMPLES["person-labelled"], ["ADDRESS"]) == []


def test_unknown_names_are_refused() -> None:
    """Only the names of the table can be made."""
    with pytest.raises(KeyError):
        Finder("nobody")


@pytest.mark.parametrize(("text", "imported"), [("홍길동님", True), ("이름,연락처", False)])
def test_presidio_is_imported_when_something_is_found(text: str, *, imported: bool) -> None:
    """It is slow to import, so texts that hold nothing do without."""
    code = "import sys; from scanner.recognizers.finder import Finder;"
    code += f"Finder('person-in-text-ko').analyze({text!r}, []);"
    code += "print(any(m.startswith('presidio') for m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == str(imported)
