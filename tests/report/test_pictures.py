"""Which rows the charts show, and that the rest is summed."""

from __future__ import annotations

from report import samples

from scanner.report import pictures


def test_the_riskiest_and_the_most_frequent_combinations_are_shown_and_the_rest_is_summed() -> None:
    """Of many combinations fifteen have a row, eight for their risk at most; no record is missing."""
    risky = [samples.combination(place + 1, "ADDRESS", "DOOR_CODE", f"X_{place}") for place in range(20)]
    others = [samples.combination(1000 - place, f"Y_{place}") for place in range(30)]
    picture = pictures.combinations(samples.empty() | {"combinations": [*risky, *others]})
    assert picture is not None
    rows = [[cell.text for cell in row] for row in picture.table.rows]
    assert len(rows) == 16
    assert [row[3] for row in rows[:9]] == ["address with door code"] * 8 + [""]
    assert rows[8][1] == "1,000"
    assert rows[-1][0] == "35 other combinations"
    shown = [int(row[1].replace(",", "")) for row in rows]
    assert sum(shown) == sum(item["records"] for item in [*risky, *others])


def test_places_beyond_the_first_are_one_bar_and_all_in_the_table() -> None:
    """A chart of many provinces has twelve bars, the last for all others; its table has each of them."""
    items = [{"country": "KR", "province": f"province {place}", "records": 100 - place} for place in range(40)]
    picture = pictures.provinces(samples.empty() | {"provinces": items})
    assert picture is not None
    assert "29 others" in picture.wide
    assert "province 10<" in picture.wide
    assert "province 11<" not in picture.wide
    assert len(picture.table.rows) == 40


def test_provinces_of_several_countries_name_their_country() -> None:
    """The country stands behind a province where there is more than one country."""
    one = {"country": "KR", "province": "경기도", "records": 5}
    other = {"country": "CN", "province": "广东省", "records": 3}
    for items, label in (([one], "경기도"), ([one, other], "경기도 (KR)")):
        picture = pictures.provinces(samples.empty() | {"provinces": items})
        assert picture is not None
        assert picture.table.rows[0][0].text == label


def test_types_beyond_the_chart_are_in_the_table() -> None:
    """Twenty types are drawn and a note says so; the table has all of them."""
    picture = pictures.entities(samples.hostile())
    assert picture is not None
    assert len(picture.table.rows) == len(samples.TYPES) > 20
    assert picture.note == "Drawn are the 20 most frequent types; the table has all."


def test_what_is_not_there_is_not_drawn() -> None:
    """Without waybills, dates, countries and provinces there are no pictures of them."""
    result = samples.empty()
    for draw in (pictures.waybills, pictures.dates, pictures.countries, pictures.provinces, pictures.entities):
        assert draw(result) is None
