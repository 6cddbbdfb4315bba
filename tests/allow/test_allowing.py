"""What is allowed takes no part in a run, and does not depend on how the run is done."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner import reading
from scanner.config import ScanConfig
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.sources import Source

ENGINE = Engine(ScanConfig(key=b"k" * 32, only=("PHONE_NUMBER",)))
PHONE = "010-0000-{:04d}"
NOTES = ["", "", "-- leakgauge: allow", "-- leakgauge: allow-next-line", "-- leakgauge: allow PERSON"]


def rows(kind: str, notes: list[str]) -> bytes:
    """A file of a kind with a phone number and a note in each line."""
    phones = [(PHONE.format(n), note) for n, note in enumerate(notes)]
    if kind == "csv":
        text = "phone,note\n" + "".join(f'{phone},"{note}"\n' for phone, note in phones)
    elif kind == "jsonl":
        text = "".join(f'{{"phone": "{phone}", "note": "{note}"}}\n' for phone, note in phones)
    elif kind == "json":
        text = "[\n" + ",\n".join(f'{{"phone": "{phone}", "note": "{note}"}}' for phone, note in phones) + "\n]\n"
    elif kind == "sql":
        head = "CREATE TABLE t (id int, phone text);\nINSERT INTO t (id, phone) VALUES\n"
        text = head + "".join(f"(1, '{phone}'), {note}\n" for phone, note in phones) + "(1, 'x');\n"
    else:
        text = "".join(f"call {phone} {note}\n" for phone, note in phones)
    return text.encode()


def found(path: Path, split_bytes: int, block: int) -> tuple[list[int], int]:
    """The lines of the findings, and how many were allowed, with other cuts."""
    before, reading.BLOCK = reading.BLOCK, block
    try:
        planner = replace(ENGINE.planner(), split_bytes=split_bytes)
        lines: list[int] = []
        allowed: Counter[str] = Counter()
        for split in planner.plan(Source(path.name, None, str(path), None)):
            assert isinstance(split, Split)
            for part in ENGINE.run(split, ENGINE.shown):
                assert not [issue for issue in part.issues if issue.severity == "error"]
                lines += [] if part.made is None else part.made["line"].to_list()
                allowed += part.summary.allowed
    finally:
        reading.BLOCK = before
    return lines, allowed.total()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "sql", "txt"])
@settings(max_examples=25)
@given(notes=st.lists(st.sampled_from(NOTES), min_size=1, max_size=30), step=st.integers(40, 600))
def test_pragmas_hold_wherever_a_file_is_cut(kind: str, notes: list[str], step: int) -> None:
    """A pragma allows its line, or the next one, in every format with lines, whatever the splits and blocks."""
    data = rows(kind, notes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{kind}"
        path.write_bytes(data)
        lines, allowed = found(path, 8 << 20, 8 << 20)
        assert found(path, step, 50) == (lines, allowed)
    first = {"csv": 2, "json": 2, "sql": 3}.get(kind, 1)
    own = [note.endswith("allow") or (n > 0 and notes[n - 1].endswith("next-line")) for n, note in enumerate(notes)]
    assert lines == [n + first for n, allows in enumerate(own) if not allows]
    assert allowed == sum(own)


def test_a_pragma_counts_in_other_encodings(tmp_path: Path) -> None:
    """The text is looked at as it was decoded."""
    (tmp_path / "a.txt").write_bytes("전화 010-0000-1234 # leakgauge: allow\n전화 010-0000-5678\n".encode("utf-16"))
    assert found(tmp_path / "a.txt", 8 << 20, 8 << 20) == ([2], 1)


def test_what_is_allowed_is_no_finding(leakgauge: Callable[..., Run], tmp_path: Path) -> None:
    """It changes the exit code, and the counts of `scan` and `size`; `allowed` tells how many; --no-allow has them."""
    (tmp_path / "a.txt").write_text("call 010-0000-1234 # leakgauge: allow phone-kr-mobile reason: support line\n")
    run: Run = leakgauge("scan", "a.txt")
    assert (run.code, run.findings, run.summary["allowed"]) == (0, [], 1)
    assert leakgauge("size", "a.txt").code == 0
    run = leakgauge("scan", "--no-allow", "a.txt")
    assert (run.code, len(run.findings), run.summary["allowed"]) == (1, 1, 0)


@pytest.mark.parametrize("text", ["gitleaks:allow", "pragma: allowlist secret"])
def test_pragmas_of_others_are_asked_for(leakgauge: Callable[..., Run], tmp_path: Path, text: str) -> None:
    """Without --allow-pragmas the words of other scanners mean nothing."""
    (tmp_path / "a.txt").write_text(f"call 010-0000-1234 # {text}\n")
    codes = [
        leakgauge("scan", *args, "a.txt").code
        for args in ([], ["--allow-pragmas", "gitleaks,detect-secrets"], ["--allow-pragmas", "trufflehog"])
    ]
    assert codes == [1, 0, 2]


def test_the_same_is_allowed_with_any_number_of_processes(leakgauge: Callable[..., Run], tmp_path: Path) -> None:
    """Workers allow what one process does, also where a pragma is for the first line of the next split."""
    line = "call 010-0000-{:04d} {}\n"
    notes = ["# leakgauge: allow-next-line", "x" * 60, "", "# leakgauge: allow"]
    text = "".join(line.format(n % 10_000, notes[n % 4]) for n in range(200_000))
    (tmp_path / "a.txt").write_text(text)
    key = {"LEAKGAUGE_KEY": "the same"}
    runs = [leakgauge("size", "--format", "json", "-j", jobs, "a.txt", env=key) for jobs in ("1", "2")]
    assert runs[0].out == runs[1].out
    assert runs[0].lines[0]["entities"]["PHONE_NUMBER"]["items"] == 100_000


def test_entries_and_pragmas_that_allow_the_same_are_counted_once() -> None:
    """A value that both allow is one allowed value."""
    from scanner.allowlist import Allow

    config = ScanConfig(key=b"k" * 32, only=("PHONE_NUMBER",), allow=(Allow(rule=("PHONE_NUMBER",)),))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text("call 010-0000-1234 # leakgauge: allow\ncall 010-0000-5678\n")
        engine = Engine(config)
        (split,) = engine.planner().plan(Source(path.name, None, str(path), None))
        assert isinstance(split, Split)
        parts = list(engine.run(split, engine.shown))
    assert sum((part.summary.allowed for part in parts), Counter()) == Counter({"pragma": 1, "0": 1})
    assert pl.concat([part.made for part in parts if part.made is not None] or [pl.DataFrame()]).is_empty()
