"""The documents say what is so: options, links, commands and examples are tried."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from scanner import mail
from scanner.allowlist import CONDITIONS
from scanner.cli import cli
from scanner.commands import options
from scanner.containers import Limits
from scanner.model import FINDINGS, WEIGHTS, Issue, Summary
from scanner.readers import (
    FILES,
    FORMATS,
    arrowfiles,
    avroblocks,
    csvrows,
    folded,
    htmlpage,
    jsondoc,
    jsonlines,
    markup,
    office,
    pdf,
    pieces,
    sheetbounds,
    spreadsheet,
    sqldump,
    sqliteopen,
)
from scanner.rules import load_rules
from scanner.settings import keys

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SIZING = (ROOT / "docs" / "size.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
OUTPUTS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
_TOPICS = ("size", "formats", "migrate", "hook", "config", "mask", "baseline")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{topic}.md" for topic in _TOPICS))


def _section(title: str, text: str = README) -> str:
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def _commands() -> Iterator[tuple[str, list[str], int]]:
    """Each `$ leakgauge` command of the documents with the lines that it shows and its exit code."""
    for block in (block for text in (README, SIZING, SETTINGS, OUTPUTS) for block in _blocks(text, "console")):
        command, *lines = block.splitlines()
        assert command.startswith("$ leakgauge "), f"a console block must begin with a command of ours: {command}"
        code = int(lines.pop()) if lines[-2:-1] == ["$ echo $?"] else 0
        yield command.removeprefix("$ leakgauge "), [line for line in lines if line not in ("$ echo $?", "...")], code


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120)


def _module(code: str) -> ModuleType:
    module = ModuleType("example")
    exec(compile(code, "CONTRIBUTING.md", "exec"), module.__dict__)
    return module


@pytest.mark.parametrize(("name", "text"), [("scan", README), ("size", SIZING)])
def test_options_are_those_of_the_command(name: str, text: str) -> None:
    """The table of a command names each of its options, and no other."""
    section = _section(f"Options of `leakgauge {name}`", text)
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = {option for row in rows for option in re.findall(r"`(-[^`]+)`", row)}
    real = {option for parameter in cli.commands[name].params for option in parameter.opts if option.startswith("-")}
    assert named == real | {"-h", "--help"}


def test_output_formats_are_those_of_the_help() -> None:
    """The table of output formats names each choice of `--format`, in its order, and no other."""
    shown = re.search(r"--format\s+\[([^]]+)\]", _run("-m", "scanner.cli", "scan", "--help").stdout)
    assert shown is not None
    named = re.findall(r"^\| `([a-z]+)` \|", OUTPUTS.split("\n## ")[0], re.MULTILINE)
    assert named == re.sub(r"\s", "", shown.group(1)).split("|")


def test_keys_of_a_size_are_named(tmp_path: Path) -> None:
    """The table of keys names those of the object that is printed, in its order, and `sample`."""
    (tmp_path / "a.txt").write_text("nothing\n")
    done = _run("-m", "scanner.cli", "size", "--format", "json", str(tmp_path / "a.txt"))
    table = _section("The object", SIZING)
    named = [
        key
        for line in table.splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert named == [*json.loads(done.stdout), "sample"]


def _rows(section: str) -> dict[str, list[str]]:
    """The cells of each row of a table that begins with a name, by the names in it."""
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return {name: row[1:] for row in rows for name in re.findall(r"`([^`]+)`", row[0])}


def test_keys_of_settings_are_those_of_the_options() -> None:
    """The table of keys names all of them and no other, and says which a file that is found must not have."""
    shared = keys.keys(options.shared())
    named = _rows(_section("The file", SETTINGS).split("### ")[0])
    real = set(shared)
    for name in ("scan", "size", "mask", "hook"):
        real |= {f"{name}.{key}" for key in keys.keys(cli.commands[name].params) if key not in shared}
    assert set(named) == real
    told = {name.split(".")[-1] for name, cells in named.items() if "only by `-c`" in cells[-1]}
    assert told == set(_rows(SETTINGS.split("### ")[1].split("## ")[0])) == set(keys.REFUSED)


def test_conditions_of_entries_are_named() -> None:
    """The table of an entry's keys is complete."""
    assert list(_rows(_section("Entries that allow", SETTINGS))) == [*CONDITIONS, "reason", "expires"]


@pytest.mark.parametrize("text", [_blocks(README, "toml")[0], _blocks(SETTINGS, "toml")[0]])
def test_examples_of_settings_can_be_used(text: str, tmp_path: Path) -> None:
    """The files that the documents show are taken as they stand."""
    (tmp_path / "leakgauge.toml").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text("mail info@shop.example.net\n")
    done = _run("-m", "scanner.cli", "scan", str(tmp_path / "a.txt"))
    assert done.returncode == 1, done.stderr


@pytest.mark.parametrize("name", DOCUMENTS)
def test_relative_links_lead_somewhere(name: str) -> None:
    """Each link in a document that is not an address names a file of the project."""
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize(("command", "shown", "code"), list(_commands()))
def test_commands_print_what_is_shown(command: str, shown: list[str], code: int) -> None:
    """The commands in README exit with the code, and print the lines, that README shows."""
    done = _run("-m", "scanner.cli", *shlex.split(command))
    assert done.returncode == code, done.stderr
    assert [line for line in shown if line not in [*done.stdout.splitlines(), *done.stderr.splitlines()]] == []


