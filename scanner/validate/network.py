"""E-mail, IP and MAC addresses: what is well formed, what is only a look-alike, what points at nobody."""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.validate.numbers import Mask
from scanner.validate.unmoved import Unmoved

# Endings of file and unit names (`icon@2x.png`, `getty@tty1.service`), none of which is a top-level domain.
_NOT_DOMAINS = (
    "png|jpe?g|gif|svg|webp|ico|bmp|css|scss|less|js|mjs|cjs|jsx|ts|tsx|json|map|html?|xml|ya?ml|toml|txt|csv|pdf|lock|"
    "woff2?|ttf|service|socket|timer|target|mount|slice|scope"
)
_EMAIL_BROKEN = rf"(?i)\.\.|\.-|-\.|@-|^\.|\.@|\.(?:{_NOT_DOMAINS})$|^(?:git|hg|svn)@|://"
_EXAMPLE = r"(?i)[@.](?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$"
_EMAIL_LOCAL_MAX, _EMAIL_MAX = 64, 254  # RFC 5321


def email(values: pl.Series) -> pl.Series:
    """E-mail addresses; String to Int8.

    1: well formed by RFC 5321 as far as it is in use; 0: in a domain that is kept for examples and tests (RFC 2606),
    where nobody reads mail; -1: empty or hyphen-edged labels, too long, a file or unit name
    behind the dot, the password and host of a URL (`scheme://user:password@host`), or the shared account of code hosts
    (`git@host`), which names a repository and no person.
    """
    broken, size = values.str.contains(_EMAIL_BROKEN), values.str.len_bytes()
    if (size > _EMAIL_LOCAL_MAX).any():
        broken |= (size > _EMAIL_MAX) | (values.str.find("@", literal=True) > _EMAIL_LOCAL_MAX)
    return _three(dropped=_mask(broken), valid=~_mask(values.str.contains(_EXAMPLE)))


def ip_v4(values: pl.Series) -> pl.Series:
    """Dotted IPv4 addresses; String to Int8.

    1: some octet is 64 or more, which version numbers seldom reach; 0: all are small, so that it may be a version, or
    it begins as object identifiers do (1.3.6, 1.3.101, 2.5.4, 2.5.29), or ends with 0, as networks do;
    -1: an octet above 255 or with a leading zero, and what points at nobody: unspecified (0/8), loopback (127/8),
    netmasks and broadcast (255/8).
    """
    parts = [values.str.extract(rf"^(?:[0-9]+\.){{{i}}}([0-9]+)").cast(pl.Int64, strict=False) for i in range(4)]
    octets = np.column_stack([part.fill_null(-1).to_numpy() for part in parts])
    wrong = ((octets < 0) | (octets > 255)).any(axis=1) | _mask(values.str.contains(r"(?:^|\.)0[0-9]"))
    nobody = np.isin(octets[:, 0], (0, 127, 255))
    large = np.asarray((octets >= 64).any(axis=1), dtype=np.bool_)
    identifier = _mask(values.str.contains(r"^(?:1\.3\.(?:6|101)|2\.5\.(?:4|29))\."))
    return _three(dropped=wrong | nobody, valid=large & ~identifier & (octets[:, 3] != 0))


def ip_v6(values: pl.Series) -> pl.Series:
    """IPv6 addresses (RFC 4291 text form, zone and embedded IPv4 allowed); String to Int8.

    1: eight groups of which one has three digits or more, or fewer around one `::` in an assigned block (2000::/3,
    64:ff9b::/96, fc00::/7, fe80::/10) or an IPv4 address mapped by `::ffff:`; 0: the form holds, but so it does for
    `Ab::Cd` of program text, for an EUI-64, and for the deprecated `::1.2.3.4`;
    -1: wrong number of groups (clock times, MAC addresses, key fingerprints), and what points at nobody: `::`, `::1`,
    tails that `ip_v4` drops, and what ends with `::`, which is a prefix (RFC 4291, 2.6.1: the address of its routers).
    """
    text = values.str.to_lowercase().str.replace(r"%.*$", "")
    head = text.str.replace(r"[0-9]+(?:\.[0-9]+){3}$", "0:0")
    gaps = head.str.count_matches("::", literal=True).cast(pl.Int64)
    groups = head.str.count_matches("[0-9a-f]+").cast(pl.Int64)
    fits = ((gaps == 0) & (groups == 8)) | ((gaps == 1) & (groups <= 7))
    broken = head.str.contains(r":::|^:[^:]|[^:]:$|[0-9a-f]{5}")
    nobody = text.str.contains(r"^[0:]*:0*1?$|::$|:(?:0|127|255)\.[0-9.]+$")
    assigned = text.str.contains(
        r"^(?:[23][0-9a-f]{3}:|64:ff9b:|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)|^[0:]*:ffff:(?:0:)?[0-9]+\."
    )
    full = (gaps == 0) & head.str.contains("[0-9a-f]{3}")
    return _three(dropped=_mask(~fits | broken | nobody), valid=_mask(assigned | full))


def mac(values: pl.Series) -> pl.Series:
    """MAC addresses (EUI-48); String to Int8.

    0: six octets; -1: another number of octets (key fingerprints), all zeros, and the broadcast and group addresses,
    whose first octet is odd. Never 1: there is no check digit.
    """
    octets = values.str.to_lowercase().str.replace_all("[^0-9a-f]", "")
    device = octets.str.contains("^[0-9a-f][02468ace][0-9a-f]{10}$") & ~octets.str.contains("^0{12}$")
    return _three(dropped=_mask(~device), valid=np.zeros(len(values), dtype=np.bool_))


def _mask(flags: pl.Series) -> Mask:
    return np.asarray(flags.fill_null(True).to_numpy(), dtype=np.bool_)


def _three(dropped: Mask, valid: Mask) -> pl.Series:
    """-1 where dropped, else 1 where valid, else 0."""
    return pl.Series(values=np.where(dropped, -1, valid.astype(np.int8)), dtype=pl.Int8)


VALIDATORS = {"email": Unmoved(email, "(?i)woff[0-9]"), "ip_v4": ip_v4, "ip_v6": ip_v6, "mac": mac}
