"""The page: what stands in it, and what never does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from report import samples

from scanner.report.page import page
from scanner.report.texts import number

NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
CHARTS = {"svg", "g", "path", "text", "rect", "title", "desc", "line"}
Made = Callable[[str], str]


def words(text: str) -> str:
    """All that a page says, without its style."""
    tree = html.fromstring(text)
    for style in tree.xpath("//style"):
        style.drop_tree()
    return " ".join(tree.text_content().split())


def numbers(item: Any) -> set[int]:
    """Every count in a result; shares, versions, ends of ranges and what stands for a file are none."""
    if isinstance(item, dict):
        left_out = {"share", "v", "line", "seed", "bytes", "bytes_read", "dates"}
        return {found for key, value in item.items() if key not in left_out for found in numbers(value)}
    if isinstance(item, list):
        return {found for value in item for found in numbers(value)}
    return {item} if isinstance(item, int) and not isinstance(item, bool) else set()


def test_every_count_stands_there(made: Made) -> None:
    """Each count of the result is on the page, with commas between thousands."""
    said = words(made("leak"))
    missing = [
        count for count in numbers(samples.leak()) if not re.search(rf"(?<![\d,]){number(count)}(?![\d,])", said)
    ]
    assert missing == []


def test_units_stand_beside_the_headline(made: Made) -> None:
    """The four counts at the head each name their unit, and people their range and the reason."""
    figures = html.fromstring(made("leak")).xpath("//dl[@class='figures']/div")
    pairs = [(item.find("dt").text, item.find("dd").text) for item in figures]
    assert pairs == [
        ("people", "24,900,120"),
        ("records with personal data", "33,699,212"),
        ("values", "139,099,215"),
        ("different values", "73,008,036"),
    ]
    assert "23,100,007 to 27,812,345" in figures[0].text_content()
    assert "E-mail addresses are on 98 % of the records." in figures[0].text_content()


def test_names_and_codes_of_types_stand_together(made: Made) -> None:
    """A type is named in plain words, its code beside it."""
    cells = html.fromstring(made("leak")).xpath("//figure[@id='entities']//tbody/tr/td[1]")
    assert [" ".join(cell.text_content().split()) for cell in cells[:2]] == [
        "Telephone number PHONE_NUMBER",
        "Name of a person PERSON",
    ]


def test_masked_samples_stand_with_their_field(made: Made) -> None:
    """The table of a file's fields shows type, role, share, counts and up to three masked samples."""
    (row,) = html.fromstring(made("leak")).xpath("//tr[td[1][normalize-space()='배송메모']]")
    assert [" ".join(cell.text_content().split()) for cell in row] == [
        "배송메모",
        "Door code DOOR_CODE",
        "not said",
        "7.7 % 2,609,114 records",
        "2,609,113",
        "611,003 598,783 to 623,223",
        "#***** *****#",
    ]


def test_a_result_without_anything_has_a_page(made: Made) -> None:
    """Nothing found is said in words, without charts, and the notices say so."""
    text = made("empty")
    assert "<svg" not in text
    assert "No record holds personal data in the clear." in words(text)
    assert "Everything was read." in words(text)
    assert words(text).count("none found") == 5


def test_what_was_not_read_is_said_at_the_head_and_listed(made: Made) -> None:
    """An incomplete run says that numbers may be higher; a sample, that they are estimates; issues are in a table."""
    tree = html.fromstring(made("hostile"))
    warnings = [item.text for item in tree.xpath("//header/p[@class='warning']")]
    assert warnings == [
        "Not everything was read, so the true numbers may be higher. What was left is listed below.",
        "Estimated from a sample: 64 random blocks of 1 MB in all (1 % of the data, seed 7). "
        "Ranges are 95 % intervals.",
    ]
    assert "650 MB of 700 MB (92.9 %) read." in words(made("hostile"))
    rows = tree.xpath("//table[caption='Issues']/tbody/tr")
    assert len(rows) == len(samples.PATHS)
    assert "line 123,456" in rows[0].text_content()


def test_nothing_is_loaded_and_nothing_runs(made: Made, sample: str) -> None:
    """The page names no address, has no script, no handler and no element that loads, and forbids all but its style."""
    text = made(sample)
    tree = html.fromstring(text)
    assert "http://" not in text
    assert "https://" not in text
    assert not tree.xpath("//script|//link|//img|//iframe|//object|//embed|//form|//image|//use|//foreignObject|//a")
    assert not [
        name for item in tree.iter() for name in item.attrib if name.startswith("on") or name in ("href", "src")
    ]
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert "url(" not in text
    assert "@import" not in text


def test_hostile_texts_are_only_texts(made: Made) -> None:
    """Markup in paths, fields, types, samples, messages and provinces is shown as it is; controls are replaced."""
    text = made("hostile")
    tree = html.fromstring(text)
    assert f"{samples.SCRIPT}.csv" in words(text)
    assert tree.xpath("//td/bdi[.='</td><img src=x onerror=alert(1)>']")
    assert tree.xpath("//*[@id='entities']//*[local-name()='text' and .='<script>alert(1)</script>']")
    assert not UNSAFE.search(text)
    assert "a\ufffdgnp.csv\ufffd[31m\ufffd\ufffd" in words(text)
    assert "(10,000 characters)" in words(text)
    assert "n" * 200 not in text


def test_the_page_is_accessible(made: Made, sample: str) -> None:
    """Language and direction are set, ids are unique, tables have captions and heads, charts a title and a text."""
    tree = html.fromstring(made(sample))
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for table in tree.xpath("//table"):
        assert table.xpath("./caption/text()")
        assert table.xpath("./thead//th[@scope='col']")
        assert {len(row) for row in table.xpath(".//tr")} == {len(table.xpath("./thead//th"))}
    for chart in tree.xpath("//svg[@role='img']"):
        assert [tree.get_element_by_id(name).text for name in chart.get("aria-labelledby").split()] != [None, None]
    levels = [int(item.tag[1]) for item in tree.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_chart_has_its_numbers_as_a_table(made: Made) -> None:
    """Whoever does not see a chart finds its numbers below it."""
    for picture in html.fromstring(made("leak")).xpath("//figure"):
        assert picture.xpath(".//svg[@role='img']")
        assert picture.xpath(".//table/tbody/tr")


@settings(max_examples=25)
@given(texts=st.lists(st.text(max_size=40), min_size=4, max_size=4))
def test_no_text_becomes_markup(texts: list[str]) -> None:
    """Whatever a path, a field, a type and a sample hold, the page has the elements that it has for plain ones."""

    def tags(path: str, name: str, kind: str, sample: str) -> list[str]:
        counts = samples.entity(3, 3, 3)
        result = samples.empty() | {
            "entities": {kind: counts},
            "fields": [samples.field(path, name, kind, counts, samples=[sample])],
            "combinations": [{"entities": [kind], "records": 3, "risk": name}],
            "provinces": [{"country": "KR", "province": sample, "records": 3}],
        }
        text = page(result, NOW)
        assert not UNSAFE.search(text)
        return [item.tag for item in html.fromstring(text).iter() if item.tag not in CHARTS]

    assert tags(*(text or "x" for text in texts)) == tags("a", "b", "c", "d")
