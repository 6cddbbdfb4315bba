"""Check digits of parcel and waybill numbers.

Sources: UPU standard S10; USPS Publication 199 (IMpb, the GS1 mod 10 check); the ground label specification of FedEx;
the open list of formats at github.com/jkeen/tracking_number_data; for Japan and Korea the carriers' own notes on the
remainder by seven (7DR).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.validate.numbers import (
    Digits,
    Mask,
    alnum_only,
    code_matrix,
    digit_matrix,
    digits_only,
    verdict,
    weighted_sum,
)

# ISO 3166-1 alpha-2, which S10 requires as the last two letters.
_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_FEDEX_EXPRESS_WEIGHTS = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)


def s10(values: pl.Series) -> pl.Series:
    """Validate UPU S10 items (two letters, eight digits, check digit, country); String to Int8 verdicts."""
    compact = alnum_only(values)
    digits = digit_matrix(compact.str.slice(2, 9), 9)
    check = 11 - weighted_sum(digits, _S10_WEIGHTS) % 11
    check = np.where(check == 10, 0, np.where(check == 11, 5, check))
    country = compact.str.slice(11).is_in(_COUNTRIES.split()).fill_null(False).to_numpy()
    return verdict(_full(digits) & (digits[:, 8] == check) & country)


def ups(values: pl.Series) -> pl.Series:
    """Validate UPS numbers, 1Z and 16 characters of which the last is a mod 10 check; String to Int8 verdicts."""
    codes = code_matrix(alnum_only(values), 18)
    digits = np.where(codes >= ord("A"), (codes - ord("A") + 2) % 10, codes - ord("0"))[:, 2:]
    total = digits[:, 0:15:2].sum(axis=1) + 2 * digits[:, 1:15:2].sum(axis=1)
    return verdict((codes[:, 0] > 0) & (digits[:, 15] == -total % 10))


def fedex(values: pl.Series) -> pl.Series:
    """Validate FedEx Express (12 digits), Ground (15; 22 with 96) and SmartPost (20; 22 with 92); Int8 verdicts."""
    digits = digits_only(values)
    express = digit_matrix(digits, 12)
    valid = _full(express) & (weighted_sum(express, _FEDEX_EXPRESS_WEIGHTS) % 11 % 10 == express[:, 11])
    valid |= _gs1(digits, 15) | _gs1("92" + digits, 22)
    long = digit_matrix(digits, 22)
    valid |= _gs1(digits.str.slice(7), 15) & (long[:, 0] == 9) & (long[:, 1] == 6)
    return verdict(valid | (_gs1(digits, 22) & (long[:, 0] == 9) & (long[:, 1] == 2)))


def usps(values: pl.Series) -> pl.Series:
    """Validate USPS numbers of 20, 22 or 26 digits, or these after 420 and a ZIP code; String to Int8 verdicts.

    Older labels of 20 digits leave out the application identifier 91, which their check digit may count.
    """
    digits = digits_only(values).str.replace("^420[0-9]{5}(9[1-5])", "${1}")
    return verdict(_gs1(digits, 20) | _gs1("91" + digits, 22) | _gs1(digits, 22) | _gs1(digits, 26))


def dhl(values: pl.Series) -> pl.Series:
    """Validate DHL Express waybills of ten digits by 7DR; numbers that begin with letters are unknown."""
    compact = alnum_only(values)
    return verdict(_remainder_by_seven(digit_matrix(compact, 10)), ~_has_letters(compact))


def cj(values: pl.Series) -> pl.Series:
    """Validate CJ Logistics waybills of 10 or 12 digits: the nine digits before the last, modulo 7, are the last."""
    digits = digits_only(values)
    known_length = digits.str.len_bytes().is_in([10, 12]).fill_null(False).to_numpy()
    return verdict(known_length & _remainder_by_seven(digit_matrix(digits.str.tail(10), 10)))


def japan_7dr(values: pl.Series) -> pl.Series:
    """Validate Japanese parcel numbers of 10 to 12 digits by 7DR: all digits but the last, modulo 7, are the last."""
    digits = digits_only(values)
    valid = [_remainder_by_seven(digit_matrix(digits, width)) for width in (10, 11, 12)]
    return verdict(np.logical_or.reduce(valid))


def _full(digits: Digits) -> Mask:
    """Whether each row was a value of the matrix's width."""
    return np.asarray(digits[:, 0] >= 0)


def _has_letters(values: pl.Series) -> Mask:
    return values.str.contains("[A-Z]").fill_null(False).to_numpy()


def _remainder_by_seven(digits: Digits) -> Mask:
    """Whether the last digit is the number before it modulo 7; rows that are not full are not."""
    body = digits.shape[1] - 1
    powers = [pow(10, body - 1 - place, 7) for place in range(body)]
    return np.asarray(_full(digits) & (weighted_sum(digits, powers) % 7 == digits[:, body]))


def _gs1(values: pl.Series, width: int) -> Mask:
    """Whether values of `width` digits fit the GS1 check: weights 3 and 1 in turn from the right, sum modulo 10."""
    digits = digit_matrix(values, width)
    weights = [1 if (width - place) % 2 else 3 for place in range(width)]
    return np.asarray(_full(digits) & (weighted_sum(digits, weights) % 10 == 0))


VALIDATORS = {
    "tracking_s10": s10,
    "tracking_ups": ups,
    "tracking_fedex": fedex,
    "tracking_usps": usps,
    "tracking_dhl": dhl,
    "tracking_cj": cj,
    "tracking_japan": japan_7dr,
}
