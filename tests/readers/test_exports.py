"""Exports in JSON as other programs write them: what the engine says of them, through the usual readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import exports
import pytest

from scanner.config import ScanConfig
from scanner.model import Issue
from scanner.pipeline import Engine
from scanner.sources import Source, find


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine with all rules."""
    return Engine(ScanConfig(key=b"k"))


def found(engine: Engine, folder: Path, case: exports.Case) -> set[tuple[str | None, str]]:
    """Fields and entity types of what is found in an export."""
    path = folder / f"input.{case[0]}"
    path.write_bytes(case[1])
    (source,) = find([str(path)])
    assert isinstance(source, Source)
    pairs: set[tuple[str | None, str]] = set()
    for split in engine.planner().plan(source):
        assert not isinstance(split, Issue)
        for part in engine.run(split, engine.shown):
            assert not part.issues
            if part.made is not None:
                pairs.update(zip(part.made["field"], part.made["entity_type"], strict=True))
    return pairs


@pytest.mark.parametrize("make", [exports.mongo_lines, exports.mongo_array])
def test_extended_json_of_mongodb(engine: Engine, tmp_path: Path, make: Callable[[Random], exports.Case]) -> None:
    """A number below a key is judged by that key; identifiers, times and binary data give nothing."""
    assert found(engine, tmp_path, make(Random(1))) == {
        ("$.name", "PERSON"),
        ("$.phone['$numberLong']", "PHONE_NUMBER"),
        ("$.email", "EMAIL_ADDRESS"),
        ("$.address", "ADDRESS"),
    }


@pytest.mark.parametrize(("make", "path"), [(exports.bulk, "$"), (exports.hits, "$.hits.hits[*]._source")])
def test_documents_of_elasticsearch(
    engine: Engine, tmp_path: Path, make: Callable[[Random], exports.Case], path: str
) -> None:
    """Documents give their fields; lines that say where they go, scores and sort keys give nothing."""
    kinds = {"name": "PERSON", "phone": "PHONE_NUMBER", "email": "EMAIL_ADDRESS", "address": "ADDRESS"}
    assert found(engine, tmp_path, make(Random(1))) == {(f"{path}.{key}", kind) for key, kind in kinds.items()}


def test_json_within_the_logs_of_containers(engine: Engine, tmp_path: Path) -> None:
    """JSON in a string is text, and what it holds is found."""
    kinds = {kind for field, kind in found(engine, tmp_path, exports.containers(Random(1))) if field == "$.log"}
    assert kinds == {"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS"}


def test_traffic_of_a_browser(engine: Engine, tmp_path: Path) -> None:
    """Cookies, forms and answers are read, and names of headers are no persons."""
    entries = "$.log.entries[*]"
    pairs = found(engine, tmp_path, exports.har(Random(1)))
    assert {
        (f"{entries}.request.cookies[*].value", "EMAIL_ADDRESS"),
        (f"{entries}.request.postData.params[*].value", "PHONE_NUMBER"),
        (f"{entries}.request.postData.params[*].value", "ADDRESS"),
        (f"{entries}.request.postData.text", "PHONE_NUMBER"),
        (f"{entries}.response.content.text", "PERSON"),
    } <= pairs
    assert (f"{entries}.request.headers[*].name", "PERSON") not in pairs
