"""Hashes that tell values apart and tell nothing of them without the key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from scanner.model import IntArray
from scanner.redact import normalised

_BYTES = 8


@dataclass(frozen=True)
class Hashing:
    """Hashes of values with a `key` of at most 64 bytes; those that are `portable` are the same in other versions.

    These are BLAKE2b of entity type, NUL and normalised value and take ten times as long; the others are of the frame
    engine and never leave a run and its state.
    """

    key: bytes
    portable: bool = False

    def of(self, values: pl.DataFrame) -> IntArray:
        """Hashes of normalised values, int64 (n,); reads what `redact.normalised` does, and `entity_type`."""
        result = np.empty(len(values), dtype=np.int64)
        kinds = values["entity_type"]
        for kind in kinds.unique().to_list():
            which = (kinds == kind).arg_true()
            texts = normalised(values[which] if len(which) < len(values) else values, kind)
            result[which.to_numpy()] = self._hashes(texts, kind)
        return result

    def _hashes(self, texts: pl.Series, kind: str) -> IntArray:
        if not self.portable:
            return texts.hash(self._seed).reinterpret(signed=True).to_numpy()
        start = hashlib.blake2b(f"{kind}\0".encode(), key=self.key, digest_size=_BYTES)
        return np.frombuffer(b"".join(_digest(start, text) for text in texts.to_list()), dtype="<i8")

    @cached_property
    def _seed(self) -> int:
        return int.from_bytes(hashlib.blake2b(b"distinct values", key=self.key, digest_size=_BYTES).digest())

    def check(self) -> str:
        """What tells whether two sketches were made with the same key."""
        return hashlib.blake2b(b"sketch", key=self.key, digest_size=16).hexdigest()


def _digest(start: hashlib.blake2b, text: str) -> bytes:
    state = start.copy()
    state.update(text.encode(errors="surrogatepass"))
    return state.digest()
