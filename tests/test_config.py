"""Settings of the command line: files, variables, flags, and what `config show` says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from conftest import Run

from scanner.cli import cli
from scanner.commands import options
from scanner.commands.configured import Configured
from scanner.settings import keys

Leakgauge = Callable[..., Run]
TOML = {
    "only": '["PERSON"]',
    "except": '["PERSON"]',
    "region": '["KR"]',
    "min-score": "0.7",
    "exclude": '["*.x"]',
    "no-gitignore": "true",
    "encoding": '"cp949"',
    "jobs": "1",
    "recognizers": '"own.yaml"',
    "ner": "true",
    "key-file": '"a.key"',
    "no-allow": "true",
    "allow-pragmas": '["gitleaks"]',
    "explain-coverage": "true",
    "exit-zero": "true",
    "no-progress": "true",
    "quiet": "true",
    "scan.format": '"text"',
    "scan.output": '"o"',
    "scan.show-values": "true",
    "scan.explain": "true",
    "scan.baseline": '"b.json"',
    "size.format": '"json"',
    "size.output": '"o"',
    "size.report": '"r"',
    "size.sample": '"1%"',
    "size.seed": "3",
    "size.state": '"s"',
    "size.overlap": "true",
    "size.save-sketch": '"k"',
    "mask.strategy": '["drop"]',
    "mask.no-verify": "true",
    "mask.force": "true",
    "mask.force-incomplete": "true",
    "hook.staged": "true",
    "hook.baseline": '"b.json"',
}


def shown(run: Run) -> dict[str, tuple[object, str]]:
    """The value and the source of each setting, by its key."""
    assert run.code == 0, run.err
    rows = json.loads(run.out)["settings"]
    return {".".join(filter(None, (row["command"], row["key"]))): (row["value"], row["source"]) for row in rows}


def test_every_flag_of_a_command_has_its_key(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Each option but the choice of the file itself can be set in a file that is named, and is told with its line."""
    shared = set(keys.keys(options.shared()))
    wanted = set(shared)
    for name in ("scan", "size", "mask", "hook"):
        command = cli.commands[name]
        assert isinstance(command, Configured)
        flags = {max(p.opts, key=len).lstrip("-") for p in command.params if isinstance(p, click.Option)}
        assert shared <= flags or name not in ("scan", "size")
        wanted |= {f"{name}.{flag}" for flag in flags - shared - {"config", "no-config"}}
    assert wanted <= set(TOML)
    (tmp_path / "all.toml").write_text("".join(f"{key} = {TOML[key]}\n" for key in TOML))
    told = shown(leakgauge("config", "show", "--format", "json", "-c", "all.toml"))
    assert {key: told[key][1] for key in wanted} == {
        key: f"all.toml:{n}" for n, key in enumerate(TOML, 1) if key in wanted
    }


