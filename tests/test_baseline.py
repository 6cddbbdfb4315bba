"""`leakgauge baseline` and `scan --baseline`, as a real subprocess, and the audit in a real terminal."""

from __future__ import annotations

import hashlib
import json
import os
import re
import select
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import COMMAND, Run, environment

from scanner.baseline.hashing import LEAST, MOST, cost
from scanner.cli import cli

pty = pytest.importorskip("pty", reason="an audit is tried in a pseudo-terminal")

Leakgauge = Callable[..., Run]
FILE = "leakgauge.baseline.json"
DOCUMENT = (Path(__file__).parent.parent / "docs" / "baseline.md").read_text(encoding="utf-8")
ASKS = b"q quit "
PHONE, OTHER, MAIL = "010-0000-5678", "010-0000-1234", "kim@example.com"
CSV = f"name,phone,memo\n홍길동,{PHONE},문 앞\n김철수,{OTHER},{MAIL}\n"


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A small export with five values."""
    path = tmp_path / "data" / "orders.csv"
    path.parent.mkdir()
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.fixture
def accepted(leakgauge: Leakgauge, orders: Path) -> Path:
    """The export with a baseline that accepts all of it."""
    assert leakgauge("baseline", "create", "data").code == 0
    return orders


def entries(folder: Path) -> list[dict[str, Any]]:
    """The entries of the baseline in a folder."""
    return [each for each in json.loads((folder / FILE).read_bytes())["entries"] if each is not None]


def scan(leakgauge: Leakgauge, *more: str) -> Run:
    """A scan of `data` with the baseline."""
    return leakgauge("scan", "--baseline", FILE, "data", *more)


def test_one_entry_of_one_file_is_told_so(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Messages have singulars."""
    (tmp_path / "a.txt").write_text(f"tel {PHONE}\n", encoding="utf-8")
    assert b": 1 entry of 1 file; " in leakgauge("baseline", "create", "a.txt").out


def test_what_is_accepted_is_neither_reported_nor_counted(leakgauge: Leakgauge, accepted: Path) -> None:
    """After `create` a scan finds nothing and exits with 0; the summary says how many findings are accepted."""
    run = scan(leakgauge)
    assert (run.code, run.findings, run.summary["entities"]) == (0, [], {})
    assert (run.summary["findings"], run.summary["baselined"], run.summary["stale"]) == (0, 5, 0)
    assert "baselined" not in leakgauge("scan", "data").summary


def test_the_text_format_says_what_is_accepted(leakgauge: Leakgauge, accepted: Path) -> None:
    """The verdict for people tells accepted findings and stale entries."""
    accepted.write_text(CSV.replace(MAIL, "none"), encoding="utf-8")
    out = scan(leakgauge, "--format", "text").out.decode()
    assert out.endswith("; 4 accepted by the baseline; 1 stale entry in the baseline\n")


def test_moved_lines_stay_accepted_and_changed_values_alert(leakgauge: Leakgauge, accepted: Path) -> None:
    """No line number counts: rows may be put before and in another order; a changed value is reported."""
    head, *rows = CSV.splitlines(keepends=True)
    accepted.write_text("".join([head, ",,\n", *reversed(rows)]), encoding="utf-8")
    assert scan(leakgauge).code == 0
    accepted.write_text(CSV.replace(PHONE, "010-0000-4321"), encoding="utf-8")
    run = scan(leakgauge)
    assert (run.code, [finding["masked"] for finding in run.findings]) == (1, ["010-****-**21"])
    assert (run.summary["baselined"], run.summary["stale"], run.summary["findings"]) == (4, 1, 1)


def test_copies_elsewhere_and_more_copies_alert(leakgauge: Leakgauge, accepted: Path) -> None:
    """An accepted value in another file, in another field, or once more than accepted is reported."""
    (accepted.parent / "b.txt").write_text(f"call {PHONE}\n")
    assert [finding["path"] for finding in scan(leakgauge).findings] == ["data/b.txt"]
    (accepted.parent / "b.txt").unlink()
    accepted.write_text(CSV.replace("문 앞", PHONE), encoding="utf-8")
    assert [finding["field"] for finding in scan(leakgauge).findings] == ["memo"]
    accepted.write_text(f"{CSV}이영희,{PHONE},\n".replace("이영희", "김철수"), encoding="utf-8")
    assert sorted(finding["line"] for finding in scan(leakgauge).findings) == [4, 4]


