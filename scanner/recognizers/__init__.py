"""Recognizers: what patterns cannot say, as Presidio `EntityRecognizer`s.

The language knowledge lies in modules that do not import Presidio (1.7 s); `create` imports it when a cell that was
nominated needs a recognizer.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from scanner.recognizers.nominate import NOMINATIONS

if TYPE_CHECKING:
    from scanner.recognizers.base import SpanRecognizer

__all__ = ["NOMINATIONS", "create"]

# Of each recognizer: the module of this package whose `find` gives its spans.
_MODULES = {
    "person": "names",
    "address": "addresses",
    "phone-international": "phone_numbers",
    "door-code": "door_codes",
}


def create(name: str, supported_language: str = "en") -> SpanRecognizer:
    """Return the recognizer called `name`, a key of `NOMINATIONS`. Raises `KeyError` for any other name."""
    module = importlib.import_module(f"scanner.recognizers.{_MODULES[name]}")
    from scanner.recognizers.base import SpanRecognizer

    return SpanRecognizer(name, NOMINATIONS[name][0], module.find, supported_language)
