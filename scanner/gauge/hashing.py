"""Hashes that tell values apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from scanner.gauge.patterns import Patterns
from scanner.model import IntArray
from scanner.redact import normalised

_BYTES = 8


@dataclass(frozen=True)
class Hashing:
    """Hashes of values with a `key` of at most 64 bytes; those that are `portable` are the same in other versions.

    These are BLAKE2b of the normalised value and take ten times as long; the others are of the frame engine and never
    leave a run and its state. Neither knows the entity type, as a number tells a person whatever it is called.
    """

    key: bytes
    portable: bool = False

    def of(self, folded: pl.Series, kind: int, pattern: IntArray, patterns: Patterns) -> IntArray:
        """Hashes of the normalised values, int64 (n,), of the type of that number and found by the patterns (n,)."""
        name, frame = patterns.kinds[kind], pl.DataFrame({"folded": folded})
        if name == "PHONE_NUMBER":
            frame = frame.with_columns(calling_code=patterns.calling_code.gather(pattern))
        return self._hashes(normalised(frame, name))

    def _hashes(self, texts: pl.Series) -> IntArray:
        if not self.portable:
            return texts.hash(self._seed).reinterpret(signed=True).to_numpy()
        start = hashlib.blake2b(key=self.key, digest_size=_BYTES)
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
