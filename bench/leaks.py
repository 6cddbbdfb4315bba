"""Sizes the six leaks at a million rows in each format and compares the counts with the truth; writes bench/leaks.md.

python bench/leaks.py                              # BENCH_DIR says where there is room for some gigabytes
python bench/leaks.py waybills/pasted.txt …        # these files only; the lines of the others stay
python bench/leaks.py --rows 10000                 # nothing is written
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import measure

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "fixtures"))

from leaks_made import LEAKS, make  # noqa: E402 - the fixtures are no package of ours

ROWS = 1_000_000
# how far counts of values may be from the truth; distinct values and people 5 %
WITHIN = {"PHONE_NUMBER": 0.005, "EMAIL_ADDRESS": 0.005, "TRACKING_NUMBER": 0.005, "PERSON": 0.03, "USERNAME": 0.03,
          "ADDRESS": 0.02, "DOOR_CODE": 0.05}  # fmt: skip
DISTINCT, STRANGE = 0.05, 0.01


HEAD = f"""\
`leakgauge size` of the six leaks at {ROWS:,} rows against what they were made of, by `make bench`: how far each count
is off, in percent of the truth. Allowed: records 0, phone, mail and parcel numbers 0.5, names and user names 3,
addresses 2, door codes 5, distinct values and people 5, values of types that are not there 1.

| leak | records | values | distinct | people | strange | seconds | verdict |
|---|---|---|---|---|---|---|---|
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("files", nargs="*", metavar="LEAK/FILE")
    args = parser.parse_args()
    names = {f"{name}/{file.name}": (name, file) for name, leak in LEAKS.items() for file in leak.files}
    if unknown := set(args.files) - set(names):
        parser.error(f"no such file: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    for shown in args.files or names:
        name, file = names[shown]
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as tmp:
            truth = make(name, Path(tmp), args.rows, files=[file.name])
            line = _line(Path(tmp) / file.name, truth, empty=file.empty)
        print(line, flush=True)
        if args.rows == ROWS:
            _keep(line, list(names))


def _keep(line: str, names: list[str]) -> None:
    """Put a line into bench/leaks.md, in the order of `names`, in place of the last one of the same file."""
    path = HERE / "leaks.md"
    known = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = {row.split()[1]: row for row in [*known, line] if row.startswith("| ") and row.split()[1] in names}
    path.write_text(HEAD + "".join(f"{lines[name]}\n" for name in names if name in lines), encoding="utf-8")


def _line(path: Path, truth: dict[str, Any], *, empty: bool) -> str:
    run = measure(
        [sys.executable, "-m", "scanner.cli", "size", "--format", "json", str(path)], path.with_suffix(".out")
    )
    found = json.loads(run.output.read_bytes())
    if empty:
        good = found["entities"] == {} and found["records"] == truth["empty"][0]["records"]
        cells = [f"{found['records']:,}", str(found["entities"] or "none"), "", "", ""]
    else:
        cells, good = _compared(found, truth)
    name = f"{truth['leak']}/{path.name}"
    return f"| {name} | {' | '.join(cells)} | {run.seconds:.0f} | {'good' if good else '**off**'} |"


def _compared(found: dict[str, Any], truth: dict[str, Any]) -> tuple[list[str], bool]:
    """The cells of a row, and whether all of them are within what is allowed."""
    entities = truth["entities"]
    none = {"items": 0, "distinct": 0}
    items = {kind: _off(found["entities"].get(kind, none)["items"], true["items"]) for kind, true in entities.items()}
    distinct = {
        kind: _off(found["entities"].get(kind, none)["distinct"], true["distinct"]) for kind, true in entities.items()
    }
    people = _off(found["subjects"]["estimate"], truth["people"])
    strange = sum(counts["items"] for kind, counts in found["entities"].items() if kind not in entities)
    share = strange / sum(true["items"] for true in entities.values())
    good = (
        found["records"] == truth["records"]
        and all(abs(off) <= WITHIN[kind] for kind, off in items.items())
        and max(map(abs, (*distinct.values(), people))) <= DISTINCT
        and share <= STRANGE
    )
    shown = [_shown(items), _shown(distinct)]
    return [f"{found['records']:,}", *shown, f"{100 * people:+.2f}", f"{100 * share:.2f}"], good


def _shown(off: dict[str, float]) -> str:
    """What is not exact."""
    return ", ".join(f"{kind} {100 * share:+.2f}" for kind, share in off.items() if share) or "exact"


def _off(found: float, true: float) -> float:
    return (found - true) / true if true else float(found > 0)


if __name__ == "__main__":
    main()
