"""Measures what is found and what is not, by entity type and language, and writes docs/detection.md.

python bench/detection.py                 # our delivery lines, and texts that hold nothing
python bench/detection.py --sets FOLDER   # labelled sets too: FOLDER/<name>/*.jsonl, lines of {"text", "spans", "lang"}
python bench/detection.py --misses 20     # also print misses and false findings

Delivery lines are scanned by a copy of leakgauge whose gazetteers lack the places that stand in them. A finding counts
when it overlaps a labelled span of its type by half of both together (intersection over union).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nothing
from lines import DATA, held_back, held_lists, lines

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "detection.md"
COUNT = 2_000
# what others call the types
TYPES = {"PHONE": "PHONE_NUMBER", "EMAIL": "EMAIL_ADDRESS", "CARD": "CREDIT_CARD", "IP": "IP_ADDRESS",
         "TRACKING": "TRACKING_NUMBER"}  # fmt: skip
SCORED = ("PERSON", "PHONE_NUMBER", "ADDRESS", "DOOR_CODE", "EMAIL_ADDRESS", "CREDIT_CARD", "IP_ADDRESS")
Span = tuple[int, int]


@dataclass
class Tally:
    """Labelled, found and right spans of one entity type."""

    gold: int = 0
    found: int = 0
    right: int = 0
    shown: Counter[str] = field(default_factory=Counter)

    def row(self) -> tuple[float, float, float]:
        """F1, precision and recall; 0 where nothing is right."""
        precision, recall = self.right / (self.found or 1), self.right / (self.gold or 1)
        return 2 * self.right / ((self.found + self.gold) or 1), precision, recall


def scan(path: Path, tree: Path) -> list[dict[str, object]]:
    """The findings of the leakgauge in `tree` in a file or folder."""
    command = [sys.executable, "-m", "scanner.cli", "scan", "--exit-zero", "--no-gitignore", str(path)]
    run = subprocess.run(command, capture_output=True, env=os.environ | {"PYTHONPATH": str(tree)}, check=False)
    if run.returncode not in (0, 3):
        sys.exit(run.stderr.decode())
    rows = (json.loads(line) for line in run.stdout.splitlines())
    return [row for row in rows if row["type"] == "finding"]


def without_held(folder: Path) -> Path:
    """A copy of leakgauge in `folder` that does not know the words which are held back."""
    ignore = shutil.ignore_patterns("__pycache__", "build")
    for part in ("scanner", "rules"):
        shutil.copytree(ROOT / part, folder / part, ignore=ignore)
    for name in held_lists():
        path = folder / "rules" / "gazetteers" / f"{name}.txt"
        packed = path.with_suffix(".txt.gz")
        data = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
        kept = [line for line in data.decode().splitlines() if not held_back(line.split("\t")[0])]
        packed.unlink(missing_ok=True)
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def score(
    texts: Sequence[str], gold: Sequence[Iterable[tuple[int, int, str]]], tree: Path, misses: int
) -> dict[str, Tally]:
    """Scan texts as one file of JSON lines and compare; a tally for each labelled entity type."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        path.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")
        findings = scan(path, tree)
    found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    for row in findings:
        found[int(str(row["record"])) - 1].append((row["start"], row["end"], row["entity_type"]))  # type: ignore[arg-type]
    tallies: dict[str, Tally] = {}
    for text, spans, others in zip(texts, gold, found, strict=True):
        for entity in {entity for _, _, entity in spans} | {entity for _, _, entity in others}:
            tally = tallies.setdefault(entity, Tally())
            mine = {(a, b) for a, b, e in spans if e == entity}
            theirs = {(a, b) for a, b, e in others if e == entity}
            missed, false = _compare(mine, theirs)
            tally.gold, tally.found = tally.gold + len(mine), tally.found + len(theirs)
            tally.right += len(mine) - len(missed)
            _show(text, entity, missed, false, tally.shown, misses)
    return {entity: tally for entity, tally in tallies.items() if tally.gold}


def _compare(gold: set[Span], found: set[Span]) -> tuple[set[Span], set[Span]]:
    """The labelled spans that no finding overlaps enough, and the findings that overlap none; each counts once."""
    pairs = sorted(((_overlap(g, f), g, f) for g in gold for f in found), reverse=True)
    missed, false = set(gold), set(found)
    for share, g, f in pairs:
        if share >= 0.5 and g in missed and f in false:
            missed.discard(g)
            false.discard(f)
    return missed, false


