"""Recognizers: what patterns cannot say, as Presidio `EntityRecognizer`s.

The language knowledge lies in modules that do not import Presidio (two seconds, 100 MB). `create` imports it; in a scan
that happens when a text first holds something, see `finder`. The table of them imports all languages, so it waits too.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.recognizers.base import SpanRecognizer
    from scanner.recognizers.nominate import RECOGNIZERS, Recognizer

__all__ = ["RECOGNIZERS", "Recognizer", "create"]


def create(name: str, supported_language: str = "en") -> SpanRecognizer:
    """Return the recognizer called `name`, a key of `RECOGNIZERS`. Raises `KeyError` for any other name."""
    from scanner.recognizers.nominate import RECOGNIZERS

    row = RECOGNIZERS[name]
    module = importlib.import_module(f"scanner.recognizers.{row.module}")
    from scanner.recognizers.base import SpanRecognizer

    return SpanRecognizer(name, row.entity_type, module.find, supported_language, breaks=row.breaks)


def __getattr__(name: str) -> Any:
    """Import a name of the table."""
    if name not in ("RECOGNIZERS", "Recognizer"):
        raise AttributeError(f"module 'scanner.recognizers' has no attribute {name!r}")
    return getattr(importlib.import_module("scanner.recognizers.nominate"), name)
