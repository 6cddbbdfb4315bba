"""The table that nominates cells: it lets everything pass that a recognizer would find, and little else."""

from __future__ import annotations

import ast
import random
import re
from bisect import bisect
from itertools import accumulate
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.fold import fold
from scanner.model import DEFAULT_MIN_SCORE
from scanner.recognizers import RECOGNIZERS as TABLE
from scanner.recognizers import create
from scanner.rules import load_rules

HERE = Path(__file__).resolve().parent
RECOGNIZERS = {name: create(name) for name in TABLE}


def _strings(path: Path) -> list[str]:
    """The texts in a test file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _examples() -> list[str]:
    """The examples of all recognizers and rules, and the texts of the fixtures, one line each."""
    texts = [text for path in sorted(HERE.glob("test_*.py")) for text in _strings(path)]
    texts += [e.text for rule in load_rules().rules for e in (*rule.positives, *rule.negatives)]
    inputs = sorted((HERE.parent.parent / "fixtures").glob("*/input.*"))
    texts += [path.read_bytes()[: 1 << 14].decode(errors="ignore").replace("\0", "") for path in inputs]
    lines = {line for text in texts for line in text.splitlines() if line}
    return fold(pl.Series(sorted(lines))).to_list()


EXAMPLES = _examples()


def nominated(name: str, cells: list[str]) -> list[bool]:
    """Which cells are worth a look for one recognizer."""
    masks = [pl.Series(cells, dtype=pl.String).str.contains(regex).alias(regex) for regex in TABLE[name].nominate]
    wide = pl.Series([TABLE[name].ascii or not cell.isascii() for cell in cells], dtype=pl.Boolean).alias("wide")
    return pl.DataFrame([wide, *masks]).select(pl.all_horizontal(pl.all())).to_series().to_list()


def found(name: str, text: str) -> bool:
    """Whether the recognizer finds anything that is reported."""
    return any(result.score >= DEFAULT_MIN_SCORE for result in RECOGNIZERS[name].analyze(text, []))


@pytest.mark.parametrize("name", TABLE)
def test_what_a_recognizer_finds_is_nominated(name: str) -> None:
    """No example in which a recognizer finds something is kept from it, and most of the others are."""
    flags = nominated(name, EXAMPLES)
    hits = [found(name, text) for text in EXAMPLES]
    assert any(hits)
    assert [text for text, flag, hit in zip(EXAMPLES, flags, hits, strict=True) if hit and not flag] == []
    assert sum(flags) < len(EXAMPLES) / 2


@pytest.mark.parametrize("name", TABLE)
def test_neighbours_do_not_matter(name: str) -> None:
    """Cells are joined by line feeds: a recognizer finds in each what it finds in it alone."""
    alone = [[(r.start, r.end, r.score) for r in RECOGNIZERS[name].analyze(text, [])] for text in EXAMPLES]
    together: list[list[tuple[int, int, float]]] = [[] for _ in EXAMPLES]
    starts = list(accumulate((len(text) + 1 for text in EXAMPLES), initial=0))
    for r in RECOGNIZERS[name].analyze("\n".join(EXAMPLES), []):
        line = bisect(starts, r.start) - 1
        together[line].append((r.start - starts[line], r.end - starts[line], r.score))
    assert [t for t, a, b in zip(EXAMPLES, alone, together, strict=True) if a != b] == []


PIECES = st.builds(
    lambda text, low, high: text[min(low, high) : max(low, high)],
    st.sampled_from(EXAMPLES),
    st.integers(0, 120),
    st.integers(0, 120),
)


@given(st.lists(PIECES, min_size=1, max_size=3), st.sampled_from(["", " ", ", ", "，"]))
def test_what_is_found_in_pieces_of_examples_is_nominated(pieces: list[str], gap: str) -> None:
    """The same holds for examples that are cut and joined at random."""
    text = fold(pl.Series([gap.join(pieces)]))[0]
    for name in TABLE:
        assert nominated(name, [text]) == [True] or not found(name, text)


@pytest.mark.parametrize(
    "text",
    [
        "- read the output of https://example.com/help?p=1 before 2024-11-21",
        "p.kill(); q.put(tp); return tp.__name__, p.name[0]  # 12 times",
        "2024-11-21 10:00:00 status installed libaopalliance-java:all 20070526-7",
        "def docmodule(self, object, name=None, filename='x.py', mod=None): return (3 + 4) // 5",
        "turn the page, then open the box 3 times",
    ],
)
def test_prose_code_and_logs_are_not_nominated(text: str) -> None:
    """Everyday English, source code and logs do not wake a recognizer, and so do not import Presidio."""
    assert [name for name in TABLE if nominated(name, [text])[0]] == []


def with_digits(template: str, seed: int) -> str:
    """The text with other digits in place of its own."""
    chance = random.Random(seed)
    return re.sub("[0-9]", lambda _: chance.choice("0123456789"), template)


def blind_to(name: str, text: str) -> bool:
    """Whether the table says that the digits of a text make no difference to a recognizer."""
    template = re.sub("[0-9]", "0", text)
    return not pl.Series([template]).str.contains(TABLE[name].digits)[0]


def seen(name: str, text: str) -> tuple[list[bool], list[tuple[int, int, float]]]:
    """Whether a text is nominated, and what a recognizer finds in it."""
    return nominated(name, [text]), [(r.start, r.end, r.score) for r in RECOGNIZERS[name].analyze(text, [])]


CHOOSY = [name for name, row in TABLE.items() if row.digits != "[0-9]"]


@pytest.mark.parametrize("name", CHOOSY)
def test_digits_make_a_difference_only_where_the_table_says_so(name: str) -> None:
    """Every example holds the same whatever its digits, unless `digits` matches it."""
    numbered = [text for text in EXAMPLES if re.search("[0-9]", text)]
    alike = [text for text in numbered if blind_to(name, text)]
    assert alike
    assert [text for text in alike if seen(name, text) != seen(name, with_digits(text, len(text)))] == []


@given(st.lists(PIECES, min_size=1, max_size=3), st.sampled_from(["", " ", ", "]), st.integers(0, 1 << 16))
def test_digits_of_pieces_make_a_difference_only_where_the_table_says_so(
    pieces: list[str], gap: str, seed: int
) -> None:
    """The same holds for examples that are cut and joined at random."""
    text = fold(pl.Series([gap.join(pieces)]))[0]
    for name in CHOOSY:
        assert not blind_to(name, text) or seen(name, text) == seen(name, with_digits(text, seed))


@pytest.mark.parametrize(
    "line",
    [
        '10.0.0.7 - - [01/Jan/2026:10:00:00 +0900] "GET /place/1234 HTTP/1.1" 200 45231 "-" "curl/8.1.2"',
        "2026-01-01 10:00:00.123 ERROR 35012 --- [exec-3] com.example.Orders : order 4122 took 120394 ms",
    ],
)
def test_lines_of_logs_are_no_candidates_for_addresses(line: str) -> None:
    """Numbers, capitals and pieces of URLs in the lines that most logs have lead nowhere."""
    nominate = TABLE["address-in-text-en"].nominate
    assert not all(re.search(regex, line) for regex in nominate)
    assert not all(pl.Series([line]).str.contains(regex).item() for regex in nominate)
