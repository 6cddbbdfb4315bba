"""Full-width and other look-alike characters folded to ASCII, one code point for one, so that offsets stay."""

from __future__ import annotations

import polars as pl

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


def fold(values: pl.Series) -> pl.Series:
    """Fold a String series; the result has as many code points in each cell, and the same nulls."""
    data: bytes = values.str.join("").cast(pl.Binary).item() if len(values) else b""
    # to look for one byte is quicker by far than for two
    if not any(lead in data and any(start in data for start in starts) for lead, starts in _LEADS.items()):
        return values
    odd = values.str.contains(_ANY).arg_true()
    if not odd.len():
        return values
    folded = values.gather(odd).str.replace_many(*_PAIRS)
    # twice, since the digits between two dashes belong to both
    for _ in range(2):
        folded = folded.str.replace_all(_DASH, "${1}-${2}")
    return values.clone().scatter(odd, folded)
