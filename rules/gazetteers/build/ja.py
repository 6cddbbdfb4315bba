"""Japanese lists."""

from __future__ import annotations

from pathlib import Path

from sources import Lists, package, rows


def lists(npm_folder: Path) -> Lists:
    """The most frequent surnames; cities, wards, towns."""
    path = package("japanese_personal_name_dataset") / "dataset" / "last_name_org.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    yield "ja-surnames", {line.split(",")[0] for line in lines[:1500]}
    yield "jp-cities", {row[1] for row in rows("jp_addresses.csv") if len(row[1]) > 1}
