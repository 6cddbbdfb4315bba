"""The counts that a report begins with, each with its unit: what is counted is the whole question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scanner.report.texts import between, bounds, number, plural, share, size


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, its unit, its 95 % bounds, and a sentence that says what one of it is."""

    value: str
    unit: str
    range: str
    meaning: str


def figures(result: dict[str, Any]) -> list[Figure]:
    """People, records, values, different values, and waybills where there are any."""
    return [_people(result["subjects"]), _records(result), _values(result), _distinct(result), *_waybills(result)]


def _people(subjects: dict[str, Any]) -> Figure:
    reason = str(subjects.get("reason") or "not explained").rstrip(".")
    return Figure(
        "unknown" if subjects.get("estimate") is None else number(subjects["estimate"]),
        "people",
        between(subjects.get("low"), subjects.get("high")),
        f"An estimate: {reason}.",
    )


def _records(result: dict[str, Any]) -> Figure:
    beside = ", and lines beside them" if result["records_with_findings"] > result["records"] else ""
    read = f"{number(result['records'])} read{beside}"
    return Figure(
        number(result["records_with_findings"]),
        "records with personal data",
        bounds(result, "records_with_findings"),
        f"Rows, lines or messages that hold at least one value in the clear, of {read}.",
    )


def _values(result: dict[str, Any]) -> Figure:
    entities = result["entities"].values()
    masked = sum(item["masked"] for item in entities)
    also = f" Another {number(masked)} were already masked in the data and are not among them." if masked else ""
    return Figure(
        number(sum(item["items"] for item in entities)),
        "values",
        _sums(list(entities), "items"),
        f"Every occurrence counts: one telephone number in five records is five values.{also}",
    )


def _distinct(result: dict[str, Any]) -> Figure:
    entities = list(result["entities"].values())
    return Figure(
        number(sum(item["distinct"] for item in entities)),
        "different values",
        _sums(entities, "distinct"),
        "Each value counts once, however often it occurs and however it is written.",
    )


def _sums(entities: list[dict[str, Any]], key: str) -> str:
    """The bounds of a sum as the sums of the bounds, which is wider than 95 %."""
    lows = sum(item.get(f"{key}_low", item[key]) for item in entities)
    highs = sum(item.get(f"{key}_high", item[key]) for item in entities)
    return between(lows, highs)


def _waybills(result: dict[str, Any]) -> list[Figure]:
    full = [item for item in result.get("waybills", []) if item["dimensions"] == 6]
    meaning = "Records that name, for both sender and recipient, a person, a telephone number and an address."
    return [Figure(number(item["records"]), "complete waybills", bounds(item, "records"), meaning) for item in full]


def scope(result: dict[str, Any]) -> str:
    """How much of which data was read, in one sentence."""
    coverage = result["coverage"]
    known, read = coverage.get("bytes") or 0, coverage.get("bytes_read") or 0
    part = f"{size(read)} of {size(known)} ({share(read, known)})" if known != read else f"all {size(read)}"
    return f"{plural(len(result['files']), 'file')}, {plural(result['records'], 'record')}; {part} read."


def warnings(result: dict[str, Any]) -> list[str]:
    """What limits all numbers of the report: data that was not read, a sample instead of the whole."""
    found = []
    if not result["coverage"]["complete"]:
        found.append("Not everything was read, so the true numbers may be higher. What was left is listed below.")
    sample = result.get("sample")
    if sample:
        found.append(
            f"Estimated from a sample: {plural(sample['blocks'], 'random block')} of {size(sample['bytes'])} in all "
            f"({100 * sample['share']:g} % of the data, seed {sample['seed']}). Ranges are 95 % intervals."
        )
    return found
