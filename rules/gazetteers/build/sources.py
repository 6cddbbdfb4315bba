"""Where the lists come from: installed Python packages and unpacked npm packages."""

from __future__ import annotations

import csv
import importlib
import importlib.util
from collections.abc import Iterable, Mapping
from pathlib import Path

# The lists of a language: name, and its words, or words with a weight each.
Lists = Iterable[tuple[str, Iterable[str] | Mapping[str, int]]]


def listed(text: str) -> list[str]:
    """The words of a text that is split by white space."""
    return text.split()


def package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; run make gazetteers")
    return Path(spec.origin).parent


def rows(name: str) -> list[list[str]]:
    """The data rows of one of privyscope's CSV files."""
    path = package("privyscope") / "_core" / "_vendor" / "datas" / name
    with path.open(encoding="utf-8-sig", newline="") as lines:
        data = [row for row in csv.reader(lines) if row and not row[0].startswith("#")]
    return data[1:]


def faker(locale: str, *attributes: str) -> set[str]:
    """The words of some name lists of Faker's person provider."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    return {word for name in attributes for word in getattr(provider, name, ())}


def npm(folder: Path, name: str, file: str) -> str:
    """The text of a file of an npm package that `npm pack` and `tar xzf` left in `folder`/`name`."""
    path = folder / name / "package" / file
    if not path.is_file():
        raise SystemExit(f"{path} is missing; run make gazetteers")
    return path.read_text(encoding="utf-8")
