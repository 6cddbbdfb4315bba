"""Addresses of the net: look-alikes and addresses of nobody."""

import ipaddress

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.validate.network import email, ip_v4, ip_v6, mac


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("kim@example.com", 0),
        ("kim@sample.co.kr", 1),
        ("user@xn--80ak6aa92e.com", 1),
        ("icon@2x.png", -1),
        ("getty@tty1.service", -1),
        ("git@example.com", -1),
        ("a..b@example.com", -1),
        ("a@-example.com", -1),
        ("a" * 65 + "@example.com", -1),
        ("a@" + "b" * 250 + ".com", -1),
    ],
)
def test_email_verdicts(value: str, expected: int) -> None:
    """File names, unit names, shared accounts and malformed addresses are dropped."""
    assert email(pl.Series([value])).to_list() == [expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("203.0.113.9", 1),
        ("192.168.1.1", 1),
        ("10.0.0.1", 0),
        ("1.2.3.4", 0),
        ("1.3.6.128", 0),
        ("2.5.29.100", 0),
        ("1.3.60.128", 1),
        ("127.0.0.1", -1),
        ("0.0.0.0", -1),
        ("255.255.255.0", -1),
        ("203.0.113.256", -1),
        ("203.0.113", -1),
        ("203.00.113.9", -1),
    ],
)
def test_ip_v4_verdicts(value: str, expected: int) -> None:
    """Small octets may be a version or an object identifier; loopback, unspecified and masks are nobody's."""
    assert ip_v4(pl.Series([value])).to_list() == [expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2001:db8::1", 1),
        ("fe80::1%eth0", 1),
        ("::ffff:192.0.2.1", 1),
        ("684D:1111:222:3333:4444:5555:6:77", 1),
        ("0:0:0:0:0:ffff:192.0.2.1", 1),
        ("64:ff9b::192.0.2.1", 1),
        ("::192.0.2.1", 0),
        ("::1.2.3.4", 0),
        ("::0.0.0.1", -1),
        ("::ffff:127.0.0.1", -1),
        ("Ab::Cd", 0),
        ("00:1a:2b:ff:fe:3c:4d:5e", 0),  # EUI-64
        ("::", -1),
        ("::00", -1),
        ("::1", -1),
        ("0:0:0:0:0:0:0:1", -1),
        ("12:33:45", -1),
        ("00:1a:2b:3c:4d:5e", -1),
        ("2001:db8::1::2", -1),
        ("1:2:3:4:5:6:7:8:9", -1),
    ],
)
def test_ip_v6_verdicts(value: str, expected: int) -> None:
    """Times, MAC addresses and fingerprints are dropped; odd blocks are unknown."""
    assert ip_v6(pl.Series([value])).to_list() == [expected]


@given(st.ip_addresses(v=6, network="2000::/3"))
def test_ip_v6_accepts_every_global_address(address: ipaddress.IPv6Address) -> None:
    """Compressed and exploded spellings of global unicast addresses are valid, but for prefixes."""
    expected = -1 if address.compressed.endswith("::") else 1
    assert ip_v6(pl.Series([address.compressed, address.exploded])).to_list() == [expected, 1]


@given(st.from_regex("[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,9}", fullmatch=True))
def test_ip_v6_drops_what_the_standard_library_rejects(text: str) -> None:
    """Whatever `ipaddress` cannot parse is dropped, and what it can parse is kept unless it is ::1 or ends with ::."""
    try:
        expected = int(ipaddress.IPv6Address(text)) > 1 and not text.endswith("::")
    except ValueError:
        expected = False
    assert (ip_v6(pl.Series([text]))[0] >= 0) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("00:00:5e:00:53:af", 0),
        ("0000.5E00.53AF", 0),
        ("ff:ff:ff:ff:ff:ff", -1),
        ("01:00:5e:00:00:fb", -1),
        ("00:00:00:00:00:00", -1),
        ("00:00:5e:00:53:af:01", -1),
    ],
)
def test_mac_verdicts(value: str, expected: int) -> None:
    """A device's address is unknown, since nothing proves it; all else is dropped."""
    assert mac(pl.Series([value])).to_list() == [expected]


def test_network_validators_keep_the_length() -> None:
    """The verdicts are Int8, one a value, also for none."""
    for validator in (email, ip_v4, ip_v6, mac):
        assert validator(pl.Series([], dtype=pl.String)).dtype == pl.Int8
        assert len(validator(pl.Series([None, "x"], dtype=pl.String))) == 2


def test_what_ends_with_0_may_be_a_network() -> None:
    """The address of a network proves nothing; that of a host does."""
    values = pl.Series(["198.51.100.0", "198.51.100.7"])
    assert ip_v4(values).to_list() == [0, 1]


def test_domains_for_examples_prove_nothing() -> None:
    """RFC 2606 keeps some domains for examples and tests: an address there counts less, and is not dropped."""
    kept = ["a@example.com", "b@mail.example.org", "c@shop.test", "d@host.invalid"]
    others = ["a@myexample.com", "b@example.co.kr", "c@test.com"]
    assert email(pl.Series(kept)).to_list() == [0] * len(kept)
    assert email(pl.Series(others)).to_list() == [1] * len(others)
