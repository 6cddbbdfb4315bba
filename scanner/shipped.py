"""Where the rules and word lists are that come with leakgauge."""

from __future__ import annotations

from pathlib import Path


def rules_dir() -> Path:
    """The folder of the rules that come with leakgauge, in a wheel or in an editable install."""
    here = Path(__file__).resolve().parent
    packaged = here / "_rules"
    return packaged if packaged.is_dir() else here.parent / "rules"
