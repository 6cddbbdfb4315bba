r"""Escapes such as `\uD64D` and `%ED%99%8D`."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from scanner.escapes import holds, read, unescaped
from scanner.hook.screen import Screen

Leakgauge = Callable[..., Run]
WRITERS: dict[str, Callable[[str], str]] = {
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON in JSON": lambda text: json.dumps(json.dumps(text)[1:-1])[1:-1],
    "URL": quote,
}
TEXT = st.text(st.characters(codec="utf-8", min_codepoint=0x80, exclude_categories=["Cc"]), min_size=1, max_size=20)


@pytest.mark.parametrize("how", WRITERS)
@given(text=TEXT, before=st.text("ab: ", max_size=5), after=st.text("xyz&", max_size=5))
def test_what_is_escaped_is_read(how: str, text: str, before: str, after: str) -> None:
    """Any characters outside of ASCII, those beyond the basic plane too, with what stands around them."""
    assert unescaped(before + WRITERS[how](text) + after) == before + text + after


@pytest.mark.parametrize("how", WRITERS)
@given(parts=st.lists(st.sampled_from(["홍", "ễ", "𠮷", "a", " ", "0", "-"])))
def test_each_character_has_its_place(how: str, parts: list[str]) -> None:
    """What stands between two places is the character or its escape."""
    written = "".join(WRITERS[how](part) for part in parts)
    if not holds(written):
        return
    _, places = read(written)
    pieces = [written[low:high] for low, high in pairwise(places)]
    assert pieces == [WRITERS[how](part) for part in parts]


@given(st.text(r"\u%0aE9dD8f "))
def test_every_text_has_as_many_places_as_characters(text: str) -> None:
    """Also where escapes are broken: halves of pairs, bytes that are no UTF-8, what is cut off."""
    plain, places = read(text)
    assert len(places) == len(plain) + 1
    assert places == sorted(places) and places[-1] == len(text)
    assert plain == unescaped(text) == plain.encode().decode()


@pytest.mark.parametrize(
    "text", ["100%", "a%20b", "%0A%0D", r"C:\users\names", r"\u003cb\u003e", "%C0%80", "%EA%B9", r"\ud83d", "50%25"]
)
def test_other_signs_stay(text: str) -> None:
    """Escapes of ASCII, of controls and of no characters, unless they stand beside others that are read."""
    assert unescaped(text) == text


@pytest.mark.parametrize(
    "text", ["tel=010%2D0000%2D1234", "%2B82%2010%200000%201234", "tel=%2B821000001234", "tel=010%200000%201234"]
)
def test_signs_that_part_digits_are_read(text: str) -> None:
    """The number is found as if it were written plainly."""
    assert "%" not in unescaped(text)


def test_nested_json_and_addresses_are_searched(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """JSON in a line of JSON, of a log, in a table; a form of the web: the same findings, each where it is written."""
    person = {"name": "김가상", "addr": "서울특별시 강남구 테헤란로 123"}
    nested = json.dumps(person)
    (tmp_path / "a.jsonl").write_text(json.dumps({"payload": nested}) + "\n")
    (tmp_path / "a.log").write_text(f"2026-05-01 INFO {nested}\n")
    (tmp_path / "a.csv").write_text('id,body\n1,"' + nested.replace('"', '""') + '"\n')
    (tmp_path / "b.log").write_text(f"GET /sign-up?name={quote(person['name'])}&addr={quote(person['addr'])}\n")
    for name in ("a.jsonl", "a.log", "a.csv", "b.log"):
        run = leakgauge("scan", "--show-values", name)
        values = {finding["entity_type"]: unescaped(finding["value"]) for finding in run.findings}
        assert values == {"PERSON": person["name"], "ADDRESS": person["addr"]}
        assert [finding["masked"][:1] for finding in run.findings] == ["김", "서"]
        assert Screen().may_hold(name, (tmp_path / name).read_bytes())
        masked = leakgauge("mask", name, "-")
        assert (masked.code, b"u" in masked.out.split(b"name")[1][:12]) == (0, False)


@pytest.mark.parametrize("piece", ["\\", "\\u", "%", "%E", r"\uD83D", "%EA%B9"])
def test_what_only_begins_like_an_escape_takes_no_time(piece: str) -> None:
    """A megabyte of it is passed on."""
    text = piece * (1_000_000 // len(piece))
    assert unescaped(text + r" \uAC00") == text + " 가"
