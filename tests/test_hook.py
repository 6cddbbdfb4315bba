"""`leakgauge hook`: with files, with what is staged, and in real commits by pre-commit and git."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner
from conftest import Run, environment
from test_imports import imported

from scanner.baseline import Baseline, Hashing, save
from scanner.cli import cli
from scanner.errors import UsageError

PHONE = "010-0000-1234"
SECRET = f'SUPPORT = "{PHONE}"\n'
CLEAN = {
    "tool.py": '"""A tool."""\n\n\ndef add(a: int, b: int) -> int:\n    return a + b  # since 2024-01-15\n',
    "notes.md": "# Notes\n\n- read the output\n- see https://example.com/help\n",
    "build.yaml": "name: build\nretries: 3\n",
    "settings.toml": "[tool.sorter]\ntimeout = 30\n",
    "row.ts": "// 표를 정렬한다\nexport interface Row { size?: number }\n",
}
HEAVY = {"polars", "numpy", "pyarrow", "presidio_analyzer", "spacy", "regex", "phonenumbers"}
COMMAND = f"{sys.executable} -m scanner.cli hook"
CONFIG = f"""
repos:
  - repo: local
    hooks:
      - id: leakgauge
        name: leakgauge
        entry: {COMMAND}
        language: system
        types_or: [text, csv, json, sql]
        require_serial: true
