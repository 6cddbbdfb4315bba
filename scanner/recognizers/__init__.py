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

_CLASSES = {
    "person": ("person", "PersonRecognizer"),
    "address": ("address", "AddressRecognizer"),
    "phone-international": ("phone", "PhoneRecognizer"),
    "door-code": ("door_code", "DoorCodeRecognizer"),
}


def create(name: str, supported_language: str = "en") -> SpanRecognizer:
    """Return the recognizer called `name`, a key of `NOMINATIONS`. Raises `KeyError` for any other name."""
    module, cls = _CLASSES[name]
    recognizer: SpanRecognizer = getattr(importlib.import_module(f"scanner.recognizers.{module}"), cls)(
        supported_language
    )
    return recognizer
