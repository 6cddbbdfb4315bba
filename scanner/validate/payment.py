"""Payment cards (Luhn and brand ranges) and IBANs (mod 97 and length by country)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.validate.numbers import Mask, alnum_only, digit_matrix, digits_only, verdict
from scanner.views import joined

# Ranges and lengths by ISO/IEC 7812 issuer prefix, as the networks publish them. These name a card on their own.
_CARD_STRONG = "|".join(
    (
        r"4[0-9]{15}",  # Visa
        r"5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}",  # Mastercard
        r"220[0-4][0-9]{12}",  # Mir
        r"3[47][0-9]{13}",  # American Express
        r"35(?:2[89]|[3-8][0-9])[0-9]{12}",  # JCB
        r"3(?:0[0-5]|[689][0-9])[0-9]{11}",  # Diners Club
        r"(?:6011|64[4-9][0-9]|65[0-9]{2})[0-9]{12}",  # Discover, RuPay
        r"62[0-9]{14}",  # UnionPay
        r"(?:50(?:18|19|20|38)|6304|6759|676[1-3])[0-9]{12}",  # Maestro and Dankort of the usual length
    )
)
# UnionPay's of 17 to 19 digits, in groups; without groups one of a thousand generated ids of 64 bits is such a number.
_CARD_LONG = r"62[0-9]{15,17}"
# These share their shape with article numbers (EAN 45, 49), waybills and generated ids, so they need other evidence.
_CARD_WEAK = "|".join(
    (
        r"4[0-9]{12}|4[0-9]{18}",  # Visa of 13 or 19 digits
        r"5(?:0|[6-9])[0-9]{10,17}|6[0-9]{11,18}",  # Maestro
        r"(?:1800|2131)[0-9]{11}|35[0-9]{14}",  # JCB of 15 digits, and outside its published range
        r"1[0-9]{14}",  # UATP
        r"3(?:0[0-5]|[689][0-9])[0-9]{13}",  # Diners Club of 16 digits
        r"9[0-9]{15}",  # domestic cards of Korea and Turkey
    )
)
# 16 digits that begin with a date (yymmdd) inside the Mastercard range: an order number as likely as a card.
_DATED = r"^2[2-7](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{10}$"


def luhn(digits: pl.Series) -> Mask:
    """Whether each text of a String series of ASCII digits without nulls, but an empty one, passes the Luhn check.

    That is the check digit of ISO/IEC 7812-1.
    """
    points, ends = joined(digits)
    lengths = np.diff(ends, prepend=0)
    values = points - np.uint8(ord("0"))
    # every second one from the end counts twice; bytes may run over, for only the lowest bit tells
    second = (np.repeat(ends.astype(np.uint8), lengths) - np.arange(len(points)).astype(np.uint8)) & 1 == 0
    values += second * (values - 9 * (values > 4).view(np.uint8))
    sums = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    return np.asarray(((sums[ends] - sums[ends - lengths]) % 10 == 0) & (lengths > 0), dtype=np.bool_)


def card(values: pl.Series) -> pl.Series:
    """Payment card numbers; String to Int8.

    1: Luhn holds and prefix and length belong to one brand; 0: Luhn holds, but ids of other kinds look alike
    (13 and 19 digit Visa, UnionPay of more than 16 digits in one run, Maestro of odd lengths, a date in front);
    -1: everything else.
    """
    digits = digits_only(values).fill_null("")
    passes = luhn(digits)
    # a tenth of mere numbers passes
    passes[passes] = _matches(digits.filter(pl.Series(passes)), rf"^(?:{_CARD_STRONG}|{_CARD_LONG}|{_CARD_WEAK})$")
    strong = passes.copy()
    strong[passes] = _is_strong(values.filter(pl.Series(passes)), digits.filter(pl.Series(passes)))
    return verdict(strong, known=strong | ~passes)


def _is_strong(values: pl.Series, digits: pl.Series) -> Mask:
    """Which numbers, whose digits have a known prefix and length, name a card on their own."""
    grouped = _matches(digits, rf"^{_CARD_LONG}$") & _matches(values, "[0-9][^0-9]+[0-9]")
    return grouped | (_matches(digits, rf"^(?:{_CARD_STRONG})$") & ~_matches(digits, _DATED))


def _matches(values: pl.Series, pattern: str) -> Mask:
    return np.asarray(values.str.contains(pattern).to_numpy(), dtype=np.bool_)


# Length by country, from the SWIFT IBAN registry (ISO 13616).
IBAN_LENGTHS: dict[str, int] = {
    code: length
    for length, codes in {
        15: "NO",
        16: "BE",
        18: "DK FK FI FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for code in codes.split()
}
_LETTERS = {chr(ord("A") + i): str(10 + i) for i in range(26)}
_CHUNKS = 8  # of nine decimal digits: 34 characters become at most 68 digits


def iban(values: pl.Series) -> pl.Series:
    """International bank account numbers; String to Int8.

    1: mod 97 is 1 and the length is that of a registered country; -1 otherwise, also for unknown countries.
    """
    text = alnum_only(values).fill_null("")
    lengths = text.str.slice(0, 2).replace_strict(IBAN_LENGTHS, default=-1, return_dtype=pl.Int64)
    fits = (text.str.len_bytes() == lengths).to_numpy()
    return verdict(fits & (_mod97(text) == 1))


def _mod97(text: pl.Series) -> npt.NDArray[np.int64]:
    """Remainder of the IBAN number, country and check digits moved last and letters written as 10 to 35."""
    moved = text.str.slice(4) + text.str.slice(0, 4)
    width = 9 * _CHUNKS
    digits = moved.str.replace_many(list(_LETTERS), list(_LETTERS.values())).str.zfill(width)
    matrix = digit_matrix(digits, width).reshape(-1, _CHUNKS, 9)
    chunks = matrix @ (10 ** np.arange(8, -1, -1, dtype=np.int64))
    remainder = np.zeros(len(text), dtype=np.int64)
    for chunk in range(_CHUNKS):
        remainder = (remainder * 10**9 + chunks[:, chunk]) % 97
    return remainder


VALIDATORS = {"card": card, "iban": iban}