def test_a_masked_value_is_accepted_too(leakgauge: Leakgauge, orders: Path) -> None:
    """A value that was masked in the file is taken out of the count of those."""
    orders.write_text("name,phone\n홍*동,010-****-5678\n", encoding="utf-8")
    before = leakgauge("scan", "data").summary["masked"]
    leakgauge("baseline", "create", "data")
    run = scan(leakgauge)
    assert (before, run.summary["masked"], run.summary["baselined"], run.findings) == (2, 0, 2, [])


def test_it_is_the_same_from_another_folder(leakgauge: Leakgauge, accepted: Path) -> None:
    """Paths count as seen from the baseline's folder, however they are given, in an archive too."""
    absolute = leakgauge("scan", "--baseline", FILE, str(accepted))
    inside = subprocess.run(
        [*COMMAND, "scan", "--baseline", f"../{FILE}", "."],
        cwd=accepted.parent,
        env=environment(PYTHONPATH=os.pathsep.join(filter(None, sys.path))),
    )
    assert (absolute.code, inside.returncode) == (0, 0)


def test_members_of_archives_and_stdin_are_accepted(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What is in an archive or comes through a pipe has a place too; an update keeps both."""
    import zipfile

    with zipfile.ZipFile(tmp_path / "dump.zip", "w") as archive:
        archive.writestr("d/a.csv", CSV)
    assert leakgauge("baseline", "create", "dump.zip", "-", stdin=f"call {PHONE}\n".encode()).code == 0
    assert leakgauge("baseline", "update").code == 0
    assert {entry["path"] for entry in entries(tmp_path)} == {"dump.zip!d/a.csv", "-"}
    run = leakgauge("scan", "--baseline", FILE, "dump.zip", "-", stdin=f"call {PHONE}\n".encode())
    assert (run.code, run.summary["baselined"]) == (0, 6)


def test_create_again_keeps_salt_verdicts_and_other_files(leakgauge: Leakgauge, accepted: Path, tmp_path: Path) -> None:
    """A second `create` of another file adds to the first: all lines that were there stay as they were."""
    path = tmp_path / FILE
    path.write_text(path.read_text().replace("null}", '"accepted"}'))
    before = path.read_text().splitlines()
    (tmp_path / "more.txt").write_text(f"call {OTHER}\n")
    leakgauge("baseline", "create", "more.txt")
    after = path.read_text().splitlines()
    assert len(after) == len(before) + 1
    assert [line.rstrip(",") for line in before] == [line.rstrip(",") for line in after if "more.txt" not in line]


def test_create_is_stable_and_a_change_touches_one_line(leakgauge: Leakgauge, accepted: Path, tmp_path: Path) -> None:
    """Creating again changes no byte; a new copy of a value changes one line."""
    before = (tmp_path / FILE).read_bytes()
    leakgauge("baseline", "create", "data")
    assert (tmp_path / FILE).read_bytes() == before
    accepted.write_text(f"{CSV},,{MAIL}\n", encoding="utf-8")
    leakgauge("baseline", "create", "data")
    changed = set((tmp_path / FILE).read_bytes().splitlines()) - set(before.splitlines())
    assert [json.loads(line.rstrip(b","))["count"] for line in changed] == [2]


def test_update_drops_what_has_gone_and_keeps_verdicts(leakgauge: Leakgauge, accepted: Path, tmp_path: Path) -> None:
    """Entries that are found no more go, of removed files too; counts only fall; nothing new is accepted."""
    (tmp_path / "data" / "gone.txt").write_text(f"call {PHONE}, {PHONE}\n")
    (tmp_path / "data" / "less.txt").write_text(f"call {PHONE}, {PHONE}\n")
    leakgauge("baseline", "create", "data")
    path = tmp_path / FILE
    path.write_text(path.read_text().replace('"EMAIL_ADDRESS"', '"EMAIL_ADDRESS"', 1).replace("null}", '"rejected"}'))
    (tmp_path / "data" / "gone.txt").unlink()
    (tmp_path / "data" / "less.txt").write_text(f"call {PHONE} or {OTHER}\n")
    run = leakgauge("baseline", "update")
    assert (run.code, run.out.decode()) == (0, f"{FILE}: dropped 1, lowered 1, left 6\n")
    assert {entry["verdict"] for entry in entries(tmp_path)} == {"rejected"}
    assert [entry["count"] for entry in entries(tmp_path) if entry["path"] == "data/less.txt"] == [1]


def test_update_keeps_what_cannot_be_read(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Entries of a file that is damaged stay, and the exit code is 3."""
    import gzip

    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(CSV.encode()))
    leakgauge("baseline", "create", "a.csv.gz")
    path.write_bytes(path.read_bytes()[:20])
    run = leakgauge("baseline", "update")
    assert (run.code, len(entries(tmp_path))) == (3, 5)
    assert "a.csv.gz" in run.err


