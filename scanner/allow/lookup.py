"""Which entry of an allowlist allows a value, asked once for each value however many entries there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl

from scanner.allowlist import Allow
from scanner.fold import fold
from scanner.model import IntArray
from scanner.redact import normalised, redact

_NONE = 1 << 62


class Lookup:
    """Finds the first of some entries that allows a value of one entity type and calling code."""

    def __init__(self, entries: Mapping[int, Allow], entity: str, code: str | None, key: bytes) -> None:
        """`entries`, by their numbers, each ask for a value, fingerprint or domain; `key`: of the fingerprints."""
        self._entity, self._key = entity, key
        entries = {n: each for n, each in entries.items() if entity == "EMAIL_ADDRESS" or not each.domain}
        forms = _forms({text for entry in entries.values() for text in entry.value}, entity, code)
        alone = {number: entry for number, entry in entries.items() if _conditions(entry) == 1}
        self._values = _first((forms[text], number) for number, entry in alone.items() for text in entry.value)
        self._prints = _first((text, number) for number, entry in alone.items() for text in entry.fingerprint)
        self._domains = _first((text.lower(), number) for number, entry in alone.items() for text in entry.domain)
        self._several: defaultdict[str, list[tuple[int, Allow]]] = defaultdict(list)
        for number, entry in entries.items():
            if number not in alone:
                for text in {forms[text] for text in entry.value} or set(entry.fingerprint):
                    self._several[text].append((number, entry))
        self._asks_prints = any(entry.fingerprint for entry in entries.values())

    def numbers(self, rows: pl.DataFrame) -> IntArray:
        """The number of the first entry that allows each row, int64 (n,), and -1 where none does.

        Reads `value`, `folded`, `entity_type`, `calling_code`.
        """
        texts = normalised(rows, self._entity).to_list()
        prints = redact(rows, self._key)["fingerprint"].to_list() if self._asks_prints else [""] * len(texts)
        numbers = np.fromiter(map(self._number, texts, prints), dtype=np.int64, count=len(texts))
        return np.where(numbers == _NONE, -1, numbers)

    def _number(self, text: str, fingerprint: str) -> int:
        least = min(
            self._values.get(text, _NONE), self._prints.get(fingerprint, _NONE), _of_domain(text, self._domains)
        )
        for number, entry in (*self._several.get(text, ()), *self._several.get(fingerprint, ())):
            if number < least and _fits(entry, text, fingerprint):
                least = number
        return least


def _conditions(entry: Allow) -> int:
    return sum(map(bool, (entry.value, entry.fingerprint, entry.domain)))


def _fits(entry: Allow, text: str, fingerprint: str) -> bool:
    """Whether a value that an entry asks for, or the first of its fingerprints, fits its other conditions."""
    if entry.fingerprint and fingerprint not in entry.fingerprint:
        return False
    return not entry.domain or _of_domain(text, {domain.lower(): 0 for domain in entry.domain}) == 0


def _first(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The first number of each text."""
    found: dict[str, int] = {}
    for text, number in pairs:
        found.setdefault(text, number)
    return found


def _forms(texts: Iterable[str], entity: str, code: str | None) -> dict[str, str]:
    """How findings of an entity type and calling code with these values are compared."""
    values = list(texts)
    codes = pl.Series([code] * len(values), dtype=pl.String)
    rows = pl.DataFrame({"folded": fold(pl.Series(values, dtype=pl.String)), "calling_code": codes})
    return dict(zip(values, normalised(rows, entity).to_list(), strict=True))


def _of_domain(address: str, domains: Mapping[str, int]) -> int:
    """The least number of the domain of a mail address in lower case, or, as `*.example.com`, of one above it."""
    if not domains:
        return _NONE
    domain = address.rpartition("@")[2]
    above = (domains.get(f"*{domain[at:]}", _NONE) for at, letter in enumerate(domain) if letter == ".")
    return min(domains.get(domain, _NONE), *above, _NONE)
