"""Scanning from Python."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import scanner
from scanner import ConfigError, Finding, Issue, LeakgaugeError, RuleError, ScanConfig
from scanner.model import FINDINGS

PHONE = "010-1234-5678"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small export."""
    (tmp_path / "a.csv").write_text(f"phone,memo\n{PHONE},x\n{PHONE},y\n")
    return tmp_path


def test_scan_gives_findings_and_issues_as_objects(folder: Path) -> None:
    """Findings carry what the JSON lines do, without the value; what cannot be read is an issue, not an exception."""
    found = list(scanner.scan([str(folder), str(folder / "gone")]))
    findings = [item for item in found if isinstance(item, Finding)]
    issues = [item for item in found if isinstance(item, Issue)]
    assert [(f.path, f.line, f.field, f.entity_type) for f in findings] == [
        (str(folder / "a.csv"), line, "phone", "PHONE_NUMBER") for line in (2, 3)
    ]
    assert findings[0].fingerprint == findings[1].fingerprint
    assert findings[0].value is None
    assert [issue.kind for issue in issues] == ["not_found"]


def test_values_and_explanations_come_when_asked_for(folder: Path) -> None:
    """`show_values` and `explain` fill two more attributes."""
    config = ScanConfig(show_values=True, explain=True, only=("PHONE_NUMBER",))
    first = next(iter(scanner.scan([str(folder)], config)))
    assert isinstance(first, Finding)
    assert first.value == PHONE
    assert first.explanation[0].evidence.startswith("pattern ")


def test_frames_have_the_agreed_columns(folder: Path) -> None:
    """Each batch with findings is a frame as `FINDINGS` says, beside its source."""
    ((source, frame),) = scanner.frames([str(folder)])
    assert isinstance(frame, pl.DataFrame)
    assert source is not None
    assert source.path.endswith("a.csv")
    assert dict(frame.schema) == FINDINGS


@pytest.mark.parametrize("bad", [{"min_score": 0.0}, {"min_score": 1.1}, {"jobs": -1}, {"key": bytes(65)}])
def test_settings_that_cannot_be_used_are_errors(bad: dict[str, object]) -> None:
    """They are told at once, by an error of ours."""
    with pytest.raises(ConfigError):
        ScanConfig(**bad)  # type: ignore[arg-type]
    assert issubclass(ConfigError, LeakgaugeError)


def test_unknown_names_are_errors_when_a_scan_starts(folder: Path) -> None:
    """A rule that does not exist is never passed over in silence."""
    with pytest.raises(RuleError, match="did you mean"):
        list(scanner.scan([str(folder)], ScanConfig(only=("PHONE_NUMBR",))))


def test_jobs_are_taken_at_their_word_and_0_means_the_cores() -> None:
    """`processes` is at least one, on every system."""
    assert ScanConfig(jobs=3).processes == 3
    assert ScanConfig().processes >= 1


def test_one_path_may_stand_for_itself(folder: Path) -> None:
    """A string or a `Path` is one path, not a sequence of letters."""
    path = next(path for path in sorted(folder.iterdir()) if path.is_file())
    several = list(scanner.scan([str(path)], ScanConfig(key=b"k")))
    assert (
        list(scanner.scan(str(path), ScanConfig(key=b"k"))) == list(scanner.scan(path, ScanConfig(key=b"k"))) == several
    )


def test_every_public_name_can_be_imported() -> None:
    """`__all__` holds what exists; other names are no attributes."""
    assert all(getattr(scanner, name) is not None for name in scanner.__all__)
    with pytest.raises(AttributeError):
        _ = scanner.no_such_name
