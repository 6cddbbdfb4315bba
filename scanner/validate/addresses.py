"""Whole cells that look like an address and hold more than one."""

from __future__ import annotations

import polars as pl

from scanner.validate.unmoved import Unmoved

# Ten digits and more with the signs of telephone numbers between them, nine after a leading zero or plus. Postal codes
# and house numbers that stand side by side have fewer.
_PHONE = r"(?:^|[^0-9])(?:[+0][(]?[0-9](?:[ .()-]{0,2}[0-9]){7}|[0-9](?:[ .()-]{0,2}[0-9]){9})"
# A bare number, or what programs call an address: of a network, of memory, of a wallet.
_CODE = "^(?:[0-9.:]+|0[xX][0-9A-Fa-f]+|[0-9A-Za-z]{12,})$"
# Surname and given name as Japan writes them, of which the first may end like a village or a town.
_UNITS = "省市区县縣旗镇鎮乡鄉村路街道巷苑城院园園庭厦廈场場寓号號栋棟幢座楼樓层層室弄组組户戶町丁県"
_NAME = f"^[一-龥々ヶ]{{1,3}}[ 　][一-龥々ぁ-んァ-ヶ]{{0,3}}[^{_UNITS}]$"


def address(values: pl.Series) -> pl.Series:
    """Reject cells that also hold a telephone number, whose pieces are found one by one, names of Japan, and codes.

    String to Int8, -1 or 0.
    """
    wrong = values.str.contains(_PHONE) | values.str.contains(_NAME) | values.str.contains(_CODE)
    return -wrong.fill_null(False).cast(pl.Int8)


# a leading zero counts where nine digits stand together
VALIDATORS = {"address": Unmoved(address, "[0-9](?:[ .()-]{0,2}[0-9]){8}")}
