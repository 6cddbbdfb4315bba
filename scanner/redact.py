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


def new_key() -> bytes:
    """A random key for one run."""
    return secrets.token_bytes(KEY_BYTES)


def redact(findings: pl.DataFrame, key: bytes, *, show_values: bool = False) -> pl.DataFrame:
    """Add `masked` and `fingerprint` (String), drop `folded`, and `value` unless `show_values`.

    Reads `value`, `folded`, `entity_type`, `calling_code`. A fingerprint is the first 16 bytes, in hex, of BLAKE2b
    keyed with `key` (at most 64 bytes) over entity type, NUL and the normalised value.
    """
    result = findings.with_columns(masked=masked(), fingerprint=_fingerprints(findings, key))
    return result.drop("folded") if show_values else result.drop("folded", "value")


def masked() -> pl.Expr:
    """The value for people to read: letters and digits become `*` but for the few that `_SHOWN` allows."""
    value, kind = pl.col("value"), pl.col("entity_type")
    types, shown = list(_SHOWN), list(_SHOWN.values())
    head = kind.replace_strict(types, [h for h, _ in shown], default=_ID_SHOWN[0], return_dtype=pl.UInt32)
    tail = kind.replace_strict(types, [t for _, t in shown], default=_ID_SHOWN[1], return_dtype=pl.UInt32)
    length = value.str.len_chars()
    enough = length >= 2 * (head + tail)
    head, tail = pl.when(enough).then(head).otherwise(0), pl.when(enough).then(tail).otherwise(0)
    middle = value.str.slice(head, length - head - tail).str.replace_all(_SECRET, "*")
    general = value.str.head(head) + middle + value.str.slice(length - tail)
    email = value.str.replace("^(?:([^@])[^@]+|[^@]*)@", "${1}***@")
    return pl.when(kind == "EMAIL_ADDRESS").then(email).otherwise(general)


def normalised() -> pl.Expr:
    """The value without what people write differently: the same person, phone or address gives the same text."""
    folded, kind, code = pl.col("folded"), pl.col("entity_type"), pl.col("calling_code")
    digits = folded.str.replace_all("[^0-9]", "")
    foreign = folded.str.contains(r"^\s*(?:tel:)?\(?(?:\+|00)")
    bare = pl.when(foreign).then(digits.str.strip_prefix("00").str.strip_prefix(code)).otherwise(digits)
    national = pl.concat_str(pl.lit("+"), code, bare.str.strip_prefix("0"))
    phone = pl.when(code.is_null()).then(pl.lit("+") + digits.str.strip_prefix("00")).otherwise(national)
    letters = folded.str.to_lowercase().str.replace_all(r"[\s,.()-]", "")
    return (
        pl.when(kind == "PHONE_NUMBER")
        .then(phone)
        .when(kind == "EMAIL_ADDRESS")
        .then(folded.str.to_lowercase())
        .otherwise(letters)
    )


def _fingerprints(findings: pl.DataFrame, key: bytes) -> pl.Series:
    """Keyed hashes, one for each row; computed once per distinct value."""
    texts = findings.select(text=pl.concat_str(pl.col("entity_type"), normalised(), separator="\0"))
    unique = texts["text"].unique()
    start = hashlib.blake2b(key=key, digest_size=16)
    hashes = [_digest(start, text) for text in unique.to_list()]
    table = pl.DataFrame(
        {"text": unique, "fingerprint": hashes}, schema=dict.fromkeys(["text", "fingerprint"], pl.String)
    )
    return texts.join(table, on="text", how="left", maintain_order="left")["fingerprint"]


def _digest(start: hashlib.blake2b, text: str) -> str:
    state = start.copy()
    state.update(text.encode())
    return state.hexdigest()
