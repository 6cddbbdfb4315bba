"""The size of a leak as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scanner.sinks.aligned import table_of
from scanner.sinks.clean import clean
from scanner.sinks.counted import counted

_NUMBERS = ("records", "distinct", "masked already", "share", "values")
_SHOWN = 12  # rows of a table that may be long
Row = Sequence[str]


def text(found: Mapping[str, Any]) -> str:
    """Counts with their units; `found` as in the contract."""
    return "\n".join(part for part in _parts(found) if part)


def _parts(found: Mapping[str, Any]) -> Iterator[str]:
    yield _head(found)
    if not found["entities"]:
        yield f"nothing found{_in_what(found)}\n"
    else:
        yield _table(("type", "values", "records", "distinct", "masked already"), _entities(found["entities"]))
        yield _table(("records that hold exactly", "records", ""), _combinations(found["combinations"]))
        yield _table(("field", "holds", "share", "values", "distinct", "such as"), _fields(found["fields"]))
    yield _table(("dimensions of a waybill", "records"), _pairs(found["waybills"], "dimensions"))
    yield _table(("country", "records"), _pairs(found["countries"], "country"))
    yield _table(("province", "records"), _pairs(found["provinces"], "province"))
    yield _table(("month", "records"), _months(found["dates"]))
    yield unread(found["coverage"])


def _in_what(found: Mapping[str, Any]) -> str:
    """Where nothing was found, if that is not all of it."""
    if "sample" in found:
        return f" in the {found['sample']['share']:.1%} that were read: what is rare is easily missed"
    return "" if found["coverage"]["complete"] else " in what could be read"


def _head(found: Mapping[str, Any]) -> str:
    people, sample = found["subjects"], found.get("sample")
    # lines between the tables of a dump are no records, but may hold something
    beside = " and other lines" if found["records_with_findings"] > found["records"] else ""
    lines = [
        f"{counted(found['records'], 'record')}{beside} in {counted(len(found['files']), 'file')},"
        f" {found['records_with_findings']:,} with personal data in the clear"
    ]
    if people["estimate"]:
        between = f" ({people['low']:,} to {people['high']:,})" if people["low"] < people["high"] else ""
        lines.append(f"about {counted(people['estimate'], 'person', 'people')}{between}: {people['reason']}")
    if sample is not None:
        read = f"{counted(sample['blocks'], 'random block')}, {sample['bytes']:,} bytes, seed {sample['seed']}"
        lines.append(f"estimated from a sample ({read}); 95 % intervals in brackets")
    return "\n".join(lines) + "\n"


def _entities(entities: Mapping[str, Any]) -> Iterator[Row]:
    for kind, counts in sorted(entities.items(), key=lambda item: -item[1]["items"]):
        yield kind, *(_number(counts, name) for name in ("items", "records", "distinct", "masked"))


def _number(counts: Mapping[str, int], name: str) -> str:
    """A count, with its bounds where it has some."""
    value, low, high = (counts.get(f"{name}{end}", counts[name]) for end in ("", "_low", "_high"))
    return f"{value:,}" if low == high else f"{value:,} ({low:,} to {high:,})"


def _combinations(combinations: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for each in combinations[:_SHOWN]:
        yield " + ".join(each["entities"]), _number(each, "records"), each["risk"] or ""
    rest = combinations[_SHOWN:]
    if rest:
        yield counted(len(rest), "other combination"), f"{sum(each['records'] for each in rest):,}", ""


def _fields(fields: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    ranked = sorted(fields, key=lambda each: -each["items"])
    for each in ranked[:_SHOWN]:
        share = "" if each["share"] is None else f"{each['share']:.0%}"
        name = each["path"] if each["field"] is None else f"{each['path']} [{each['field']}]"
        holds = " ".join(filter(None, (each["role"], each["entity_type"])))
        yield (
            clean(name),
            holds,
            share,
            _number(each, "items"),
            _number(each, "distinct"),
            clean(", ".join(each["samples"])),
        )
    if len(ranked) > _SHOWN:
        yield f"{len(ranked) - _SHOWN:,} more: see --format json", "", "", "", "", ""


def _pairs(rows: Sequence[Mapping[str, Any]], name: str) -> Iterator[Row]:
    for each in rows[:_SHOWN]:
        yield str(each[name]), _number(each, "records")
    if len(rows) > _SHOWN:
        yield f"{len(rows) - _SHOWN:,} more: see --format json", ""


def _months(dates: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    months: dict[str, int] = {}
    for each in dates:
        months[each["date"][:7]] = months.get(each["date"][:7], 0) + each["records"]
    for month, count in months.items():
        yield month, f"{count:,}"


def unread(coverage: Mapping[str, Any]) -> str:
    """What could not be read, a line each, as far as it is shown."""
    issues = [issue for issue in coverage["issues"] if issue["severity"] == "error"]
    lines = [clean(f"not read: {issue['path'] or ''}: {issue['message']}") for issue in issues[:_SHOWN]]
    if len(issues) > _SHOWN:
        lines.append(f"not read: {len(issues) - _SHOWN:,} more: see --format json")
    return "".join(f"{line}\n" for line in lines)


def _table(heads: Row, rows: Iterator[Row]) -> str:
    """Aligned columns, those of numbers to the right; nothing without rows."""
    body = list(rows)
    return table_of(heads, body, [n for n, head in enumerate(heads) if head in _NUMBERS]) if body else ""
