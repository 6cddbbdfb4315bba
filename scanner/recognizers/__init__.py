"""Recognizers: what patterns cannot say, as Presidio `EntityRecognizer`s.

The language knowledge lies in modules that do not import Presidio (two seconds, 100 MB). `create` imports it; in a scan
that happens when a text first holds something, see `finder`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from scanner.recognizers.nominate import RECOGNIZERS, Recognizer

if TYPE_CHECKING:
    from scanner.recognizers.base import SpanRecognizer

__all__ = ["RECOGNIZERS", "Recognizer", "create"]


def create(name: str, supported_language: str = "en") -> SpanRecognizer:
    """Return the recognizer called `name`, a key of `RECOGNIZERS`. Raises `KeyError` for any other name."""
    row = RECOGNIZERS[name]
    module = importlib.import_module(f"scanner.recognizers.{row.module}")
    from scanner.recognizers.base import SpanRecognizer

    return SpanRecognizer(name, row.entity_type, module.find, supported_language, breaks=row.breaks)
