"""Cold start: `leakgauge hook` on five clean files against `python -c "import click"`, medians of ten runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 10
FILES = {
    "tool.py": '''"""A tool that reads a table and writes it again, sorted by size; rows without one come last."""

import csv
import sys
from pathlib import Path


def size(row: dict[str, str]) -> int:
    """Return the size of a row, 0 where it has none."""
    return int(row.get("size") or 0)


def main() -> None:
    """Read, sort, write. Version 1.2.10, since 2024-01-15."""
    with Path(sys.argv[1]).open(newline="", encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=size)
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
''',
    "README.md": "# Sorting\n\nRun `python tool.py sizes.csv`.\n\n- 1.2.10 (2024-01-15): no size comes last\n",
    "build.yaml": "name: build\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make test\n",
    "row.ts": "// Rows of a table\nexport interface Row { name: string; size?: number }\n",
    "settings.toml": "[tool.sorter]\ntimeout = 30\nretries = 3\n",
}


KOREAN = "// 표를 정렬한다: 크기가 없는 행은 마지막에 온다\n"


def main() -> None:
    compare("five clean files", FILES)
    compare("with a comment in Korean", FILES | {"row.ts": KOREAN + FILES["row.ts"]})


def compare(what: str, files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        commands = {"import click": ["-c", "import click"], "hook": ["-m", "scanner.cli", "hook", *files]}
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                took[name].append(measured([sys.executable, *command], folder))
    for unit, number in (("wall", 0), ("CPU", 1)):
        click, hook = (statistics.median(run[number] for run in took[name]) for name in commands)
        print(
            f"{what}, {unit}: import click {1000 * click:.0f} ms, hook {1000 * hook:.0f} ms, ratio {hook / click:.1f}"
        )


def measured(command: list[str], folder: str) -> tuple[float, float]:
    """Seconds on the wall and of the CPU that a command takes, which must end with 0."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True)
    wall, after = time.perf_counter() - start, os.times()
    return wall, sum(after[2:4]) - sum(before[2:4])


if __name__ == "__main__":
    main()
