"""Full-width and other look-alike characters folded to ASCII, one code point for one, so that offsets stay.

Only escapes are read, see `escapes`, and letters that are written apart from their marks, as file names of macOS and
what is copied from there, are put together (Unicode's form NFC, https://www.unicode.org/reports/tr15/). That takes
fewer code points: see `origins`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import polars as pl

from scanner.escapes import ESCAPED, may_hold, read, unescaped

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u30fc"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
FOLDED: dict[str, str] = (
    {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
    | dict.fromkeys(_SPACES, " ")
    | {chr(base + digit): str(digit) for base in (0x660, 0x6F0) for digit in range(10)}
)
# a dash is folded between digits only: elsewhere a long vowel mark or a dash is a letter of a name
_DASH = f"([0-9])[{DASHES}]([0-9])"
_ANY = "[" + "".join(FOLDED) + DASHES + "]"
_STARTS = {char.encode()[:2] for char in [*FOLDED, *DASHES]}
_LEADS = {start[:1]: [other for other in _STARTS if other[0] == start[0]] for start in _STARTS}
_PAIRS = (list(FOLDED), list(FOLDED.values()))


# marks on letters of Latin and Arabic, vowels and finals of Hangul, voicing marks of kana
_MARKS = "\u0300-\u036f\u0653-\u0655\u1160-\u11ff\u3099\u309a"
_MARK_LEADS = {
    b"\xcc": [b"\xcc"],
    b"\xcd": [b"\xcd"],
    b"\xd9": [b"\xd9\x93", b"\xd9\x94", b"\xd9\x95"],
    b"\xe1": [b"\xe1\x85", b"\xe1\x86", b"\xe1\x87"],
    b"\xe3": [b"\xe3\x82\x99", b"\xe3\x82\x9a"],
}
_MARKED = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(f".[{_MARKS}]*", re.DOTALL)


def fold(values: pl.Series) -> pl.Series:
    """Fold a String series; nulls stay, and so does the number of code points but of escapes and of marks apart."""
    values, data = _composed(values)
    if data.isascii() or not _holds(data, _LEADS):
        return values
    odd = values.str.contains(_ANY).arg_true()
    if not odd.len():
        return values
    folded = values.gather(odd).str.replace_many(*_PAIRS)
    # twice, since the digits between two dashes belong to both
    for _ in range(2):
        folded = folded.str.replace_all(_DASH, "${1}-${2}")
    return values.clone().scatter(odd, folded)


def composed(values: pl.Series) -> pl.Series:
    """A String series with escapes read, and letters and their marks put together."""
    return _composed(values)[0]


def _composed(values: pl.Series) -> tuple[pl.Series, bytes]:
    """The same, and all of it before that in UTF-8."""
    data = _bytes(values)
    if may_hold(data):
        escaped = values.str.contains(ESCAPED).arg_true()
        if escaped.len():
            plain = pl.Series([unescaped(text) for text in values.gather(escaped).to_list()], dtype=pl.String)
            values = values.clone().scatter(escaped, plain)
            data = _bytes(values)
    marked = not data.isascii() and _holds(data, _MARK_LEADS)
    return (_with_marks(values) if marked else values), data


def origins(text: str) -> list[int]:
    """Where each code point of the folded `text` begins in `text`, and where that ends."""
    plain, places = read(text)
    if not _MARKED.search(plain):
        return places
    found, at = [], 0
    for cluster in _CLUSTER.findall(plain):
        found += [places[at]] * len(unicodedata.normalize("NFC", cluster))
        at += len(cluster)
    return [*found, places[at]]


def _holds(data: bytes, leads: Mapping[bytes, Iterable[bytes]]) -> bool:
    """Whether some bytes hold what begins with a lead; to look for one byte is quicker by far than for two."""
    return any(lead in data and any(start in data for start in starts) for lead, starts in leads.items())


def _bytes(values: pl.Series) -> bytes:
    """All texts of a String series, end to end."""
    data = values.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()[-1]
    text: bytes = data.to_pybytes() if data is not None else b""
    return text


def _with_marks(values: pl.Series) -> pl.Series:
    apart = values.str.contains(f"[{_MARKS}]").arg_true()
    return values.clone().scatter(apart, values.gather(apart).str.normalize("NFC")) if apart.len() else values
