"""The country and the province that addresses and phone numbers tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl
from phonenumbers import region_code_for_country_code

from scanner.rules import rules_dir


@dataclass(frozen=True, slots=True)
class Country:
    """How provinces are found in its addresses: `regex` with one group, a spelling; `names` give each its province."""

    code: str
    regex: str
    names: Mapping[str, str]
    rules: Sequence[str]
    assumed: bool


@cache
def countries() -> tuple[Country, ...]:
    """The countries of rules/provinces.toml, in its order."""
    data = tomllib.loads((rules_dir() / "provinces.toml").read_text(encoding="utf-8"))
    return tuple(_country(code, row) for code, row in data.items())


def _country(code: str, row: Mapping[str, object]) -> Country:
    provinces: Mapping[str, Sequence[str]] = row["provinces"]  # type: ignore[assignment]
    names = {spelling.lower(): province for province, all_ in provinces.items() for spelling in (province, *all_)}
    choice = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    regex = str(row["where"]).replace("PROVINCE", f"({choice})")
    return Country(code, f"(?i){regex}", names, row["rules"], bool(row["assumed"]))  # type: ignore[arg-type]


def of_addresses(found: pl.DataFrame) -> pl.DataFrame:
    """`country` and `province` (String, or null) of each address; reads `folded` and `rule_id`."""
    texts, rule_id = found["folded"], found["rule_id"]
    country, province = (pl.repeat(None, len(texts), dtype=pl.String, eager=True) for _ in range(2))
    for each in countries():
        asked = (country.is_null() & rule_id.is_in(list(each.rules))).arg_true()
        if not asked.len():
            continue
        spelling = texts.gather(asked).str.extract(each.regex).str.to_lowercase()
        known = spelling.replace_strict(each.names, default=None, return_dtype=pl.String)
        there = known.is_not_null() | each.assumed
        asked, known = asked.filter(there), known.filter(there)
        country, province = country.scatter(asked, each.code), province.scatter(asked, known)
    return pl.DataFrame({"country": country, "province": province})


def of_phones(found: pl.DataFrame) -> pl.DataFrame:
    """`country` (String, or null) of each phone number, of the largest of those that share a code; `province` is null.

    Reads `calling_code`.
    """
    codes = found["calling_code"]
    known = {code: region_code_for_country_code(int(code)) for code in codes.drop_nulls().unique().to_list()}
    country = codes.replace_strict(known, default=None, return_dtype=pl.String)
    return pl.DataFrame({"country": country}).with_columns(province=pl.lit(None, pl.String))
