"""What several tests use: the command line as a real subprocess, rules of their own, and how hard Hypothesis tries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import settings

from scanner.columns import Headers, Profile
from scanner.config import ScanConfig
from scanner.model import Batch, Column, NoPlace
from scanner.pipeline import Engine
from scanner.rules import RuleSet, load_rules

settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=2000)  # pytest --hypothesis-profile=thorough
settings.load_profile("ci" if os.environ.get("CI") else "default")

COMMAND = [sys.executable, "-m", "scanner.cli"]
RULE = """
id = "{id}"
entity_type = "{entity}"
name = "a rule of a test"
description = "A rule of a test."
regions = ["*"]
languages = ["en"]
status = "experimental"
references = ["https://example.com/"]
{more}
[[pattern]]
name = "only"
regex = '{regex}'
boundary = "{boundary}"
score = {score}
"""


@dataclass(frozen=True)
class Run:
    """What a finished command gave: exit code, stdout, stderr."""

    code: int
    out: bytes
    err: str

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings among them."""
        return [line for line in self.lines if line["type"] == "finding"]

    @property
    def issues(self) -> list[dict[str, Any]]:
        """The issues among them."""
        return [line for line in self.lines if line["type"] == "issue"]

    @property
    def kinds(self) -> list[str]:
        """The kinds of the issues."""
        return [issue["kind"] for issue in self.issues]

    @property
    def summary(self) -> dict[str, Any]:
        """The last line."""
        assert self.lines[-1]["type"] == "summary"
        return self.lines[-1]


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: without a key of the user's, and with colours off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEAKGAUGE_")}
    return {**kept, "NO_COLOR": "1", **more}


@pytest.fixture
def leakgauge(tmp_path: Path) -> Callable[..., Run]:
    """Runs `leakgauge` in `tmp_path` and waits for it; `env` adds variables, `prefix` is a command that starts it."""

    def run(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None, prefix: Sequence[str] = ()) -> Run:
        command = [*prefix, *COMMAND, *map(str, args)]
        done = subprocess.run(
            command, input=stdin, capture_output=True, cwd=tmp_path, env=environment(**(env or {})), timeout=300
        )
        return Run(done.returncode, done.stdout, done.stderr.decode())

    return run


@pytest.fixture
def rules(tmp_path: Path) -> Callable[..., RuleSet]:
    """Makes a `RuleSet` of rows (id, entity type, regex, boundary, score, more TOML keys)."""

    def make(*rows: tuple[str, str, str, str, float, str]) -> RuleSet:
        for name, entity, regex, boundary, score, more in rows:
            text = RULE.format(id=name, entity=entity, regex=regex, boundary=boundary, score=score, more=more)
            (tmp_path / "xx").mkdir(exist_ok=True)
            (tmp_path / "xx" / f"{name}.toml").write_text(text, encoding="utf-8")
        return load_rules(tmp_path)

    return make


@pytest.fixture
def found() -> Callable[..., pl.DataFrame]:
    """Finds with a `RuleSet` in the cells of one column, called `field`; recognizers are left out."""

    def find(chosen: RuleSet, cells: Sequence[str | None], field: str | None = None) -> pl.DataFrame:
        only = tuple(rule.id for rule in chosen.rules)
        engine = Engine(ScanConfig(show_values=True, key=b"k", only=only), chosen)
        column = Column(field, pl.Series(cells, dtype=pl.String))
        batch = Batch([column], np.arange(1, len(cells) + 1, dtype=np.int64), NoPlace())
        return engine.findings(batch, Profile(Headers(chosen)))

    return find
