"""Measures `leakgauge size` and dense scans next to their peers in the same run, and writes bench/size.md.

python bench/size.py             # 3,000,000 rows of an address book, dense contacts, clean logs; three runs, medians
python bench/size.py --full      # and one run over 33,700,000 rows, some 5.5 GB: BENCH_DIR says where there is room
python bench/size.py --quick     # a tenth of it, one run, nothing written
python bench/size.py dense clean # these parts; what bench/size.md says of others stays

The peers: DuckDB counts the rows of the same CSV, polars adds up the lengths of its cells; Kingfisher looks for two
rules, Korean mobile numbers and e-mail addresses, with everything else of it switched off.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import book
import generate

from bench import PEER, Run, measure

HERE = Path(__file__).resolve().parent
COUNT = (
    "import duckdb, sys;"
    "print(duckdb.sql(f\"select count(*) from read_csv('{sys.argv[1]}', all_varchar=true, header=true)\").fetchall())"
)
RULES = """\
rules:
  - {name: Korean mobile number, id: bench.phone, min_entropy: 0.0, confidence: medium, examples: ['010-1234-5678'],
     pattern: '((?:01[016789]|050[2-9])-[0-9]{3,4}-[0-9]{4})'}
  - {name: E-mail address, id: bench.email, min_entropy: 0.0, confidence: medium, examples: ['user@example.com'],
     pattern: '([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,100}\\.[A-Za-z]{2,10})'}
