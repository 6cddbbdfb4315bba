"""Tags: what a baseline keeps of a value.

Without a key a tag is the first 12 bits of scrypt (RFC 7914) over the value's identity, a BLAKE2b hash with the salt of
the file: slow to try, and of 4096 values one has the same tag, so that trying all values never tells which it was.
With a key the whole hash is kept, which nobody without the key can try at all. docs/baseline.md has the arithmetic.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from scanner.errors import UsageError

BITS = 12
BLOCK = 8  # scrypt's r: 1 KiB
LEAST, MOST = 1 << 7, 1 << 14  # scrypt's n: 128 KiB and 16 MiB of memory, about 0.4 and 45 ms
_WORK = 1 << 21  # n of all values of a new baseline together: some seconds of one core
_MOST_WORK = 1 << 27  # n of all values that a run looks up: six minutes of one core
_SALT = 16  # bytes


def cost(values: int) -> int:
    """Scrypt's n for a baseline of so many distinct values, so that checking all of them takes seconds."""
    share = _WORK // max(values, 1)
    return min(max(1 << (share.bit_length() - 1), LEAST), MOST) if share else LEAST


@dataclass(frozen=True, slots=True)
class Hashing:
    """How the tags of one baseline are made: scrypt's `n`, or None where they are keyed."""

    salt: bytes
    n: int | None
    key: bytes = field(default=b"", repr=False)

    @classmethod
    def new(cls, values: int, key: bytes) -> Hashing:
        """For a baseline of so many distinct values; without a key if it is empty."""
        return cls(secrets.token_bytes(_SALT), None if key else cost(values), key)

    @property
    def identity(self) -> bytes:
        """The key of the identities that tags are made of, 32 bytes; secret where there is a key."""
        return hashlib.blake2b(self.salt, key=self.key, digest_size=32, person=b"baseline").digest()

    @property
    def check(self) -> str:
        """Tells the right key from others, and nothing else of it."""
        return hashlib.blake2b(b"check", key=self.identity, digest_size=8).hexdigest()

    @property
    def affordable(self) -> int:
        """Of how many values a run may make tags, where they are not keyed."""
        return _MOST_WORK // (self.n or 1)

    def tags(self, identities: Sequence[str]) -> list[str]:
        """The tags of identities (16 bytes in hex), in their order; on all cores, as scrypt lets threads run."""
        if self.n is None:
            return list(identities)
        if len(identities) < 2:
            return [self._slow(each) for each in identities]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(self._slow, identities))

    def _slow(self, identity: str) -> str:
        digest = hashlib.scrypt(bytes.fromhex(identity), salt=self.salt, n=self.n or MOST, r=BLOCK, p=1, dklen=32)
        return digest.hex()[: BITS // 4]

    def require(self, path: str, check: str | None) -> None:
        """Raise `UsageError` where the file at `path` was made with another key, or with one and none is given."""
        if check is None or check == self.check:
            return
        if not self.key:
            raise UsageError(f"{path} was made with a key: give the same one by --key-file or LEAKGAUGE_KEY")
        raise UsageError(f"{path} was made with another key: give that one by --key-file or LEAKGAUGE_KEY")
