"""Facts for breach notices: of what each law asks, that which the data answers."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import Any

from scanner.report.laws import LAWS, UNIQUE_IDENTIFIERS, Law, Question
from scanner.report.texts import number, plural
from scanner.report.words import type_name


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of a law and its answers, one a line; none: a line for people to fill in, perhaps with a hint."""

    asked: str
    source: str
    lines: tuple[str, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A law and the answers to its questions."""

    law: Law
    answers: list[Answer]


def notices(result: dict[str, Any]) -> list[Notice]:
    """A notice for each law, in a fixed order: which of them hold is for people to say."""
    return [Notice(law, [_answer(question, law, result) for question in law.questions]) for law in LAWS]


def _answer(question: Question, law: Law, result: dict[str, Any]) -> Answer:
    hint = _dated(result) if question.fact == "time" else ""
    return Answer(question.asked, question.source, _lines(question, law, result), hint)


def _lines(question: Question, law: Law, result: dict[str, Any]) -> tuple[str, ...]:
    match question.fact:
        case "categories":
            return _categories(result)
        case "people":
            return _people(result["subjects"], law.thresholds)
        case "records":
            return (f"{_about(result, 'records_with_findings')} records",)
        case "identifiers":
            return _identifiers(result)
        case "place":
            return (_place(result.get("countries") or [], law.countries),)
        case _:
            return ()


def _categories(result: dict[str, Any]) -> tuple[str, ...]:
    """The types in plain words, those that most records hold first."""
    found = [(name, item) for name, item in result["entities"].items() if item["items"]]
    found.sort(key=lambda item: (-item[1]["records"], item[0]))
    lines = tuple(f"{type_name(name)}: {plural(item['records'], 'record')}" for name, item in found)
    return lines or ("none found",)


def _people(subjects: dict[str, Any], thresholds: tuple[int, ...]) -> tuple[str, ...]:
    if subjects.get("estimate") is None:
        return ()
    return (f"{_about(subjects, 'estimate')} people", *(_reached(subjects, threshold) for threshold in thresholds))


def _about(item: dict[str, Any], key: str) -> str:
    """A count; where it is an estimate, rounded to three digits and with its bounds."""
    value = item.get(key) or 0
    low, high = (item.get(bound, item.get(f"{key}_{bound}", value)) for bound in ("low", "high"))
    if low is None or high is None or low == high:
        return number(value)
    return f"about {number(_rounded(value))} ({number(low)} to {number(high)})"


def _rounded(value: float) -> float:
    return round(value, 2 - floor(log10(value))) if value >= 1000 else value


def _reached(subjects: dict[str, Any], threshold: int) -> str:
    """Whether a threshold is reached, by the bounds of the estimate."""
    low, high = (subjects["estimate"] if subjects.get(key) is None else subjects[key] for key in ("low", "high"))
    reached = "yes" if low >= threshold else "no" if high < threshold else "perhaps"
    return f"{number(threshold)} people or more: {reached}"


def _identifiers(result: dict[str, Any]) -> tuple[str, ...]:
    entities = result["entities"]
    found = [name for name in UNIQUE_IDENTIFIERS if entities.get(name, {}).get("items")]
    lines = tuple(f"{type_name(name)}: {plural(entities[name]['records'], 'record')}" for name in found)
    return lines or ("none found",)


def _place(countries: list[dict[str, Any]], where: frozenset[str]) -> str:
    records = sum(item["records"] for item in countries if item["country"] in where)
    if not countries:
        return "addresses and telephone numbers do not tell"
    return plural(records, "record")


def _dated(result: dict[str, Any]) -> str:
    """Which time the records are from, as a help to say when it happened."""
    days = [item["date"] for item in result.get("dates") or []]
    return f"The records are dated {min(days)} to {max(days)}." if days else ""