def test_a_flag_goes_before_a_variable_before_a_file(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Each later source is asked only where the earlier ones say nothing."""
    (tmp_path / "leakgauge.toml").write_text("min-score = 0.6\n[size]\nmin-score = 0.7\n")
    env = {"LEAKGAUGE_MIN_SCORE": "0.8", "LEAKGAUGE_SIZE_MIN_SCORE": "0.85"}

    def told(*args: str, env: dict[str, str] | None = None) -> tuple[object, object]:
        found = shown(leakgauge("config", "show", "--format", "json", *args, env=env))
        return found["min-score"], found.get("size.min-score")

    assert told("--no-config") == ((0.5, "default"), None)
    assert told() == ((0.6, "leakgauge.toml:1"), (0.7, "leakgauge.toml:3"))
    assert told(env=env) == ((0.8, "LEAKGAUGE_MIN_SCORE"), (0.85, "LEAKGAUGE_SIZE_MIN_SCORE"))
    assert told("--min-score", "0.9", env=env) == ((0.9, "flag"), None)


def test_settings_of_a_file_hold_for_scan_and_size(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Both commands do what the file says, and say on stderr that there is one, unless they should be quiet."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("kim@shop.example.net 010-0000-1234\n")
    text = 'only = ["PHONE_NUMBER"]\n[scan]\nformat = "text"\n[size]\nformat = "json"\n'
    (tmp_path / "leakgauge.toml").write_text(text)
    scan, size = leakgauge("scan", "data"), leakgauge("size", "data")
    assert "PHONE_NUMBER" in scan.out.decode()
    assert "EMAIL" not in scan.out.decode()
    assert list(size.lines[0]["entities"]) == ["PHONE_NUMBER"]
    assert "settings from leakgauge.toml" in scan.err
    assert leakgauge("scan", "-q", "data").err == ""
    assert "EMAIL_ADDRESS" in leakgauge("scan", "--no-config", "data").out.decode()


def test_a_file_that_is_found_is_told_and_decides_no_exit_code(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What came with the data can hide neither itself nor findings; a file by -c and variables can."""
    (tmp_path / "a.txt").write_text("010-0000-1234\n")
    for key in ("quiet", "exit-zero"):
        (tmp_path / "leakgauge.toml").write_text(f"{key} = true\n")
        run = leakgauge("scan", ".")
        assert (run.code, run.out, f"leakgauge.toml:1: '{key}' is taken only" in run.err) == (2, b"", True)
    assert leakgauge("scan", "-c", "leakgauge.toml", "a.txt").code == 0
    assert leakgauge("scan", "--no-config", "a.txt", env={"LEAKGAUGE_EXIT_ZERO": "1"}).code == 0


def test_a_hook_that_finds_nothing_says_nothing(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Not even that there are settings, which hold all the same."""
    (tmp_path / "a.txt").write_text("010-0000-1234\n")
    (tmp_path / "leakgauge.toml").write_text('except = ["PHONE_NUMBER"]\n')
    run = leakgauge("hook", "a.txt")
    assert (run.code, run.out, run.err) == (0, b"", "")


def test_settings_hold_for_baselines(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """`create` accepts what a scan with the same file would report, `update` keeps it; there is no table for them."""
    values = "010-0000-1234 010-0000-5678 # gitleaks:allow\n010-0000-1234 010-0000-5678\nkim@example.com\n"
    for name in ("a.txt", "x.txt"):
        (tmp_path / name).write_text(values)
    text = 'min-score = 0.6\nexclude = ["x.txt"]\nallow-pragmas = ["gitleaks"]\n[[allow]]\nvalue = "01000001234"\n'
    (tmp_path / "leakgauge.toml").write_text(text + '[[allow]]\npath = "*.toml"\n')
    create = leakgauge("baseline", "create", ".")
    assert (create.code, "settings from leakgauge.toml" in create.err) == (0, True)
    assert b": 2 entries of 1 file;" in create.out
    run = leakgauge("scan", "--baseline", "leakgauge.baseline.json", ".")
    assert (run.code, run.summary["baselined"], run.summary["stale"]) == (0, 2, 0)
    assert b"dropped 0, lowered 0, left 2" in leakgauge("baseline", "update").out
    assert b"dropped 0, lowered 0, left 2" in leakgauge("baseline", "update", "--no-allow", "-q").out
    (tmp_path / "leakgauge.toml").write_text('[[allow]]\nrule = "email"\n')
    assert b"dropped 1, lowered 0, left 1" in leakgauge("baseline", "update").out
    for wrong in ("[create]", "[baseline]", "output = 'x'"):
        (tmp_path / "leakgauge.toml").write_text(wrong)
        assert leakgauge("baseline", "create", ".").code == 2


def test_globs_of_a_file_are_relative_to_it(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What is left out, and where something is allowed, does not depend on where the command runs."""
    for name in ("x", "y", "z"):
        (tmp_path / "repo" / name).mkdir(parents=True)
        (tmp_path / "repo" / name / "a.txt").write_text("010-0000-1234\n")
    text = 'exclude = ["/x/*.txt"]\n[[allow]]\npath = "y/**"\n'
    (tmp_path / "repo" / "leakgauge.toml").write_text(text)
    run = leakgauge("scan", "repo", "--except", "PERSON")
    assert ([each["path"] for each in run.findings], run.summary["allowed"]) == (["repo/z/a.txt"], 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("min-scor = 1", "leakgauge.toml:1: unknown key 'min-scor'; did you mean 'min-score'?"),
        ("min_score = 0.6", "did you mean 'min-score'?"),
        ("\n[scan]\nformatt = 'text'", "leakgauge.toml:3: unknown key 'scan.formatt'; did you mean 'format'?"),
        ("[scann]", "unknown key 'scann'; did you mean 'scan'?"),
        ("[rules]", "unknown key 'rules'"),
        ("format = 'text'", "write it in [scan]"),
        ("min-score = '1'", "'min-score' must be a number, not a text"),
        ("min-score = true", "'min-score' must be a number, not true or false"),
        ("min-score = 7", "not in the range"),
        ("ner = 1", "'ner' must be true or false, not a number"),
        ("only = 'PERSON'", "'only' must be a list of texts, not a text"),
        ("only = [1]", "'only' must be a list of texts"),
        ("encoding = 2020-01-01", "'encoding' must be a text, not a date"),
        ("allow-pragmas = ['trufflehog']", "'trufflehog' is not one of gitleaks, detect-secrets"),
        ("[scan]\nformat = 'xml'", "leakgauge.toml:2: 'format': 'xml' is not one of"),
        ("[size]\nsample = 200", "leakgauge.toml:2: 'sample': '200' is not between"),
        ("[allow]", "as a table [[allow]]"),
        ("[[allow]]\nreason = 'x'", "leakgauge.toml:1: an entry needs one of path, field"),
        ("[[allow]]\nrul = 'x'", "leakgauge.toml:2: unknown key 'rul' in [[allow]]; did you mean 'rule'?"),
        ("[[allow]]\nrule = 'emial'", "leakgauge.toml:1: no rule and no entity type is called 'emial'"),
        ("[[allow]]\nrule = ''", "'rule' must be a text or a list of texts, none empty"),
        ("[[allow]]\nrule = 'email'\nexpires = '2030'", "leakgauge.toml:3: 'expires' must be a date"),
        ("[[allow]]\nrule = 'email'\nreason = 1", "'reason' must be a text"),
        ("[[allow]]\nfingerprint = 'xyz'", "must be 32 hex digits"),
        ("[[allow]]\npath = '[z-a]'", "leakgauge.toml:1: '[z-a]' is not a valid glob"),
        ("\nonly = ['PERSN']", "did you mean 'PERSON'?; see leakgauge.toml:2"),
        (
            "encoding = 'klingon'",
            "unknown encoding: klingon; give a Python codec such as cp949 or gb18030, or none to have"
            " it detected; see leakgauge.toml:1",
        ),
        ("x = [", "leakgauge.toml: not valid TOML: "),
    ],
)
def test_what_is_wrong_in_a_file_exits_with_2_and_its_place(
    leakgauge: Leakgauge, tmp_path: Path, text: str, says: str
) -> None:
    """Unknown keys, wrong types and values are told with file, line and key, and nothing is scanned."""
    (tmp_path / "leakgauge.toml").write_text(f"{text}\n")
    run = leakgauge("scan", ".")
    assert (run.code, run.out) == (2, b"")
    assert says in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("key", sorted(keys.REFUSED))
def test_a_file_that_is_found_cannot_reach_out(leakgauge: Leakgauge, tmp_path: Path, key: str) -> None:
    """What writes, runs or reveals something is refused in a file that came with the data, not in one by -c."""
    name = key if key in TOML else next(each for each in TOML if each.endswith(f".{key}"))
    (tmp_path / "leakgauge.toml").write_text(f"{name} = {TOML[name]}\n")
    run = leakgauge("config", "show")
    assert run.code == 2
    assert f"'{key}' is taken only from a file that you name by -c" in run.err
    assert leakgauge("config", "show", "-c", "leakgauge.toml").code == 0


@pytest.mark.parametrize("command", ["scan", "hook"])
def test_a_file_that_is_found_names_only_baselines_below_it(leakgauge: Leakgauge, tmp_path: Path, command: str) -> None:
    """Neither an absolute path, nor one or a link that leads out, is read; below the folder and by -c it is."""
    (tmp_path / "repo" / "in").mkdir(parents=True)
    (tmp_path / "repo" / "a.txt").write_text("010-0000-1234\n")
    (tmp_path / "repo" / "link").symlink_to(tmp_path)
    (tmp_path / "repo" / "zero").symlink_to("/dev/zero")
    for name in ("b.json", "repo/b.json", "repo/in/b.json"):
        assert leakgauge("baseline", "create", "repo/a.txt", "-o", name).code == 0
    settings = tmp_path / "repo" / "leakgauge.toml"
    for value in (
        "/dev/zero",
        "../b.json",
        "in/../../b.json",
        "link/b.json",
        "zero",
        str(tmp_path / "repo" / "b.json"),
    ):
        settings.write_text(f"[{command}]\nbaseline = '{value}'\n")
        run = leakgauge(command, "repo/a.txt")
        assert (run.code, "leakgauge.toml:2: 'baseline' is taken only" in run.err) == (2, True)
    for value in ("b.json", "in/../b.json", "in/b.json"):
        settings.write_text(f"[{command}]\nbaseline = '{value}'\n")
        assert leakgauge(command, "repo/a.txt").code == 0
    settings.write_text(f"[{command}]\nbaseline = '../b.json'\n")
    assert leakgauge(command, "-c", "repo/leakgauge.toml", "repo/a.txt").code == 0


def test_a_file_is_chosen_or_left_out(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """-c and --no-config, or their variables, decide; both together make no sense; help needs no file."""
    (tmp_path / "leakgauge.toml").write_text("broken [")
    (tmp_path / "b.toml").write_text("ner = true")
    assert leakgauge("config", "show").code == 2
    assert leakgauge("config", "show", "-c", "gone.toml").code == 2
    assert leakgauge("config", "show", "-c", "b.toml", "--no-config").code == 2
    assert leakgauge("config", "show", "--help").code == leakgauge("config", "show", "--no-config").code == 0
    assert b"settings from b.toml" in leakgauge("config", "show", env={"LEAKGAUGE_CONFIG": "b.toml"}).out
    assert leakgauge("config", "show", env={"LEAKGAUGE_NO_CONFIG": "1"}).code == 0


def test_entries_are_shown_without_their_values(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """`config show` lists the allowlist, of values only how many, and what has expired."""
    text = '[[allow]]\nvalue = ["010-0000-1234"]\nreason = "ours"\n[[allow]]\nrule = "email"\nexpires = 2020-01-31\n'
    (tmp_path / "leakgauge.toml").write_text(text)
    for run in (leakgauge("config", "show"), leakgauge("config", "show", "--format", "json")):
        assert b"010-0000" not in run.out
        assert re.search(rb'expires"?:? "2020-01-31"', run.out)
    entries = json.loads(leakgauge("config", "show", "--format", "json").out)["allow"]
    assert [(entry["source"], entry["expired"]) for entry in entries] == [
        ("leakgauge.toml:1", False),
        ("leakgauge.toml:4", True),
    ]


def test_expired_and_unused_entries_are_told(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Both are warnings in the output and on stderr; the exit code stays as it is, and expired ones allow nothing."""
    (tmp_path / "a.txt").write_text("010-0000-1234\n")
    text = '[[allow]]\nrule = "PHONE_NUMBER"\nexpires = 2020-01-31\n[[allow]]\nrule = "JP_PASSPORT"\n'
    (tmp_path / "leakgauge.toml").write_text(text)
    run = leakgauge("scan", ".")
    told = [(issue["kind"], issue["path"], issue["line"], issue["severity"]) for issue in run.issues]
    assert told == [
        ("allow_expired", "leakgauge.toml", 1, "warning"),
        ("allow_unused", "leakgauge.toml", 4, "warning"),
    ]
    assert (run.code, run.summary["complete"], len(run.findings)) == (1, True, 1)
    assert "leakgauge.toml:1: " in run.err
    assert "leakgauge.toml:4: " in run.err


def test_settings_import_nothing_heavy(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """To read settings and their allowlist needs no polars."""
    import subprocess
    import sys

    (tmp_path / "leakgauge.toml").write_text('ner = false\n[[allow]]\npath = "x"\nrule = "email"\n')
    code = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
    code += "sys.argv[1:] = ['config', 'show']; from scanner.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not {"polars", "numpy", "pyarrow"} & set(done.stderr.split())
