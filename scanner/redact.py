"""Masks and keyed fingerprints: after this stage no raw value is left in the frame unless it was asked for."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.fold import composed
from scanner.model import IntArray
from scanner.views import apart, counted, cut, joined, may_have_capitals, without

# How many characters of a value people may see: at its start, at its end.
_SHOWN: dict[str, tuple[int, int]] = {
    "PERSON": (1, 0),
    "PHONE_NUMBER": (3, 2),
    "TRACKING_NUMBER": (2, 2),
    "USERNAME": (1, 0),
    "ADDRESS": (2, 0),
    "IP_ADDRESS": (2, 0),
    "MAC_ADDRESS": (2, 0),
    "DOOR_CODE": (0, 0),
    "DATE_OF_BIRTH": (0, 0),
}
_OPEN = frozenset(["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf"])
_ID_SHOWN = (0, 2)  # national ids, cards, accounts
KEY_BYTES = 32
_DIGEST = 16  # bytes
_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789"))
_FEW = 1000  # values by which repetition is judged
_SEPARATORS = b" \t\r\n\f\v,.()-"
_AS_WRITTEN = ("IP_ADDRESS", "USERNAME")  # 8.8.88.8 is not 88.8.8.8, and j.doe not jdoe
_WITH_CODE = 11  # digits that a phone number with its calling code has at least

Points: TypeAlias = npt.NDArray[np.uint8] | npt.NDArray[np.uint32]


def new_key() -> bytes:
    """A random key for one run."""
    return secrets.token_bytes(KEY_BYTES)


def redact(findings: pl.DataFrame, key: bytes, *, show_values: bool = False, identity: bytes = b"") -> pl.DataFrame:
    """Add `masked` and `fingerprint` (String), drop `folded`, and `value` unless `show_values`.

    Reads `value`, `folded`, `entity_type`, `calling_code`. A fingerprint is 16 bytes, in hex, of BLAKE2b keyed with
    `key` (at most 64 bytes) over entity type, NUL and the normalised value. With `identity`, another key, there is a
    column of that name too, made in the same way.
    """
    keys = {"fingerprint": key} | ({"identity": identity} if identity else {})
    parts = [_redacted(findings, kind, keys) for kind in findings["entity_type"].unique().to_list() or [""]]
    shown = pl.concat(parts).sort("at").drop("at") if len(parts) > 1 else parts[0].drop("at")
    return findings.drop("folded" if show_values else ("folded", "value")).with_columns(shown)


def _redacted(findings: pl.DataFrame, kind: str, keys: dict[str, bytes]) -> pl.DataFrame:
    """Mask and keyed hashes of the findings of one entity type, and which they are: `at`."""
    at = (findings["entity_type"] == kind).arg_true()
    some = findings.select("value", "folded", "calling_code")
    some = some if len(at) == len(some) else some[at]
    hashes = {name: _fingerprints(some, kind, key) for name, key in keys.items()}
    return pl.DataFrame({"at": at, "masked": masked(some["value"], kind), **hashes})


def masked(values: pl.Series, entity_type: str) -> pl.Series:
    """Values (String) for people to read: letters and digits become `*` but for the few that `_SHOWN` allows.

    A letter and its marks count as one, however they are written.
    """
    values = composed(values)
    if entity_type == "EMAIL_ADDRESS":
        return _masked_email(values)
    head, tail = _SHOWN.get(entity_type, _ID_SHOWN)
    ends = np.cumsum(values.str.len_chars().to_numpy(), dtype=np.int64)
    points = _points(values)
    hidden = _secret().take(_on_plane(points))
    if head + tail:
        enough = counted(hidden, ends) >= 2 * (head + tail)
        first, last = np.append(0, ends[:-1])[enough], ends[enough] - 1
        for number in range(head):
            hidden[first + number] = False
        for number in range(tail):
            hidden[last - number] = False
    return _cells(np.where(hidden, points.dtype.type(ord("*")), points), ends)


def _masked_email(values: pl.Series) -> pl.Series:
    """The first letter of the local part, unless it is all there is, and the domain; nothing where there is no `@`."""
    parts = values.str.replace("＠|%40", "@").str.splitn("@", 2).struct.unnest()
    local, domain = parts["field_0"], parts["field_1"]
    first = pl.when(local.str.len_chars() > 1).then(local.str.slice(0, 1)).otherwise(pl.lit(""))
    shown = pl.when(domain.is_null()).then(pl.lit("***")).otherwise(pl.concat_str(first, pl.lit("***@"), domain))
    return pl.select(shown).to_series()


def _points(values: pl.Series) -> Points:
    """All code points, one text after another; ASCII as it is."""
    points, _ = joined(values)
    if points.max(initial=0) < 0x80:
        return points
    return np.frombuffer(points.tobytes().decode().encode("utf-32-le"), dtype=np.uint32)


def _cells(points: Points, ends: IntArray) -> pl.Series:
    """Texts of code points, each up to its end."""
    if points.max(initial=0) < 0x80:
        return cut(points.astype(np.uint8, copy=False), ends)
    before = np.concatenate(([0], np.cumsum(_sizes()[_on_plane(points)], dtype=np.int64)))
    return cut(points.tobytes().decode("utf-32-le").encode(), before[ends])


def _on_plane(points: Points) -> Points:
    """The points, those beyond the basic plane as its last one."""
    return points if points.max(initial=0) < 0xFFFF else np.minimum(points, 0xFFFF)


@cache
def _sizes() -> npt.NDArray[np.uint8]:
    """The bytes that each code point takes in UTF-8; the last stands for all beyond the basic plane."""
    sizes = np.array([1] * 0x80 + [2] * 0x780 + [3] * 0xF800, dtype=np.uint8)
    sizes[-1] = 4
    return sizes


@cache
def _secret() -> npt.NDArray[np.bool_]:
    """Which code points of the basic plane a mask hides: all but punctuation, symbols, spaces and controls.

    Rare Han characters of names come as private use from old encodings. The last point stands for all beyond the plane.
    """
    kinds = [unicodedata.category(chr(point)) not in _OPEN for point in range(0x10000)]
    kinds[-1] = True
    return np.array(kinds, dtype=np.bool_)


def normalised(findings: pl.DataFrame, entity_type: str) -> pl.Series:
    """`folded` without what people write differently: the same person, phone or address gives the same text."""
    folded = findings["folded"]
    if entity_type == "PHONE_NUMBER":
        digits = without(folded, _NO_DIGITS)
        return findings.select(_phone(pl.col("folded"), digits, pl.col("calling_code"))).to_series()
    lower = _lower(folded)
    if entity_type == "EMAIL_ADDRESS":
        return lower.str.replace("%40", "@", literal=True)
    if entity_type == "DATE_OF_BIRTH":
        return _date(lower)
    if entity_type == "ADDRESS":
        return apart(lower, _SEPARATORS)
    return lower if entity_type in _AS_WRITTEN else without(lower, _SEPARATORS)


def _date(lower: pl.Series) -> pl.Series:
    """The numbers of a date, two digits at least each: 1990-1-11 is 19900111, and not 1990-11-1."""
    parts = lower.str.replace_all(r"[\s년월일年月日.,/()-]+", "-").str.replace_all(r"\b([0-9])\b", "0$1")
    return parts.str.replace_all("-", "", literal=True)


def _lower(texts: pl.Series) -> pl.Series:
    """In lower case; most texts of East Asia are, and to look is quicker."""
    if not may_have_capitals(texts):
        return texts
    upper = texts.str.contains(r"[\p{Uppercase}\p{Lt}]").arg_true()
    return texts.clone().scatter(upper, texts.gather(upper).str.to_lowercase()) if upper.len() else texts


def _phone(folded: pl.Expr, digits: pl.Series, code: pl.Expr) -> pl.Expr:
    """E.164, https://www.itu.int/rec/T-REC-E.164: `+`, calling code, national number without its trunk zero."""
    number = pl.lit(digits)
    foreign = folded.str.contains(r"^\s*(?:tel:)?\(?(?:\+|00)")
    # no national number has as many digits and begins with its own calling code
    foreign |= number.str.starts_with(code) & (number.str.len_bytes() >= _WITH_CODE)
    bare = pl.when(foreign).then(number.str.strip_prefix("00").str.strip_prefix(code)).otherwise(number)
    national = pl.concat_str(pl.lit("+"), code, bare.str.strip_prefix("0"))
    return pl.when(code.is_null()).then(pl.lit("+") + number.str.strip_prefix("00")).otherwise(national)


def _fingerprints(findings: pl.DataFrame, entity_type: str, key: bytes) -> pl.Series:
    """Keyed hashes, one for each row; computed once per distinct value where values repeat."""
    texts = pl.DataFrame({"text": normalised(findings, entity_type).cast(pl.Binary)})
    state = hashlib.blake2b(f"{entity_type}\0".encode(), key=key, digest_size=_DIGEST)
    if 2 * texts["text"].head(_FEW).n_unique() > min(len(texts), _FEW):
        return _digests(state, texts["text"])
    unique = texts["text"].unique()
    table = pl.DataFrame({"text": unique, "fingerprint": _digests(state, unique)})
    return texts.join(table, on="text", how="left", maintain_order="left")["fingerprint"]


def _digests(start: hashlib.blake2b, texts: pl.Series) -> pl.Series:
    """Digests in hex, for a Binary series."""
    copy, digests = start.copy, []
    for text in texts.to_list():
        state = copy()
        state.update(text)
        digests.append(state.digest())
    return cut(b"".join(digests).hex().encode(), 2 * _DIGEST * np.arange(1, len(digests) + 1))
