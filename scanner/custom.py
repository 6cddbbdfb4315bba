"""A user's own Presidio recognizers, from a YAML file, next to ours."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scanner.errors import ConfigError


def load(path: str) -> list[tuple[str, Sequence[str], Sequence[str], Any]]:
    """Rows (name, nominating regexes, entity types, how to make it) of the recognizers in a YAML file.

    The file is Presidio's: https://microsoft.github.io/presidio/analyzer/recognizer_registry_provider/. They look at
    every cell, at Presidio's speed. Raises `ConfigError` when the file cannot be used.
    """
    from presidio_analyzer import RecognizerRegistry

    if not Path(path).is_file():
        raise ConfigError(f"{path}: no such file of recognizers")
    registry: Any = RecognizerRegistry()
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # Presidio prints what the exception says again
            registry.add_recognizers_from_yaml(path)
    except Exception as error:  # Presidio raises what its parsers raise
        raise ConfigError(f"{path}: not a file of Presidio recognizers: {type(error).__name__}: {error}") from error
    if not registry.recognizers:
        raise ConfigError(f"{path}: holds no recognizers")
    return [(r.name, (), r.supported_entities, _giver(r)) for r in registry.recognizers]


def _giver(recognizer: Any) -> Any:
    return lambda: recognizer
