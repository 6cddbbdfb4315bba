"""What several test modules use: the command line as a real subprocess."""

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

import pytest

COMMAND = [sys.executable, "-m", "scanner.cli"]


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
