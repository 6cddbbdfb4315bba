"""Measures `leakgauge mask` on the CSV of 1,000,000 orders, and writes bench/mask.md.

python bench/mask.py             # three runs, medians
python bench/mask.py --quick     # a tenth of it, one run, nothing written

Next to it, on the same file in the same minutes: the same without the scan of what was written, and `leakgauge size`,
which has to find the same values.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path

import generate

from bench import measure

HERE = Path(__file__).resolve().parent
CLI = [sys.executable, "-m", "scanner.cli"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rows, runs = (100_000, 1) if quick else (1_000_000, 3)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as tmp:
        text = _table(Path(tmp), rows, runs)
    print(text)
    if not quick:
        (HERE / "mask.md").write_text(text, encoding="utf-8")


def _table(folder: Path, rows: int, runs: int) -> str:
    source, out = folder / "orders.csv", folder / "masked.csv"
    generate.orders(source, rows)
    size = source.stat().st_size / 1e6
    commands = {
        "`leakgauge mask --no-verify`": [*CLI, "mask", "-q", "--force", "--no-verify", str(source), str(out)],
        "`leakgauge mask`": [*CLI, "mask", "-q", "--force", str(source), str(out)],
        "`leakgauge size`": [*CLI, "size", "--exit-zero", str(source)],
    }
    lines = [
        f"Measured by `make bench` on {os.cpu_count()} cores, {platform.machine()}, Python"
        f" {platform.python_version()}; medians. A CSV of {rows:,} orders, {size:.0f} MB.",
        "",
        "| what | seconds | MB/s | peak memory |",
        "|---|---|---|---|",
    ]
    for name, command in commands.items():
        done = [measure(command, folder / "stdout", (0,)) for _ in range(runs)]
        seconds = statistics.median(run.seconds for run in done)
        peak = max(run.peak_mb for run in done)
        lines.append(f"| {name} | {seconds:.1f} | {size / seconds:.1f} | {peak:.0f} MB |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