@pytest.mark.parametrize("code", _blocks(README, "python"))
def test_python_examples_run(code: str) -> None:
    """The Python examples in README run and print something."""
    done = _run("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_recognizers_example_finds_its_value(tmp_path: Path) -> None:
    """README's file of recognizers can be used as it stands."""
    (tmp_path / "own.yaml").write_text(_blocks(README, "yaml")[0], encoding="utf-8")
    (tmp_path / "in.txt").write_text("badge EMP-123456\n", encoding="utf-8")
    done = _run("-m", "scanner.cli", "scan", "--recognizers", str(tmp_path / "own.yaml"), str(tmp_path / "in.txt"))
    assert '"STAFF_NUMBER"' in done.stdout, done.stderr


def test_every_entity_type_is_named() -> None:
    """README's table of what is found names all entity types of the rules, and no other."""
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", _section("What it finds")))
    assert named == {rule.entity_type for rule in load_rules().rules}


def _formats() -> dict[str, list[str]]:
    """The cells of README's table of formats, by name."""
    rows = re.findall(r"^\| `([a-z]+)`:(.*)\|$", _section("What it reads"), re.MULTILINE)
    return {name: [cell.strip() for cell in re.split(r"(?<!\\)\|", cells)] for name, cells in rows}


def test_every_format_is_named() -> None:
    """README's table of formats has a row for each format, and no other, and says how each is read."""
    assert set(_formats()) == set(FORMATS) | set(FILES)
    assert [name for name, (_, _, how, _) in _formats().items() if not how.startswith(("streams", "buffers"))] == []


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("delimited", f"{csvrows.MAX_RECORD >> 20} MiB"),
        ("jsonl", f"{jsonlines.LONG_LINE >> 20} MiB"),
        ("json", f"{jsondoc.MAX_ELEMENT >> 20} MiB"),
        ("sql", f"{sqldump.MAX_STATEMENT >> 20} MiB"),
        ("html", f"{markup.MAX_TAG >> 20} Mi characters"),
        ("html", f"more than {htmlpage.MAX_RECORD >> 20} Mi"),
        ("ldif", f"{folded.MAX_LINE >> 20} Mi"),
        ("vcard", f"{folded.MAX_LINE >> 20} Mi"),
        ("text", f"{pieces.PIECE:,} characters"),
        ("mail", f"{mail.MAX_MESSAGE >> 20} MiB"),
        ("sqlite", f"{sqliteopen.MAX_ROW >> 20} MiB"),
        ("arrow", f"{arrowfiles.MEMORY >> 30} GiB for ORC"),
        ("avro", f"{avroblocks.MAX_BLOCK >> 20} MiB"),
        ("excel", f"{spreadsheet.MEMORY >> 30} GiB, and {sheetbounds.MAX_BYTES >> 30} GiB of unpacked parts"),
        ("office", f"{office.MAX_PART >> 20} MiB"),
        ("pdf", f"{pdf.MAX_PAGE >> 20} Mi characters"),
    ],
)
def test_bounds_are_those_of_the_code(name: str, bound: str) -> None:
    """README names for each format the bound that its reader has."""
    assert bound in _formats()[name][-1]


def test_limits_of_archives_are_those_of_the_code() -> None:
    """README names the limits on members, levels, ratio and size."""
    text, limits = " ".join(_section("What it reads").split()), Limits()
    assert f"{limits.members:,} members, {limits.depth} levels, {limits.total >> 40} TiB" in text
    assert f"beyond {limits.free >> 30} GiB no more than {limits.ratio:,} times its size" in text


def test_weights_are_those_of_the_code() -> None:
    """README's table of evidence gives the weights with which the scanner adds up."""
    shown = re.findall(r"\| ([+−][0-9.]+) \|$", _section("How scores add up"), re.MULTILINE)
    assert [float(weight.replace("−", "-")) for weight in shown] == list(WEIGHTS.values())


def test_rule_example_passes_the_check(tmp_path: Path) -> None:
    """The rule in CONTRIBUTING passes `leakgauge rules check`."""
    (tmp_path / "kr").mkdir()
    (tmp_path / "kr" / "kr-license-plate.toml").write_text(_blocks(CONTRIBUTING, "toml")[0], encoding="utf-8")
    done = _run("-m", "scanner.cli", "rules", "check", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


def test_reader_example_reads() -> None:
    """The reader in CONTRIBUTING gives the same cells and places wherever its blocks are cut."""
    reader = _module(_blocks(CONTRIBUTING, "python")[0])
    data = "phone = 010-0000-1234\r\nnote\nnáme=Ann".encode()
    for step in (1, 7, len(data)):
        blocks = io.BytesIO(data)
        batches = list(reader.read(iter(lambda blocks=blocks, step=step: blocks.read(step), b"")))  # type: ignore[misc]
        cells = [(b.columns[0].field, b.columns[0].values[0], int(b.records[0])) for b in batches]
        assert cells == [("phone", " 010-0000-1234", 1), (None, "note", 2), ("náme", "Ann", 3)]
        lines, places = batches[2].locator.locate(0, pl.Series([0]).to_numpy(), pl.Series([0]).to_numpy())
        assert (lines.tolist(), places.tolist()) == ([3], [6])


def test_sink_example_writes() -> None:
    """The sink in CONTRIBUTING renders findings, issues and the summary."""
    sink = _module(_blocks(CONTRIBUTING, "python")[2])
    row = dict.fromkeys(FINDINGS) | {"line": 3, "entity_type": "PERSON", "masked": "A**"}
    frame = pl.DataFrame([row], schema=FINDINGS)
    assert sink.findings("a.csv", None, frame) == b"a.csv:3: PERSON A**\n"
    assert sink.issue(Issue("truncated", "cut off", "a.gz")) == b"a.gz:1: cut off\n"
    assert b"1 findings" in sink.summary(Summary(findings=1))
