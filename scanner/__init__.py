"""leakgauge finds personal data in files before they are shared, and gauges what leaked when they were.

    from scanner import ScanConfig, scan

    for finding in scan(["export.csv"]):
        print(finding.path, finding.line, finding.entity_type, finding.masked)

The names below are the public interface; they are imported when first used, so that `import scanner` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.api import frames, scan
    from scanner.config import ScanConfig
    from scanner.errors import ConfigError, LeakgaugeError, RuleError, UsageError
    from scanner.model import Evidence, Finding, Issue, Summary
    from scanner.size import size_of

__version__ = "0.1.0"

__all__ = [
    "ConfigError",
    "Evidence",
    "Finding",
    "Issue",
    "LeakgaugeError",
    "RuleError",
    "ScanConfig",
    "Summary",
    "UsageError",
    "frames",
    "scan",
    "size_of",
]

_HOMES = {
    "api": ("frames", "scan"),
    "config": ("ScanConfig",),
    "errors": ("ConfigError", "LeakgaugeError", "RuleError", "UsageError"),
    "model": ("Evidence", "Finding", "Issue", "Summary"),
    "size": ("size_of",),
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"scanner.{home}"), name)
    raise AttributeError(f"module 'scanner' has no attribute {name!r}")
