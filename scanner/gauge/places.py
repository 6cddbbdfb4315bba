"""The country and the province that addresses and phone numbers tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl
from phonenumbers import region_code_for_country_code

from scanner.gauge.patterns import Patterns
from scanner.model import IntArray
from scanner.rules import rules_dir
from scanner.views import beginnings

_HEAD = 8  # code points
_BITS = 18


class Place(NamedTuple):
    """A country, ISO 3166-1, and its province where that is known."""

    country: str
    province: str | None


@dataclass(frozen=True, slots=True)
class Country:
    """How provinces are found in its addresses: `regex` with one group, a spelling, of which `names` give the number.

    `first`: they stand at the start. The other fields are those of rules/provinces.toml.
    """

    code: str
    regex: str
    first: bool
    provinces: Sequence[str]
    names: Mapping[str, int]
    rules: Sequence[str]
    assumed: bool


@cache
def countries() -> tuple[Country, ...]:
    """The countries of rules/provinces.toml, in its order."""
    data = tomllib.loads((rules_dir() / "provinces.toml").read_text(encoding="utf-8"))
    return tuple(_country(code, row) for code, row in data.items())


def _country(code: str, row: Mapping[str, object]) -> Country:
    provinces: Mapping[str, Sequence[str]] = row["provinces"]  # type: ignore[assignment]
    spellings = [(number, text) for number, (name, all_) in enumerate(provinces.items()) for text in (name, *all_)]
    names = {text.lower(): number for number, text in spellings}
    choice = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    regex = str(row["where"]).replace("PROVINCE", f"({choice})")
    rules: Sequence[str] = row["rules"]  # type: ignore[assignment]
    return Country(code, f"(?i){regex}", regex.startswith("^"), list(provinces), names, rules, bool(row["assumed"]))


def of_addresses(texts: pl.Series, pattern: int, patterns: Patterns) -> Iterator[tuple[Place, IntArray]]:
    """The places of addresses that a pattern has found, and which are there."""
    rest = np.arange(len(texts))
    for country in countries():
        if patterns.rule[pattern] in country.rules and len(rest):
            province = _provinces(texts.gather(rest), country)
            for number in np.flatnonzero(np.bincount(province + 1)).tolist():
                if number:
                    yield Place(country.code, country.provinces[number - 1]), rest[province == number - 1]
            rest = rest[province < 0]
            if country.assumed and len(rest):
                yield Place(country.code, None), rest
                return


def _provinces(texts: pl.Series, country: Country) -> IntArray:
    """The number of the province of each address, int64 (n,); -1 for none.

    The heads of most tell it, and there are few of them.
    """
    if not country.first:
        return _found(texts, country)
    found = _heads(country.code).of(beginnings(texts), lambda few: _found(texts.gather(few).str.head(_HEAD), country))
    rest = np.flatnonzero(found < 0)
    found[rest] = _found(texts.gather(rest), country)
    return found


class _Heads:
    """Provinces by the hash of how an address begins: the last one at each place of a table."""

    def __init__(self) -> None:
        self._hash = np.zeros(1 << _BITS, dtype=np.int64)
        self._province = np.full(1 << _BITS, -1)

    def of(self, hashes: IntArray, ask: Callable[[IntArray], IntArray]) -> IntArray:
        """The province of each, int64 (n,); `ask` tells those at some positions, when they are new."""
        place = hashes & ((1 << _BITS) - 1)
        found: IntArray = self._province[place]
        new = np.flatnonzero(self._hash[place] != hashes)
        if len(new):
            _, first, which = np.unique(hashes[new], return_index=True, return_inverse=True)
            few = new[first]
            told = ask(few)
            self._hash[place[few]], self._province[place[few]] = hashes[few], told
            found[new] = told[which]
        return found


@cache
def _heads(country: str) -> _Heads:
    """Those of a country."""
    return _Heads()


def _found(texts: pl.Series, country: Country) -> IntArray:
    spelling = texts.str.extract(country.regex).str.to_lowercase()
    return spelling.replace_strict(country.names, default=-1, return_dtype=pl.Int64).to_numpy()


def of_phones(texts: pl.Series, pattern: int, patterns: Patterns) -> Iterator[tuple[Place, IntArray]]:
    """The country of phone numbers that a pattern has found, the largest of those that share a calling code."""
    code = patterns.calling_code[pattern]
    if code is not None:
        yield Place(region_code_for_country_code(int(code)), None), np.arange(len(texts))