"""


class Repository(NamedTuple):
    """A git repository, and the environment of commands in it."""

    folder: Path
    env: dict[str, str]

    def git(self, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run git."""
        return self.run(["git", *args], check=check)

    def run(self, command: Sequence[str], check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command; the output has what it writes to stderr, too."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.run(command, cwd=self.folder, env=self.env, check=check, text=True, timeout=300, **pipes)

    def hook(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Run `leakgauge hook`."""
        return self.run([sys.executable, "-m", "scanner.cli", "hook", *args], check=False)

    def write(self, name: str, text: str) -> None:
        """Write a file of the work tree."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository of somebody who has no settings."""
    settings = {
        "HOME": str(tmp_path / "home"),
        "PRE_COMMIT_HOME": str(tmp_path / "home" / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    } | {
        f"GIT_{who}_{what}": f"{who.lower()}@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    folder = tmp_path / "repository"
    folder.mkdir()
    made = Repository(folder, environment(**settings))
    made.git("init", "-q")
    return made


def test_clean_files_say_nothing(leakgauge: Callable[..., Run], tmp_path: Path) -> None:
    """Nothing at all is written for clean files."""
    for name, text in CLEAN.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = leakgauge("hook", *CLEAN)
    assert (done.code, done.out, done.err) == (0, b"", "")


def test_a_clean_commit_imports_nothing_heavy(tmp_path: Path) -> None:
    """Five small clean files are judged without polars, numpy, Presidio and their kin."""
    paths = [tmp_path / name for name in CLEAN]
    for path in paths:
        path.write_text(CLEAN[path.name], encoding="utf-8")
    assert not imported("hook", *map(str, paths)) & HEAVY


def test_what_a_clean_file_is_asked_for_imports_nothing_heavy(tmp_path: Path) -> None:
    """Nor do globs, chosen rules, allowlists, keys and baselines, which are looked at to tell that they are right."""
    (tmp_path / "tool.py").write_text(CLEAN["tool.py"])
    save(Baseline(str(tmp_path / "b.json"), Hashing.new(0, b"")))
    (tmp_path / "key").write_text("a key of a test")
    (tmp_path / "leakgauge.toml").write_text('[[allow]]\npath = "vendor/"\nrule = "PHONE_NUMBER"\n')
    options = [*("--exclude", "vendor/", "--exclude", "*.min.js"), *("--only", "PHONE_NUMBER", "--region", "KR")]
    files = ["--baseline", str(tmp_path / "b.json"), "--key-file", str(tmp_path / "key")]
    assert not imported("hook", *options, *files, str(tmp_path / "tool.py")) & HEAVY


def test_a_finding_is_one_line(leakgauge: Callable[..., Run], tmp_path: Path) -> None:
    """Place, type, masked value and rule stand in one line, the way to allow it in another, the value nowhere."""
    (tmp_path / "tool.py").write_text(f"x = 1\n{SECRET}")
    done = leakgauge("hook", "tool.py")
    found, hint = done.out.decode().splitlines()
    assert done.code == 1
    assert re.fullmatch(r"tool\.py:2:12: PHONE_NUMBER 010-\S* \(phone-kr-mobile\)", found)
    assert "leakgauge: allow" in hint
    assert PHONE not in done.out.decode() + done.err


def test_it_finds_what_a_scan_finds(leakgauge: Callable[..., Run]) -> None:
    """Places, types and rules are those of `scan`, with the same options."""
    path = Path(__file__).parents[1] / "fixtures" / "chat-mixed" / "input.log"
    for options in ((), ("--only", "PHONE_NUMBER"), ("--except", "PERSON", "--region", "KR"), ("--min-score", "0.9")):
        scanned = [f for f in leakgauge("scan", *options, str(path)).findings if f["state"] == "clear"]
        told = [f"{path}:{f['line']}:{f['column']}: {f['entity_type']} {f['masked']} ({f['rule_id']})" for f in scanned]
        assert leakgauge("hook", *options, str(path)).out.decode().splitlines()[:-1] == told


def test_what_is_not_read_is_told(leakgauge: Callable[..., Run], tmp_path: Path) -> None:
    """A missing and a binary file are lines on stdout and exit code 3."""
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = leakgauge("hook", "image.png", "missing.py")
    assert done.code == 3
    assert [line.partition(": ")[0] for line in done.out.decode().splitlines()] == ["image.png", "missing.py"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("q.eml", b"Subject: hi\nContent-Transfer-Encoding: base64\n\na2ltQGV4YW1wbGUuY29tIDAxMC0wMDAwLTEyMzQ=\n"),
        ("u.csv.gz", b"username\njsmith\nmkim\n"),
    ],
)
def test_names_count_as_in_a_scan(leakgauge: Callable[..., Run], tmp_path: Path, name: str, data: bytes) -> None:
    """Mail and a table that say so only by their names are read as such."""
    (tmp_path / name).write_bytes(data)
    assert leakgauge("scan", name).code == leakgauge("hook", name).code == 1


@pytest.mark.parametrize("args", [[], ["--staged"]])
def test_nothing_to_look_at(leakgauge: Callable[..., Run], tmp_path: Path, args: list[str]) -> None:
    """No file and no repository are wrong use."""
    done = leakgauge("hook", *args, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith("leakgauge: ")


WRONG = [
    ["--only", "NOBODY"],
    ["--only", "PERSON", "--except", "PERSON"],
    ["--only", "KR_RRN", "--region", "JP"],
    ["--exclude", "[z-a]"],
    ["--exclude", "/"],
    ["--encoding", "nope"],
    ["--baseline", "nope.json"],
    ["--baseline", "damaged.json"],
    ["--baseline", "keyed.json"],
    ["--key-file", "nope"],
    ["--key-file", "empty"],
    ["--config", "rule.toml"],
    ["--config", "glob.toml"],
    ["--config", "unkeyed.toml"],
]


@pytest.mark.parametrize("args", WRONG)
@pytest.mark.parametrize("text", ["x = 1\n", SECRET])
def test_wrong_use(leakgauge: Callable[..., Run], tmp_path: Path, args: list[str], text: str) -> None:
    """Options, settings and files that cannot be used are 2, whether the files that are looked at are clean or not."""
    (tmp_path / "a.py").write_text(text)
    (tmp_path / "empty").write_text("")
    (tmp_path / "damaged.json").write_text('{"type": "baseline", "v": 1')
    save(Baseline(str(tmp_path / "keyed.json"), Hashing.new(0, b"a key of a test")))
    (tmp_path / "rule.toml").write_text('[[allow]]\nrule = "nonsense"\n')
    (tmp_path / "glob.toml").write_text('[[allow]]\npath = "[z-a]"\n')
    (tmp_path / "unkeyed.toml").write_text(f'[[allow]]\nfingerprint = "{"0" * 32}"\n')
    done = leakgauge("hook", *args, "a.py")
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith("leakgauge: ")


def test_a_key_may_come_through_a_pipe(tmp_path: Path) -> None:
    """It is read once, though it is looked at before the scan, and clean files do not make it wrong."""
    for name, text, code in (("a.py", "x = 1\n", 0), ("b.py", SECRET, 1)):
        (tmp_path / name).write_text(text)
        key, hook = "printf 'a key of a test' | ", f"{COMMAND} --key-file /dev/stdin {name}"
        assert subprocess.run(key + hook, shell=True, cwd=tmp_path, env=environment()).returncode == code


def test_excludes_are_relative_to_the_settings(leakgauge: Callable[..., Run], tmp_path: Path) -> None:
    """A glob in a file of settings means what it means in a scan: from the folder of that file."""
    (tmp_path / "sub" / "vendor").mkdir(parents=True)
    (tmp_path / "sub" / "leakgauge.toml").write_text('exclude = ["/vendor/"]\n')
    for name in ("sub/vendor/b.py", "sub/a.py"):
        (tmp_path / name).write_text(SECRET)
    assert [leakgauge("hook", name).code for name in ("sub/vendor/b.py", "sub/a.py")] == [0, 1]


def test_mistakes_in_allowing_are_told(leakgauge: Callable[..., Run], tmp_path: Path) -> None:
    """Pragmas that name no rule, and entries that have expired or are not used, are told on stderr, without values."""
    (tmp_path / "a.py").write_text(f"{SECRET[:-1]}  # leakgauge: allow phone-kr-mobil\n")
    entries = '[[allow]]\nrule = "PHONE_NUMBER"\nexpires = 2020-01-31\n[[allow]]\nrule = "JP_PASSPORT"\n'
    (tmp_path / "leakgauge.toml").write_text(entries)
    done = leakgauge("hook", ".")
    assert (done.code, done.out.decode().splitlines()[0].partition(" ")[0]) == (1, "./a.py:1:12:")
    told = [line.split(": ")[1] for line in done.err.splitlines()]
    assert told == ["./a.py:1", "leakgauge.toml:1", "leakgauge.toml:4"]
    assert "0000" not in done.err
    assert leakgauge("hook", "--except", "PHONE_NUMBER", ".").code == 0


def test_the_index_counts_and_not_the_work_tree(repository: Repository) -> None:
    """What is staged is found though the work tree is clean, and the other way round; before the first commit, too."""
    repository.write("tool.py", SECRET)
    repository.git("add", ".")
    repository.write("tool.py", "x = 1\n")
    done = repository.hook("--staged")
    assert (done.returncode, "tool.py:1:12: PHONE_NUMBER" in done.stdout, PHONE in done.stdout) == (1, True, False)
    repository.git("add", ".")
    repository.write("tool.py", SECRET)
    assert (repository.hook("--staged").returncode, repository.hook("--staged").stdout) == (0, "")


@pytest.mark.parametrize("name", ["with space.py", "한글 파일.py", "line\nfeed.py", "-dash.py", "*.py", "deep/er/a.py"])
def test_names_of_staged_files(repository: Repository, name: str) -> None:
    """Any name is read and shown in one line, and only the files that are named are looked at."""
    repository.write(name, SECRET)
    repository.write("other.py", SECRET)
    repository.git("add", ".")
    done = repository.hook("--staged", "--", name)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith(f"{name}:1:12: ".replace("\n", " "))
    assert "other.py" not in done.stdout


def test_all_kinds_of_changes(repository: Repository) -> None:
    """Renamed files are read, deleted ones and submodules are not, of links the target's name is."""
    repository.write("old.py", SECRET)
    repository.write("gone.py", SECRET)
    repository.git("add", ".")
    repository.git("commit", "-qm", "first")
    repository.git("mv", "old.py", "new.py")
    repository.git("rm", "-q", "gone.py")
    (repository.folder / "link").symlink_to("new.py")
    repository.git("init", "-q", "sub")
    repository.run(["git", "-C", "sub", "commit", "-q", "--allow-empty", "-m", "x"])
    repository.git("add", "link", "sub")
    (repository.folder / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = repository.hook("--staged")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert done.stdout.startswith("new.py:1:12: PHONE_NUMBER")
    repository.git("add", "image.png")
    assert "image.png: not read: " in repository.hook("--staged").stdout


def test_excludes_of_what_is_staged(repository: Repository) -> None:
    """Globs leave out staged files, too: those of an option from here, those of settings from their folder."""
    repository.write("sub/vendor/a.py", SECRET)
    repository.git("add", ".")
    assert repository.hook("--staged", "--exclude", "vendor/").returncode == 0
    assert repository.hook("--staged", "--exclude", "/vendor/").returncode == 1
    repository.write("sub/leakgauge.toml", 'exclude = ["/vendor/"]\n')
    below = repository._replace(folder=repository.folder / "sub")
    assert (below.hook("--staged").returncode, below.hook("--staged").stdout) == (0, "")
    assert repository.hook("--staged").returncode == 1


def test_from_a_folder_below(repository: Repository) -> None:
    """Paths are shown from the current folder."""
    repository.write("deep/tool.py", SECRET)
    repository.git("add", ".")
    below = repository._replace(folder=repository.folder / "deep")
    assert below.hook("--staged").stdout.startswith("tool.py:1:12: ")


def test_settings_of_the_repository_run_nothing(repository: Repository) -> None:
    """Monitors and external diffs that a repository names are not run."""
    repository.write("tool.py", SECRET)
    repository.git("add", ".")
    for key in ("core.fsmonitor", "diff.external", "core.pager"):
        repository.git("config", key, "touch pwned; false")
    assert repository.hook("--staged").returncode == 1
    assert not list(repository.folder.glob("**/pwned"))


def test_settings_of_the_repository_hide_nothing(repository: Repository) -> None:
    """From a folder below, all that is staged is looked at though `diff.relative` is set; with a file, only that."""
    repository.write("tool.py", SECRET)
    repository.write("deep/clean.py", "x = 1\n")
    repository.git("add", ".")
    repository.git("config", "diff.relative", "true")
    below = repository._replace(folder=repository.folder / "deep")
    assert below.hook("--staged").stdout.startswith("../tool.py:1:12: ")
    assert below.hook("--staged", "clean.py").returncode == 0


def test_what_is_staged_counts_and_not_what_replaces_it(repository: Repository) -> None:
    """A blob and a commit that `git replace` has put in the place of others hide nothing."""
    repository.write("clean.py", "x = 1\n")
    repository.git("add", ".")
    repository.git("commit", "-qm", "clean")
    clean = repository.git("rev-parse", "HEAD").stdout.strip()
    repository.write("tool.py", SECRET)
    repository.git("add", ".")
    repository.git("replace", *repository.git("rev-parse", ":tool.py", ":clean.py").stdout.split())
    assert repository.hook("--staged").returncode == 1
    other = repository.git("commit-tree", "-m", "all", repository.git("write-tree").stdout.strip()).stdout.strip()
    repository.git("replace", clean, other)
    assert repository.hook("--staged").returncode == 1


def test_a_conflict_is_not_clean(repository: Repository) -> None:
    """A file that waits to be merged was not read."""
    for branch, text in (("one", "x = 1\n"), ("two", "x = 2\n")):
        repository.git("checkout", "-q", "--orphan", branch)
        repository.write("tool.py", text)
        repository.git("add", ".")
        repository.git("commit", "-qm", branch)
    repository.git("merge", "--allow-unrelated-histories", "one", check=False)
    assert repository.hook("--staged").returncode == 3


def test_pre_commit_stops_a_commit(repository: Repository) -> None:
    """pre-commit lets clean files pass, stops a telephone number without showing it, and checks all on request."""
    repository.write(".pre-commit-config.yaml", CONFIG)
    repository.run([sys.executable, "-m", "pre_commit", "install"])
    for name, text in CLEAN.items():
        repository.write(name, text)
    repository.git("add", ".")
    repository.git("commit", "-m", "clean")
    repository.write("sub/tool.py", SECRET)
    repository.git("add", ".")
    stopped = repository.git("commit", "-m", "not clean", check=False)
    assert stopped.returncode
    assert "sub/tool.py:1:12: PHONE_NUMBER 010-" in stopped.stdout
    assert PHONE not in stopped.stdout
    everything = repository.run([sys.executable, "-m", "pre_commit", "run", "--all-files"], check=False)
    assert (everything.returncode, "sub/tool.py:1:12:" in everything.stdout) == (1, True)
    repository.write("sub/tool.py", 'SUPPORT = ""\n')
    repository.git("add", ".")
    repository.git("commit", "-m", "clean again")


def test_pre_commit_lets_pass_what_is_allowed_and_what_a_baseline_accepts(repository: Repository) -> None:
    """A comment allows one line; a baseline what was there, but not the same value in another file."""
    repository.write(".pre-commit-config.yaml", CONFIG)
    repository.run([sys.executable, "-m", "pre_commit", "install"])
    repository.write("allowed.py", f"{SECRET[:-1]}  # leakgauge: allow phone-kr-mobile reason: support line\n")
    repository.git("add", ".")
    repository.git("commit", "-m", "allowed")
    repository.write("old.py", SECRET)
    repository.run([*COMMAND.split()[:-1], "baseline", "create", "old.py"])
    repository.write("leakgauge.toml", '[hook]\nbaseline = "leakgauge.baseline.json"\n')
    repository.git("add", ".")
    repository.git("commit", "-m", "accepted")
    repository.write("new.py", SECRET)
    repository.git("add", ".")
    stopped = repository.git("commit", "-m", "not accepted", check=False)
    assert (stopped.returncode, "new.py:1:12:" in stopped.stdout, "old.py" in stopped.stdout) == (1, True, False)


def test_a_plain_git_hook_stops_a_commit(repository: Repository) -> None:
    """The script of docs/hook.md stops a commit, also of `git commit -a`, whose index is another."""
    script = repository.folder / ".git" / "hooks" / "pre-commit"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"#!/bin/sh\nexec {COMMAND} --staged\n")
    script.chmod(0o755)
    repository.write("tool.py", "x = 1\n")
    repository.git("add", ".")
    repository.git("commit", "-m", "clean")
    repository.write("tool.py", SECRET)
    stopped = repository.git("commit", "-am", "not clean", check=False)
    assert (stopped.returncode, "tool.py:1:12:" in stopped.stdout) == (1, True)


def test_the_description_for_pre_commit() -> None:
    """.pre-commit-hooks.yaml is what pre-commit expects."""
    from pre_commit.clientlib import load_manifest

    (described,) = load_manifest(Path(__file__).parents[1] / ".pre-commit-hooks.yaml")
    assert (described["id"], described["entry"], described["language"]) == ("leakgauge", "leakgauge hook", "python")
    assert described["args"] == ["--"]


def test_no_name_of_a_file_is_read_as_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file called as an option is looked at after `--`, and stops the commit without it."""
    monkeypatch.chdir(tmp_path)
    Path("--exclude=*").write_text(SECRET)
    with pytest.raises(UsageError, match="put -- before the names"):
        CliRunner().invoke(cli, ["hook", "--exclude=*"], catch_exceptions=False)
    looked = CliRunner().invoke(cli, ["hook", "--", "--exclude=*"])
    assert (looked.exit_code, looked.stdout.startswith("--exclude=*:1:")) == (1, True)


def test_the_snippets_are_valid() -> None:
    """What docs/hook.md offers to copy is YAML, and pre-commit takes its part."""
    from pre_commit.clientlib import load_config

    page = (Path(__file__).parents[1] / "docs" / "hook.md").read_text(encoding="utf-8")
    snippets = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    assert [sorted(snippet, key=str)[:1] for snippet in snippets][:2] == [["repos"], ["repos"]]
    assert "steps" in snippets[2]["jobs"]["leakgauge"]
    assert snippets[3]["leakgauge"]["script"][-1] == "leakgauge hook --no-gitignore ."
    assert callable(load_config)
