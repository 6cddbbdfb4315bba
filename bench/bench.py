"""Measures `leakgauge scan` on generated files, next to a peer in the same run, and writes bench/results.md.

python bench/bench.py            # 1 M and 5 M rows, 100 MB of log lines; three runs each, medians
python bench/bench.py --quick    # a tenth of it, one run
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import generate

HERE = Path(__file__).resolve().parent
PEER = (
    "import polars, sys; cells = polars.scan_csv(sys.argv[1], infer_schema=False);"
    "print(cells.select(polars.all().str.len_bytes().sum()).collect().row(0)[0])"
)
COUNT = (
    "import sys; file = open(sys.argv[1], 'rb');"
    "print(sum(block.count(b'\\n') for block in iter(lambda: file.read(1 << 20), b'')))"
)


@dataclass
class Run:
    seconds: float
    peak_mb: float
    output: Path

    def summary(self) -> dict[str, object]:
        with self.output.open("rb") as file:
            file.seek(max(0, self.output.stat().st_size - 65536))
            return json.loads(file.read().splitlines()[-1])


def measure(command: list[str], output: Path, codes: Sequence[int] = (0, 1), *, watched: bool = True) -> Run:
    """Run a command with stdout to a file; seconds, and the peak of the memory of it and its children if `watched`.

    To watch takes time from processes with much memory. The command must exit with one of `codes`.
    """
    with output.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out)
        peak = [0.0]
        watcher = threading.Thread(target=watch, args=(process.pid, peak), daemon=True)
        if watched:
            watcher.start()
        process.wait()
        seconds = time.perf_counter() - started
    if process.returncode not in codes:
        sys.exit(f"{' '.join(command)} exited with {process.returncode}")
    return Run(seconds, peak[0], output)


def watch(root: int, peak: list[float]) -> None:
    while tree := family(root):
        peak[0] = max(peak[0], sum(memory(pid) for pid in tree))
        time.sleep(0.5)  # to read the maps of large processes takes a core a tenth of a second


def family(root: int) -> list[int]:
    """A process and its descendants that are alive."""
    result, queue = [], [root]
    while queue:
        pid = queue.pop()
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                queue += map(int, (task / "children").read_text().split())
            result.append(pid)
        except (OSError, ValueError):
            continue
    return result if any(memory(pid) for pid in result) else []


def memory(pid: int) -> float:
    """Proportional set size in MB."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--jobs", type=int, default=0)
    args = parser.parse_args()
    scale, runs = (10, 1) if args.quick else (1, 3)
    rows = []
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as tmp:
        folder = Path(tmp)
        generate.clean_log(folder / "clean.log", 1_000_000 // scale)
        generate.orders(folder / "orders-1m.csv", 1_000_000 // scale)
        generate.orders(folder / "orders-5m.csv", 5_000_000 // scale)
        for name, peer, times in (
            ("clean.log", COUNT, runs),
            ("orders-1m.csv", PEER, runs),
            ("orders-5m.csv", PEER, 1),
        ):
            rows.append(case(folder / name, peer, times, args.jobs))
            print(rows[-1], flush=True)
    report = [
        f"Measured by `make bench` on {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()};"
        " medians. The peer reads the same file: `polars` sums the lengths of all cells of the CSV, plain Python"
        " counts the lines of the log.",
        "",
        "| file | MB | records/s | findings/s | MB/s | peak memory | times the peer |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    if not args.quick:
        (HERE / "results.md").write_text("\n".join(report), encoding="utf-8")


def case(path: Path, peer: str, runs: int, jobs: int) -> str:
    out = path.with_suffix(".out")
    scans = [
        measure([sys.executable, "-m", "scanner.cli", "scan", "-j", str(jobs), str(path)], out) for _ in range(runs)
    ]
    peers = [measure([sys.executable, "-c", peer, str(path)], path.with_suffix(".peer")) for _ in range(runs)]
    summary = scans[-1].summary()
    seconds = statistics.median(run.seconds for run in scans)
    size = path.stat().st_size / 1e6
    ratio = seconds / statistics.median(run.seconds for run in peers)
    peak = max(run.peak_mb for run in scans)
    return (
        f"| {path.name} | {size:.0f} | {summary['records'] / seconds:,.0f} | {summary['findings'] / seconds:,.0f}"
        f" | {size / seconds:.1f} | {peak:.0f} MB | {ratio:.1f} |"
    )


if __name__ == "__main__":
    main()