@pytest.mark.parametrize("keyed", [False, True])
def test_values_behind_many_new_ones_are_not_dropped(leakgauge: Leakgauge, tmp_path: Path, keyed: bool) -> None:
    """With a key all that was accepted still is; without one what is not looked up is told, and `update` keeps it."""
    env = {"LEAKGAUGE_KEY": "k"} if keyed else {}
    old, new = ([f"010-0000-{number:04d}\n" for number in some] for some in (range(5000, 5050), range(300)))
    path = tmp_path / "data" / "a.csv"
    path.parent.mkdir()
    path.write_text("".join(["phone\n", *old]))
    assert leakgauge("baseline", "create", "data", env=env).code == 0
    before = entries(tmp_path)
    path.write_text("".join(["phone\n", *new, *old]))
    run = leakgauge("scan", "--baseline", FILE, "data", env=env)
    told = [(issue["kind"], issue["path"], issue["severity"]) for issue in run.issues]
    assert (run.code, run.summary["stale"], run.summary["complete"]) == (1, 0, True)
    assert told == ([] if keyed else [("baseline", "data/a.csv", "warning")])
    update = leakgauge("baseline", "update", env=env)
    assert (update.code, entries(tmp_path)) == (0, before)
    assert ("too many values" in update.err) != keyed
    if keyed:
        assert [finding["line"] for finding in run.findings] == list(range(2, 302))


def test_create_refuses_to_hash_for_hours(leakgauge: Leakgauge, accepted: Path, tmp_path: Path) -> None:
    """A baseline that was made small does not take up thousands of values more, each at its cost."""
    assert f'"n":{MOST}' in (tmp_path / FILE).read_text()
    before = (tmp_path / FILE).read_bytes()
    accepted.write_text("phone\n" + "".join(f"010-0000-{number:04d}\n" for number in range(9000)))
    run = leakgauge("baseline", "create", "data")
    assert (run.code, "made for fewer values: remove it" in run.err) == (2, True)
    assert (tmp_path / FILE).read_bytes() == before


def test_rejected_entries_are_reported(leakgauge: Leakgauge, accepted: Path, tmp_path: Path) -> None:
    """A rejected entry is in the baseline and is reported all the same."""
    path = tmp_path / FILE
    path.write_text(re.sub(r'("EMAIL_ADDRESS".*)null', r'\1"rejected"', path.read_text()))
    run = scan(leakgauge)
    assert (run.code, [finding["entity_type"] for finding in run.findings]) == (1, ["EMAIL_ADDRESS"])


def test_stale_entries_are_not_counted_where_not_all_is_looked_for(leakgauge: Leakgauge, accepted: Path) -> None:
    """With --only nobody can say what is stale, and files that are not scanned have no stale entries."""
    run = scan(leakgauge, "--only", "PERSON")
    assert (run.code, run.summary["baselined"], "stale" in run.summary) == (0, 2, False)
    (accepted.parent / "other.txt").write_text("quiet\n")
    assert leakgauge("scan", "--baseline", FILE, "data/other.txt").summary["stale"] == 0


