"""Masks and keyed fingerprints: after this stage no raw value is left in the frame unless it was asked for."""

from __future__ import annotations

import hashlib
import secrets

import polars as pl

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
_ID_SHOWN = (0, 2)  # national ids, cards, accounts
_SECRET = r"[\p{L}\p{N}\p{M}]"
KEY_BYTES = 32
_WITH_CODE = 11  # digits that a phone number with its calling code has at least


def new_key() -> bytes:
    """A random key for one run."""
    return secrets.token_bytes(KEY_BYTES)


def redact(findings: pl.DataFrame, key: bytes, *, show_values: bool = False) -> pl.DataFrame:
    """Add `masked` and `fingerprint` (String), drop `folded`, and `value` unless `show_values`; rows change places.

    Reads `value`, `folded`, `entity_type`, `calling_code`. A fingerprint is 16 bytes, in hex, of BLAKE2b keyed with
    `key` (at most 64 bytes) over entity type, NUL and the normalised value.
    """
    parts = [
        part.with_columns(masked=masked(str(kind)), fingerprint=_fingerprints(part, str(kind), key))
        for (kind,), part in findings.group_by("entity_type", maintain_order=True)
    ]
    empty = findings.with_columns(masked=pl.lit(""), fingerprint=pl.lit("")).clear()
    result = pl.concat(parts) if parts else empty
    return result.drop("folded") if show_values else result.drop("folded", "value")


def masked(entity_type: str) -> pl.Expr:
    """`value` for people to read: letters and digits become `*` but for the few that `_SHOWN` allows."""
    value = pl.col("value")
    if entity_type == "EMAIL_ADDRESS":
        return value.str.replace("^(?:([^@＠])[^@＠]+|[^@＠]*)([@＠])", "${1}***${2}")
    first, last = _SHOWN.get(entity_type, _ID_SHOWN)
    length = value.str.len_chars()
    enough = value.str.count_matches(_SECRET) >= 2 * (first + last)
    head, tail = pl.when(enough).then(first).otherwise(0), pl.when(enough).then(last).otherwise(0)
    middle = value.str.slice(head, length - head - tail).str.replace_all(_SECRET, "*")
    return value.str.head(head) + middle + value.str.slice(length - tail)


def normalised(entity_type: str) -> pl.Expr:
    """`folded` without what people write differently: the same person, phone or address gives the same text."""
    folded = pl.col("folded")
    if entity_type == "PHONE_NUMBER":
        return _phone(folded, pl.col("calling_code"))
    if entity_type == "EMAIL_ADDRESS":
        return folded.str.to_lowercase()
    return folded.str.to_lowercase().str.replace_all(r"[\s,.()-]", "")


def _phone(folded: pl.Expr, code: pl.Expr) -> pl.Expr:
    """E.164, https://www.itu.int/rec/T-REC-E.164: `+`, calling code, national number without its trunk zero."""
    digits = folded.str.replace_all("[^0-9]", "")
    foreign = folded.str.contains(r"^\s*(?:tel:)?\(?(?:\+|00)")
    # no national number has as many digits and begins with its own calling code
    foreign |= digits.str.starts_with(code) & (digits.str.len_bytes() >= _WITH_CODE)
    bare = pl.when(foreign).then(digits.str.strip_prefix("00").str.strip_prefix(code)).otherwise(digits)
    national = pl.concat_str(pl.lit("+"), code, bare.str.strip_prefix("0"))
    return pl.when(code.is_null()).then(pl.lit("+") + digits.str.strip_prefix("00")).otherwise(national)


def _fingerprints(findings: pl.DataFrame, entity_type: str, key: bytes) -> pl.Series:
    """Keyed hashes, one for each row; computed once per distinct value."""
    texts = findings.select(text=normalised(entity_type))
    unique = texts["text"].unique()
    start = hashlib.blake2b(f"{entity_type}\0".encode(), key=key, digest_size=16)
    hashes = [_digest(start, text) for text in unique.to_list()]
    table = pl.DataFrame({"text": unique, "fingerprint": pl.Series(hashes, dtype=pl.String)})
    return texts.join(table, on="text", how="left", maintain_order="left")["fingerprint"]


def _digest(start: hashlib.blake2b, text: str) -> str:
    state = start.copy()
    state.update(text.encode())
    return state.hexdigest()
