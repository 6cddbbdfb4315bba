"""Golden tests: `leakgauge scan` says of each fixture what its `expected.jsonl` says, and each format has a fixture."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import cli
from scanner.config import ScanConfig
from scanner.containers import expand
from scanner.containers.kinds import kind
from scanner.model import Issue
from scanner.pipeline import Engine
from scanner.readers import FILES, FORMATS
from scanner.sources import Source, find

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/expected.jsonl"))


def _inputs(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("input.*"))


def _shown(line: str) -> str:
    """A line as people compare it: where, what, how sure; and then all the rest."""
    item = json.loads(line)
    if item["type"] != "finding":
        return line
    place = ":".join(str(item[key]) for key in ("path", "line", "column") if item[key] is not None)
    head = f"{place} {item['field'] or ''} {item['entity_type']} {item['masked']} {item['rule_id']} {item['score']}"
    rest = {key: item[key] for key in ("record", "start", "end", "state", "role", "fingerprint")}
    return f"{head} {json.dumps(rest)}"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_scan_says_what_is_expected(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings and issues of a fixture are exactly those of its expected.jsonl, in the same order."""
    monkeypatch.chdir(folder)
    arguments = ["scan", "--key-file", "../key.txt", *_inputs(folder)]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    lines = [line for line in result.stdout.splitlines() if json.loads(line)["type"] != "summary"]
    expected = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    if lines != expected:
        before, after = [_shown(line) for line in expected], [_shown(line) for line in lines]
        diff = "\n".join(difflib.unified_diff(before, after, "expected", "found", lineterm="", n=0))
        pytest.fail(f"{folder.name} differs; if the change is right: make fixtures\n{diff}", pytrace=False)


def test_every_format_has_a_fixture() -> None:
    """Each row of the tables of formats reads at least one fixture: a new reader brings a folder of its own."""
    planner = Engine(ScanConfig()).planner()
    found = expand(find([str(folder / name) for folder in CASES for name in _inputs(folder)]))
    read = {
        split.format.name
        for source in found
        if isinstance(source, Source)
        for split in planner.plan(source)
        if not isinstance(split, Issue)
    }
    assert (set(FORMATS) | set(FILES)) - read == set(), "formats without a folder in fixtures/"


def test_every_archive_has_a_fixture() -> None:
    """Each kind of archive and of compression is that of a fixture."""
    found = [source for folder in CASES for source in find([str(folder / name) for name in _inputs(folder)])]
    files = [source for source in found if isinstance(source, Source)]
    kinds = {kind(source.head, source.path) for source in files} | {source.compression for source in files}
    assert kinds >= {"zip", "tar", "7z", "mail", "gzip", "bzip2", "xz", "zstd"}


def test_every_fixture_is_complete() -> None:
    """A folder with an input has an expectation, and the other way round."""
    inputs = {path.parent for path in FIXTURES.glob("*/input.*")}
    assert inputs == set(CASES)


def test_the_same_orders_give_the_same_findings_in_any_encoding() -> None:
    """Encoding and compression change neither the findings nor their places nor their fingerprints."""
    texts = [(FIXTURES / name / "expected.jsonl").read_text("utf-8") for name in ("orders-ko", "compressed", "utf16")]
    texts.append((FIXTURES / "orders-ko-cp949" / "expected.jsonl").read_text("utf-8"))
    assert len({text.replace("input.csv.gz", "input.csv") for text in texts}) == 1