@pytest.mark.parametrize("keyed", [False, True])
def test_no_value_and_no_common_hash_of_one_is_in_the_file(leakgauge: Leakgauge, orders: Path, keyed: bool) -> None:
    """The file holds no value, in any spelling that is looked for, nor an unsalted hash of one; without a key no hash
    that is longer than 12 bits."""
    assert leakgauge("baseline", "create", "data", env={"LEAKGAUGE_KEY": "k"} if keyed else {}).code == 0
    data = (orders.parent.parent / FILE).read_text().lower()
    for value in (PHONE, OTHER, MAIL, "홍길동", "김철수"):
        digits = re.sub("[^0-9]", "", value)
        spellings = {value, digits, digits.removeprefix("0"), f"+82{digits[1:]}"} - {""}
        for raw in (spelling.encode() for spelling in spellings):
            hashes = [hashlib.new(name, raw) for name in hashlib.algorithms_guaranteed]
            texts = [each.hexdigest(32) if "shake" in each.name else each.hexdigest() for each in hashes]
            assert not [text for text in (raw.decode(), f"{zlib.crc32(raw):08x}", *texts) if text in data]
            assert not keyed or not [text for text in texts if text[:16] in data]
    tags = [entry["tag"] for entry in entries(orders.parent.parent)]
    assert {len(tag) for tag in tags} == {32 if keyed else 3}


def test_the_baseline_holds_nothing_to_find_and_is_not_scanned(leakgauge: Leakgauge, accepted: Path) -> None:
    """A scan of the baseline finds nothing, and a scan that uses it leaves it out, even where it was named."""
    assert leakgauge("scan", FILE).code == 0
    run = leakgauge("scan", "--baseline", FILE, ".")
    assert [file["path"] for file in run.summary["coverage"]] == ["./data/orders.csv"]
    assert leakgauge("scan", "--baseline", FILE, FILE).summary["files"] == 0


def test_a_keyed_baseline_needs_its_key(leakgauge: Leakgauge, orders: Path) -> None:
    """With the key it accepts; without it, with another, or by adding a key later it says what to do."""
    key = {"LEAKGAUGE_KEY": "secret"}
    leakgauge("baseline", "create", "data", env=key)
    command = ("scan", "--baseline", FILE, "data")
    assert leakgauge(*command, env=key).code == 0
    none, other = leakgauge(*command), leakgauge(*command, env={"LEAKGAUGE_KEY": "x"})
    assert (none.code, other.code) == (2, 2)
    assert "was made with a key: give the same one" in none.err
    assert "another key" in other.err
    leakgauge("baseline", "create", "data", "-o", "plain.json")
    assert "was made without a key" in leakgauge("baseline", "create", "data", "-o", "plain.json", env=key).err


def test_a_baseline_that_is_missing_is_an_error(leakgauge: Leakgauge, orders: Path) -> None:
    """Nothing is scanned without it, and the message names what makes one."""
    runs = [
        scan(leakgauge),
        leakgauge("baseline", "update"),
        leakgauge("baseline", "create", "data", "-o", "no/b.json"),
    ]
    assert [(run.code, run.out) for run in runs] == [(2, b"")] * 3
    assert "leakgauge baseline create" in runs[0].err


def test_unread_files_make_create_exit_with_3(leakgauge: Leakgauge, orders: Path) -> None:
    """What was found is accepted, and what could not be read is told on stderr."""
    run = leakgauge("baseline", "create", "data", "gone.csv")
    assert (run.code, "gone.csv" in run.err, len(entries(orders.parent.parent))) == (3, True, 5)


