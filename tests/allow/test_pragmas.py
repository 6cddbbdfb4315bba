"""Pragmas in a text: which lines they allow, however the text comes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.allow.dialects import OTHERS, OURS, forms, scope
from scanner.allow.pragmas import LONG, Pragmas, around

KNOWN = {"email", "phone-kr-mobile", "PHONE_NUMBER", "PERSON"}
LINES = [
    *("x", "", "leakgauge: allow", "# leakgauge: allow-next-line", "y leakgauge: allow email", "gitleaks:allow"),
    *("pragma: allowlist nextline secret", "leakgauge: allow no-such-rule", "leak", "한글 leakgauge: allow PERSON"),
]  # fmt: skip


def seen(blocks: list[bytes], others: tuple[str, ...] = tuple(OTHERS)) -> Pragmas:
    """What has been seen after all blocks."""
    pragmas = Pragmas(others, KNOWN, 1)
    assert b"".join(pragmas.watch(blocks)) == b"".join(blocks)
    return pragmas


def allowed(pragmas: Pragmas, lines: int) -> list[tuple[bool, bool]]:
    """Of each line: whether an e-mail address, and whether a person is allowed on it."""
    asked = [("email", "EMAIL_ADDRESS"), ("person-ko", "PERSON")]
    rows = [[n in pragmas._scopes and pragmas.allows(n, *each) for each in asked] for n in range(1, lines + 2)]
    return [(email, person) for email, person in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("leakgauge: allow", None),
        ("leakgauge:allow", None),
        ("// leakgauge: allow */", None),
        ("leakgauge: allow phone-kr-mobile reason: support line", ("phone-kr-mobile",)),
        ("leakgauge: allow phone-kr-mobile support line", ("phone-kr-mobile",)),
        ("leakgauge: allow PHONE_NUMBER, email -->", ("PHONE_NUMBER", "email")),
        ('leakgauge: allow PERSON"}', ("PERSON",)),
        ("leakgauge: allow email--", ("email",)),
        ("leakgauge: allow reason: PERSON of a play", None),
        ("leakgauge: allow this is made up", None),
        ("leakgauge: allow phone-kr-mobil", ()),
        ("leakgauge: allow PHONE_NUMBR", ()),
        ("leakgauge: allow(phone-kr-mobile)", ("phone-kr-mobile",)),
        ("leakgauge: allow: email", ("email",)),
        ("leakgauge: allow [PHONE_NUMBER]", ("PHONE_NUMBER",)),
        ("leakgauge: allow=PHONE_NUMBER", ("PHONE_NUMBER",)),
        ("leakgauge: allow 'PHONE_NUMBER', `email` reason", ("PHONE_NUMBER", "email")),
        ('{"note": "leakgauge: allow \\"PHONE_NUMBER\\""}', ("PHONE_NUMBER",)),
        ('"leakgauge: allow ""PHONE_NUMBER""","PERSON"', ("PHONE_NUMBER",)),
        ("leakgauge: allow：「PHONE_NUMBER」、email", ("PHONE_NUMBER", "email")),
        ("leakgauge: allow rule=PHONE_NUMBER", ("PHONE_NUMBER",)),
        ("leakgauge: allow rules: [email, 'PERSON']", ("email", "PERSON")),
        ("leakgauge: allow rule of the house", None),
        ("leakgauge: allow phone_number", ("PHONE_NUMBER",)),
        ("leakgauge: allow Phone-KR_mobile, person", ("phone-kr-mobile", "PERSON")),
        ("leakgauge: allow phone-kr-mobile person on duty", ("phone-kr-mobile",)),
        ("leakgauge: allow PHONE", ()),
        ("leakgauge: allow (no_such_rule)", ()),
        ("leakgauge: allow [made-up]", ()),
        ("leakgauge: allow A person of a play", None),
        ("leakgauge: allow (this is made up)", None),
        ('{"a": "leakgauge: allow", "USER_ID": 7}', None),
        ('"leakgauge: allow ","SEOUL"', None),
        ('"leakgauge: allow email","PERSON"', ("email",)),
        ("('leakgauge: allow', 'PERSON')", None),
        ("<!-- leakgauge: allow --> PERSON", None),
    ],
)
def test_names_come_before_the_reason(text: str, names: tuple[str, ...] | None) -> None:
    """Known names limit what is allowed, in any form and punctuation; a name that is misspelt allows nothing; any other
    word is the reason."""
    found = OURS.regex.search(text.encode())
    assert found is not None
    assert scope(found, forms(KNOWN)) == names


