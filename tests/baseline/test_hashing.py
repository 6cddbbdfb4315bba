"""Tags: what they tell of a value, and what they cost."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.baseline.hashing import LEAST, MOST, Hashing, cost
from scanner.errors import UsageError

IDENTITIES = [hashlib.blake2b(bytes([number]), digest_size=16).hexdigest() for number in range(40)]


def test_a_tag_is_the_start_of_scrypt_and_depends_on_the_salt() -> None:
    """Three hex digits of scrypt with the parameters of the file; another salt gives others."""
    one, other = Hashing(b"a" * 16, LEAST), Hashing(b"b" * 16, LEAST)
    raw = bytes.fromhex(IDENTITIES[0])
    digest = hashlib.scrypt(raw, salt=b"a" * 16, n=LEAST, r=8, p=1, dklen=32)
    assert one.tags(IDENTITIES[:1]) == [digest.hex()[:3]]
    assert one.tags(IDENTITIES) != other.tags(IDENTITIES)
    assert one.identity != other.identity


def test_tags_come_in_order_however_many_there_are() -> None:
    """Several threads give the same as one by one."""
    hashing = Hashing(b"a" * 16, LEAST)
    assert hashing.tags(IDENTITIES) == [hashing.tags([each])[0] for each in IDENTITIES]


def test_many_values_share_a_tag() -> None:
    """There are 4096 tags, so who tries all values finds many for each."""
    hashing = Hashing(b"a" * 16, LEAST)
    many = [hashlib.blake2b(number.to_bytes(4, "big"), digest_size=16).hexdigest() for number in range(2000)]
    assert 1300 < len(set(hashing.tags(many))) < 1700  # 4096 * (1 - exp(-2000 / 4096)) is 1582


@given(st.integers(0, 1 << 40))
def test_the_cost_is_a_power_of_two_within_its_bounds(values: int) -> None:
    """The more values, the less each may cost, but never nothing and never more memory than 16 MiB."""
    assert LEAST <= cost(values) <= MOST
    assert cost(values).bit_count() == 1
    assert cost(values) >= cost(values + 1)


def test_keyed_tags_are_whole_and_told_apart_by_their_key() -> None:
    """With a key the identity is the tag; the check of another key fits not, nor does none."""
    keyed = Hashing.new(5, b"k" * 32)
    assert keyed.tags(IDENTITIES) == IDENTITIES
    keyed.require("b.json", keyed.check)
    for key, says in ((b"", "was made with a key"), (b"x" * 32, "another key")):
        with pytest.raises(UsageError, match=says):
            Hashing(keyed.salt, None, key).require("b.json", keyed.check)
    assert "kkk" not in repr(keyed)
