"""Fuzzes by coverage: `python fuzz SECONDS [TARGET...]`, each target for so long in a process of its own.

The fuzzer is libFuzzer, by atheris.

An input that breaks a promise is kept in `fuzz/corpus/TARGET/`, where the tests read it again.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scanner.containers", "scanner.readers", "scanner.decode", "scanner.plan"]):
    from targets import ROOT, SECONDS, TARGETS, check

_MAX_BYTES = 1 << 16
_MEMORY = 2048  # MiB


def main(seconds: int, names: list[str]) -> int:
    """Fuzz some targets, or all; how many of them failed."""
    failed = [name for name in names or TARGETS if _run(name, seconds)]
    print("faults in:", ", ".join(failed) or "none")
    return len(failed)


def _run(name: str, seconds: int) -> int:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, str(ROOT), "--one", name, str(seconds)]).returncode


def one(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    target = TARGETS[name]
    kept = ROOT / "corpus" / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(target.seeds()):
            (Path(folder) / str(number)).write_bytes(seed[:_MAX_BYTES])
        options = [f"-max_total_time={seconds}", f"-timeout={SECONDS * 2}", f"-max_len={_MAX_BYTES}"]
        options += [f"-rss_limit_mb={_MEMORY}", f"-artifact_prefix={kept}/", "-verbosity=0", "-report_slow_units=3600"]
        check(target, b"")  # loads the rules
        atheris.Setup([sys.argv[0], *options, folder], lambda data: check(target, data))
        atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        one(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(min(main(int(sys.argv[1]), sys.argv[2:]), 1))
