"""Globs fit what they should, and end in time whatever they are."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.allow.entries import Entries
from scanner.allowlist import Allow
from scanner.globs import gitignore, wild
from scanner.sources import Exclude

PARTS = st.lists(
    st.sampled_from(["**", "*", "a", "b", "a*", "*b", "a*b", "*a*", "?", "?b*a", "a**b", "[ab]"]), min_size=1
)
PATHS = st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=7)


def fits(glob: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """What git says, tried in every way; at the end `**` is anything inside."""
    segments = {part: re.compile(re.sub(r"\*+", ".*", part).replace("?", ".")) for part in glob}

    @cache
    def rest(at: int, place: int) -> bool:
        if at == len(glob):
            return place == len(path)
        if glob[at] == "**":
            last = at == len(glob) - 1
            return place < len(path) if last else any(rest(at + 1, each) for each in range(place, len(path) + 1))
        return place < len(path) and bool(segments[glob[at]].fullmatch(path[place])) and rest(at + 1, place + 1)

    return rest(0, 0)


@example(["**"], ["a", "a"], True)
@example(["a*", "**", "**"], ["ab", "a"], True)
@given(PARTS, PATHS, st.booleans())
def test_globs_fit_what_every_way_to_try_them_does(glob: list[str], path: list[str], rooted: bool) -> None:
    """To take as little as it can loses nothing; without a slash a glob fits in any folder."""
    anywhere = len(glob) == 1 and not rooted
    text = f"{'/' * rooted}{'/'.join(glob)}"
    whole = ("**", *glob) if anywhere else tuple(glob)
    assert bool(gitignore(text).fullmatch("/".join(path))) == fits(whole, tuple(path))


@given(st.lists(st.text("ab.\n", max_size=3), min_size=1, max_size=6), st.text("ab.\n", max_size=12))
def test_a_star_in_a_name_stands_for_anything(parts: list[str], name: str) -> None:
    """Each other character stands for itself."""
    naive = re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
    assert bool(wild("*".join(parts)).fullmatch(name)) == bool(naive.fullmatch(name))


STARS = [
    "*a" * 60 + "*b",
    "**a" * 60 + "*b",
    "**/a/" * 60 + "b",
    "**/" * 60 + "b",
    "x/**/" + "a*/**/" * 60 + "b",
    "?*" * 60 + "b",
]


@pytest.mark.parametrize("glob", STARS)
def test_hostile_globs_end(glob: str) -> None:
    """Sixty stars against a name that nearly fits give up at once, in a path and in the name of a field."""
    for path in ("a" * 300, "a/" * 300 + "c", "x/" + "a/" * 300 + "aa"):
        assert not Exclude([glob]).hits_any_part(path, False)
        assert not Exclude([glob]).hits_member(path)
        assert not Entries([Allow(path=(glob,))], path, b"")
        assert not wild(glob).fullmatch(path)