"""
FOUND = b"mail user1@example.com phone 010-0000-0001\n"
TWO = ["--only", "PHONE_NUMBER", "--only", "EMAIL_ADDRESS"]


@dataclass(frozen=True)
class Median:
    """Seconds and memory of several runs, and the lines or bytes of the last."""

    seconds: float
    peak_mb: float
    lines: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    args = parser.parse_args()
    if unknown := set(args.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    scale, runs = (10, 1) if args.quick else (1, 3)
    for part, jobs in PARTS.items():
        if part in args.parts or (not args.parts and (part != "full" or args.full)):
            for job in jobs:
                with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as tmp:
                    text = job(Path(tmp), scale, 1 if part == "full" else runs)
                if not args.quick:
                    _keep(text)


def _keep(text: str) -> None:
    """Put a part into bench/size.md, in place of the last one with its heading."""
    path = HERE / "size.md"
    known = path.read_text(encoding="utf-8").split("\n## ")[1:] if path.exists() else []
    parts = {part.split("\n")[0]: part for part in [*known, text.removeprefix("## ")]}
    head = (
        f"Measured by `make bench` on {os.cpu_count()} cores, {platform.machine()}, Python"
        f" {platform.python_version()}; medians.\n"
    )
    path.write_text("\n## ".join([head, *parts.values()]), encoding="utf-8")


def _book(folder: Path, rows: int, runs: int) -> str:
    path = folder / "book.csv"
    book.write(path, rows)
    sized = _median([sys.executable, "-m", "scanner.cli", "size", str(path)], runs, folder)
    duck = _median([sys.executable, "-c", COUNT, str(path)], runs, folder)
    frame = _median([sys.executable, "-c", PEER, str(path)], runs, folder)
    size = path.stat().st_size / 1e6
    path.unlink()
    table = [
        f"## An address book of {rows:,} rows, {size:,.0f} MB",
        "",
        "| what | seconds | MB/s | peak memory | times DuckDB |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {run.seconds:.1f} | {size / run.seconds:.0f} | {run.peak_mb:.0f} MB"
            f" | {run.seconds / duck.seconds:.1f} |"
            for name, run in (("`leakgauge size`", sized), ("DuckDB `count(*)`", duck), ("polars, lengths", frame))
        ),
        "",
    ]
    return _shown(table)


def _dense(folder: Path, rows: int, runs: int) -> str:
    """A CSV of telephone numbers and mail addresses."""
    path = folder / "contacts.csv"
    with path.open("wb") as out:
        for start in range(0, rows, book.CHUNK):
            frame = book.chunk(start, min(book.CHUNK, rows - start)).select("연락처", "이메일")
            frame.write_csv(out, include_header=start == 0)
    ours = _median([sys.executable, "-m", "scanner.cli", "scan", *TWO, str(path)], runs, folder)
    peer = _kingfisher(path, runs, folder)
    path.unlink()
    table = [
        f"## A CSV of {rows:,} rows of two values each",
        "",
        "| what | seconds | findings | findings/s | peak memory |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {run.seconds:.1f} | {run.lines:,} | {run.lines / run.seconds:,.0f} | {run.peak_mb:.0f} MB |"
            for name, run in (("`leakgauge scan`, the two types", ours), ("Kingfisher, two rules", peer))
        ),
        "",
        f"{ours.lines / ours.seconds / (peer.lines / peer.seconds):.1f} times the findings a second,"
        f" {ours.peak_mb / peer.peak_mb:.2f} of the memory.",
        "",
    ]
    return _shown(table)


def _clean(folder: Path, times: int, lines: int, runs: int) -> str:
    """Log lines that hold nothing, some `times` over: later numbers would look like telephone numbers of China.

    Then the same with a last line that holds something, which shows that the peer has read them all: it takes several
    times as long then.
    """
    path = folder / "clean.log"
    generate.clean_log(path, lines)
    data = path.read_bytes()
    with path.open("ab") as out:
        for _ in range(times - 1):
            out.write(data)
    size = path.stat().st_size / 1e6
    table = [
        f"## A log of {size:,.0f} MB that holds nothing",
        "",
        "| what | seconds | MB/s | peak memory | of Kingfisher's rate |",
        "|---|---|---|---|---|",
    ]
    for what, last in (("", b""), (", and a last line that holds something", FOUND)):
        with path.open("ab") as out:
            out.write(last)
        ours = _median([sys.executable, "-m", "scanner.cli", "scan", "--exit-zero", str(path)], runs, folder)
        peer = _kingfisher(path, runs, folder)
        assert bool(last) == bool(peer.lines)
        table += [
            f"| {name}{what} | {run.seconds:.1f} | {size / run.seconds:.0f} | {_memory(run)}"
            f" | {peer.seconds / run.seconds:.2f} |"
            for name, run in (("`leakgauge scan`, all rules", ours), ("Kingfisher, two rules", peer))
        ]
    path.unlink()
    return _shown([*table, ""])


def _memory(run: Median) -> str:
    """The peak, unless the run was over before anybody looked."""
    return f"{run.peak_mb:.0f} MB" if run.peak_mb >= 10 else "not seen"


def _kingfisher(path: Path, runs: int, folder: Path) -> Median:
    rules = folder / "rules.yml"
    rules.write_text(RULES, encoding="utf-8")
    binary = shutil.which("kingfisher") or str(Path(sys.executable).parent / "kingfisher")
    chosen = ["--rules-path", str(rules), "--load-builtins", "false", "--rule", "bench.phone", "--rule", "bench.email"]
    plain = ["--no-validate", "--no-update-check", "--no-dedup", "--no-base64", "--format", "jsonl", "--quiet"]
    plain += ["--max-file-size", "0"]
    return _median([binary, "scan", *chosen, *plain, str(path)], runs, folder, (0, 200, 205))


def _median(command: Sequence[str], runs: int, folder: Path, codes: Sequence[int] = (0, 1)) -> Median:
    seen: Run = measure(list(command), folder / "out", codes)
    # what is run once is watched while its time is taken
    done = [measure(list(command), folder / "out", codes, watched=False) for _ in range(runs)] if runs > 1 else [seen]
    with (folder / "out").open("rb") as file:
        lines = sum(b'"finding"' in line for line in file)
    return Median(statistics.median(run.seconds for run in done), seen.peak_mb, lines)


def _shown(table: Sequence[str]) -> str:
    text = "\n".join(table)
    print(text, flush=True)
    return text


PARTS = {
    "book": [lambda folder, scale, runs: _book(folder, 3_000_000 // scale, runs)],
    "dense": [lambda folder, scale, runs: _dense(folder, 1_000_000 // scale, runs)],
    "clean": [
        lambda folder, scale, runs: _clean(folder, 1, 1_000_000 // scale, runs),
        lambda folder, scale, runs: _clean(folder, 10, 1_000_000 // scale, runs),
    ],
    "full": [lambda folder, scale, runs: _book(folder, 33_700_000 // scale, runs)],
}

if __name__ == "__main__":
    main()