def test_several_processes_accept_the_same(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A file that several processes read is judged as a whole: one copy more than accepted is found once."""
    path = tmp_path / "data" / "large.txt"
    path.parent.mkdir()
    line = f"{'quiet words and nothing else ' * 40}\n"
    path.write_text(line * 10_000 + f"call {PHONE}\n" + line * 20_000 + f"call {PHONE}\n")
    assert leakgauge("baseline", "create", "data").code == 0
    assert entries(tmp_path)[0]["count"] == 2
    with path.open("a") as file:
        file.write(f"call {PHONE}\n")
    assert [finding["line"] for finding in scan(leakgauge, "-j", "2").findings] == [30_003]


def test_an_audit_needs_a_terminal(leakgauge: Leakgauge, accepted: Path) -> None:
    """Where nobody can press a key it says so and exits with 2."""
    run = leakgauge("baseline", "audit")
    assert (run.code, "run it in a terminal" in run.err) == (2, True)


def audit(folder: Path, keys: str, *more: str) -> tuple[int, str]:
    """An audit in a pseudo-terminal: `keys` are pressed one by one when it asks; exit code and what was shown."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "baseline", "audit", *more],
        cwd=folder,
        env=environment(PYTHONPATH=os.pathsep.join(filter(None, sys.path)), TERM="dumb"),
        stdin=child,
        stdout=child,
        stderr=child,
        start_new_session=True,
    )
    os.close(child)
    shown, until = b"", time.monotonic() + 120
    try:
        while time.monotonic() < until:
            asked, open_ = shown.count(ASKS), b"\n" not in shown.rpartition(ASKS)[2]
            if select.select([parent], [], [], 0.5)[0]:
                try:
                    shown += os.read(parent, 65536)
                except OSError:  # the other end is closed
                    break
            elif open_ and 0 < asked <= len(keys):  # what is pressed before it listens is thrown away
                os.write(parent, keys[asked - 1].encode())
        return process.wait(timeout=30), shown.decode().replace("\r\n", "\n")
    finally:
        process.kill()
        os.close(parent)


def test_an_audit_takes_verdicts_and_goes_on_where_it_ended(accepted: Path, tmp_path: Path) -> None:
    """y and n are kept at once, s leaves it open, b goes back, q ends; the next audit asks only what is open."""
    code, shown = audit(tmp_path, "ybnsq")
    assert (code, shown.count("accept it?")) == (0, 5)
    assert [entry["verdict"] for entry in entries(tmp_path)] == ["rejected", None, None, None, None]
    code, shown = audit(tmp_path, "yyy\x04")
    assert "1 rejected, 1 of 5 entries still to be looked at" in shown
    assert "[1/4]" in shown
    code, shown = audit(tmp_path, "q", "--all")
    assert "[1/5]" in shown


def test_an_audit_shows_place_and_line_masked(accepted: Path, tmp_path: Path) -> None:
    """Each finding comes with its place, type, masked value and rule, and its line with all values in it masked."""
    _, shown = audit(tmp_path, "sssss")
    assert "data/orders.csv:2:5 [phone]: PHONE_NUMBER 010-****-**78  (phone-kr-mobile)" in shown
    assert "\n    홍**,010-****-**78,문 앞\n" in shown
    assert "\n    김**,010-****-**34,k***@example.com\n" in shown
    assert not [value for value in (PHONE, OTHER, MAIL, "홍길동", "김철수") if value in shown]


def test_an_audit_says_what_is_found_no_more(accepted: Path, tmp_path: Path) -> None:
    """Entries without a finding are not asked about, but told."""
    accepted.write_text("name,phone\n", encoding="utf-8")
    code, shown = audit(tmp_path, "")
    assert (code, "5 entries are found no more: leakgauge baseline update" in shown) == (0, True)


def test_the_python_of_the_document_runs(leakgauge: Leakgauge, accepted: Path, tmp_path: Path) -> None:
    """The example prints what is not accepted, masked, and nothing else."""
    accepted.write_text(CSV.replace(PHONE, "010-0000-4321"), encoding="utf-8")
    code = re.findall(r"^```python\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)[0]
    path = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment(PYTHONPATH=path), capture_output=True, check=True)
    assert done.stdout.decode().count("010-****-**21") == 1
    assert "010-****-**34" not in done.stdout.decode()


def test_commands_options_and_costs_of_the_document_exist() -> None:
    """Each command and option in the document is there, and the costs in its table are those of the code."""
    group: Any = cli.commands["baseline"]
    assert set(re.findall(r"leakgauge baseline (\w+)", DOCUMENT)) == set(group.commands)
    options = {
        each for command in (*group.commands.values(), cli.commands["scan"]) for p in command.params for each in p.opts
    }
    assert set(re.findall(r"`(--[a-z-]+)", DOCUMENT)) <= options
    rows = re.findall(r"\| (?:up to |from )?([0-9,]+)[^|]* \| n = (\d+) ", DOCUMENT)
    assert [(cost(int(values.replace(",", ""))), int(n)) for values, n in rows] == [(int(n), int(n)) for _, n in rows]
    assert (rows[0][1], rows[-1][1], cost(129) < MOST) == (str(MOST), str(LEAST), True)