@pytest.mark.parametrize(
    ("written", "meant"), [("kr-rrn", {"kr-rrn"}), ("KR_RRN", {"KR_RRN"}), ("kr_rrn", {"kr-rrn", "KR_RRN"})]
)
def test_a_rule_and_an_entity_type_of_one_name(written: str, meant: set[str]) -> None:
    """One of them is meant by its own form, both by another one."""
    found = OURS.regex.search(f"leakgauge: allow {written}".encode())
    assert found is not None
    assert set(scope(found, forms({"kr-rrn", "KR_RRN"})) or ()) == meant


@pytest.mark.parametrize("text", ["leakgauge: allowed", "leakgauge: allow-list", "LEAKGAUGE: ALLOW", "leakgauge allow"])
def test_what_is_no_pragma_allows_nothing(text: str) -> None:
    """Only the exact words are a pragma."""
    assert not seen([text.encode()])


@pytest.mark.parametrize(
    ("other", "text", "line"),
    [
        ("gitleaks", "a # gitleaks:allow", 1),
        ("detect-secrets", "a # pragma: allowlist secret", 1),
        ("detect-secrets", "a # pragma: whitelist secret", 1),
        ("detect-secrets", "a # pragma: allowlist nextline secret", 2),
    ],
)
def test_pragmas_of_others_count_on_request(other: str, text: str, line: int) -> None:
    """The words of gitleaks and detect-secrets are pragmas only where they are asked for."""
    assert list(seen([text.encode()], (other,))._scopes) == [line]
    assert not seen([text.encode()], ())


@given(st.lists(st.sampled_from(LINES), max_size=12), st.lists(st.integers(0, 400), max_size=4))
def test_what_is_allowed_does_not_depend_on_blocks(lines: list[str], cuts: list[int]) -> None:
    """Blocks may be cut anywhere, also within a pragma."""
    data = "\n".join(lines).encode()
    places = sorted({0, len(data), *(min(cut, len(data)) for cut in cuts)})
    blocks = [data[low:high] for low, high in pairwise(places)]
    one, several = seen([data] if data else []), seen(blocks)
    assert allowed(one, len(lines)) == allowed(several, len(lines))
    assert one.issues == several.issues


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=12), st.integers(0, 400))
def test_two_parts_allow_what_the_whole_does(lines: list[str], cut: int) -> None:
    """A part knows of the text around it what its pragmas need, wherever it was cut."""
    data = "\n".join(lines).encode()
    cut = min(cut, len(data))
    after, before = around(data, cut)
    first = Pragmas(tuple(OTHERS), KNOWN, 1, after=after)
    second = Pragmas(tuple(OTHERS), KNOWN, 1 + data.count(b"\n", 0, cut), before)
    list(first.watch([data[:cut]] if cut else []))
    list(second.watch([data[cut:]] if cut < len(data) else []))
    whole, own = allowed(seen([data]), len(lines)), 1 + data.count(b"\n", 0, cut)
    if cut and not data[:cut].endswith(b"\n"):
        assert allowed(first, len(lines))[:own] == whole[:own]
    if cut < len(data):
        assert allowed(second, len(lines))[own - 1 :] == whole[own - 1 :]


@pytest.mark.parametrize("step", [1000, LONG, 3 * LONG])
def test_in_a_very_long_line_a_pragma_says_nothing(step: int) -> None:
    """What is not read as a whole is not allowed, whichever piece holds the pragma; its neighbours are."""
    filler = b"x" * LONG
    for line in (b"leakgauge: allow" + filler, filler + b"leakgauge: allow", filler + b"leakgauge: allow" + filler):
        data = b"leakgauge: allow\n" + line + b"\nleakgauge: allow\n"
        blocks = [data[at : at + step] for at in range(0, len(data), step)]
        assert list(seen(blocks)._scopes) == [1, 3]


def test_mistakes_are_told_once() -> None:
    """Pragmas that name what there is not are one warning with the first line and their number."""
    (issue,) = seen([b"x\nleakgauge: allow no-such-rule\nleakgauge: allow NO_SUCH\n"]).issues
    assert (issue.severity, issue.line, issue.count) == ("warning", 2, 2)