def _overlap(a: Span, b: Span) -> float:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def _show(text: str, entity: str, missed: set[Span], false: set[Span], shown: Counter[str], most: int) -> None:
    for kind, spans in (("MISS", missed), ("FALSE", false)):
        for start, end in sorted(spans):
            if shown[kind] < most:
                shown[kind] += 1
                print(f"    {kind:5} {entity:12} {text[start:end]!r} in {text[max(0, start - 60) : end + 60]!r}")


def table(rows: dict[str, dict[str, Tally]]) -> str:
    """A Markdown table: F1 of each entity type, with precision and recall."""
    entities = [entity for entity in SCORED if any(entity in tallies for tallies in rows.values())]
    text = f"| | {' | '.join(entities)} |\n|{'---|' * (len(entities) + 1)}\n"
    for name, tallies in rows.items():
        cells = [_cell(tallies[entity]) if entity in tallies else "" for entity in entities]
        text += f"| {name} | {' | '.join(cells)} |\n"
    return text


def _cell(tally: Tally) -> str:
    f1, precision, recall = tally.row()
    return f"**{f1:.2f}** ({precision:.2f}, {recall:.2f})"


def labelled(folder: Path, tree: Path, misses: int) -> dict[str, dict[str, Tally]]:
    """The tallies of each labelled set below `folder`."""
    rows = {}
    for path in sorted(p for p in folder.iterdir() if p.is_dir()):
        docs = [json.loads(line) for file in sorted(path.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
        spans = [[(s["start"], s["end"], TYPES.get(s["label"], s["label"])) for s in doc["spans"]] for doc in docs]
        rows[path.name] = score([doc["text"] for doc in docs], spans, tree, misses)
        print(path.name, {entity: f"{tally.row()[0]:.3f}" for entity, tally in rows[path.name].items()})
    return rows


def quiet(folder: Path) -> str:
    """A Markdown table: findings in texts that hold nothing."""
    nothing.write(folder / "made")
    places = [("tables of numbers, hashes, lock files, logs (made)", folder / "made")]
    places += [(f"source of {name}", Path(sysconfig.get_paths()["purelib"]) / name) for name in nothing.PACKAGES]
    text = "| | KB | findings | in 100 KB | types |\n|---|---|---|---|---|\n"
    for title, path in places:
        size = sum(file.stat().st_size for file in path.rglob("*") if file.suffix in nothing.SUFFIXES) / 1e3
        chosen = [row for row in scan(path, ROOT) if Path(str(row["path"])).suffix in nothing.SUFFIXES]
        types = Counter(str(row["entity_type"]) for row in chosen)
        listed = ", ".join(f"{entity} {count}" for entity, count in types.most_common())
        text += f"| {title} | {size:,.0f} | {len(chosen)} | {len(chosen) / size * 100:.2f} | {listed} |\n"
    return text


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, help="a folder of labelled sets")
    parser.add_argument("--only", nargs="*", default=list(DATA), help="languages of the delivery lines")
    parser.add_argument("--misses", type=int, default=0, help="print up to so many misses and false findings of a type")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = without_held(Path(folder) / "tree")
        rows = {}
        for language in args.only:
            made = lines(language, COUNT)
            rows[language] = score([line.text for line in made], [line.spans for line in made], tree, args.misses)
            print(language, {entity: f"{tally.row()[0]:.3f}" for entity, tally in rows[language].items()})
        if len(args.only) < len(DATA):
            return
        page = f"{HEAD}\n{LINES}\n{table(rows)}\n{NOTHING}\n{quiet(Path(folder))}"
        if args.sets:
            page += f"\n{SETS}\n{table(labelled(args.sets, ROOT, args.misses))}"
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    print(page)


HEAD = """# What is found, and what is not

Written by `make detection`. Each cell: **F1** (precision, recall). A finding counts when it overlaps a labelled span of
its type by at least half of both together. What is known to be missed, and why: [fixtures/misses](../fixtures/misses).
"""
LINES = """## Delivery lines

2,000 lines a language (`bench/lines.py`): name, phone, address and sometimes a door code, in all orders, glued or
separated, some with labels. The people are invented; the gazetteers lack the roads, towns and wards of the lines.
"""
NOTHING = """## Texts that hold nothing

Findings at the default threshold. Source of installed packages holds authors' names and e-mail addresses, which are
findings too.
"""
SETS = """## Labelled sets of others

Public sets of their own licences, which are not part of the project. Prose (klue_ner, weibo_ner, stockmark_ja, aqmar,
wnut17) is not what leakgauge is made for; sets of whole addresses are to be read for recall.
"""

if __name__ == "__main__":
    main()
