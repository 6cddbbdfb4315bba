"""How much may come out of one file."""

from __future__ import annotations

import dataclasses
import io
import tarfile
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from unpacked import tarred, unpacked, zip_header, zipped

from scanner.containers import Limits
from scanner.containers.limits import Budget

SMALL = Limits(members=3, depth=2, ratio=10, free=1000, total=5000)


def test_members_beyond_the_limit_are_one_issue() -> None:
    """Those before are read; what is nested counts, too."""
    found = unpacked(zipped({f"{n}.txt": b"%d" % n for n in range(10)}), limits=SMALL)
    assert (len(found.files), found.kinds) == (3, ["limit"])
    inner = zipped({"a": b"1", "b": b"2"})
    found = unpacked(zipped({"1.zip": inner, "2.zip": inner}), limits=SMALL)
    assert (len(found.files), found.kinds) == (2, ["limit"])


def test_what_grows_too_much_is_cut_off_as_a_bomb() -> None:
    """Once, however many members are left."""
    found = unpacked(zipped({"a": bytes(20_000), "b": bytes(20_000)}), limits=SMALL)
    assert found.kinds == ["bomb"]
    assert sum(map(len, found.files.values())) < 20_000


def test_output_beyond_all_measure_is_cut_off_whatever_the_ratio() -> None:
    """So that a large file cannot fill the disk either."""
    noise = bytes(n * n % 251 for n in range(8000))
    found = unpacked(zipped({"a": noise}, zipfile.ZIP_STORED), limits=SMALL)
    assert found.kinds == ["limit"]


def test_containers_are_nested_as_deep_as_allowed() -> None:
    """What is deeper is an issue that names it."""
    data = zipped({"x": b"1"})
    assert unpacked(zipped({"a.zip": data}), limits=SMALL).files == {"a.zip!x": b"1"}
    found = unpacked(tarred({"b.zip": zipped({"a.zip": data})}), "t", limits=SMALL)
    assert (found.files, found.kinds) == ({}, ["limit"])
    assert (found.issues[0].path or "").endswith("t!b.zip!a.zip")


def test_members_that_are_left_out_count_for_nothing_but_their_number() -> None:
    """A pattern leaves out members as it does files, and a warning counts them."""
    found = unpacked(zipped({"logs/a.log": b"1", "logs/b.log": b"1", "b.csv": b"2"}), exclude=("logs/",))
    assert found.files == {"b.csv": b"2"}
    assert [(issue.kind, issue.severity, issue.count) for issue in found.issues] == [("ignored", "warning", 2)]


@given(counts=st.lists(st.integers(0, 3000), max_size=8), size=st.none() | st.integers(0, 400))
def test_a_budget_says_once_that_it_is_spent(counts: list[int], size: int | None) -> None:
    """When the sum is beyond what is allowed for a file of this size."""
    budget = Budget(SMALL, size)
    said = [issue for count in counts if (issue := budget.take(count, "x"))]
    allowed = SMALL.total if size is None else min(SMALL.total, max(SMALL.free, SMALL.ratio * size))
    assert len(said) == int(sum(counts) > allowed) == int(budget.spent)


def test_a_name_that_is_repeated_is_read_each_time() -> None:
    """Nothing in an archive is hidden by what follows it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a1", b"1")
        archive.writestr("a2", b"2")
    data = out.getvalue().replace(b"a2", b"a1")
    found = unpacked(data, limits=dataclasses.replace(SMALL, members=2))
    assert (found.files, found.issues) == ({"a1": b"2"}, [])


def test_what_cannot_be_read_of_a_container_counts_as_its_members_do() -> None:
    """Links that lead out, which are one issue, and encrypted members, each of which has an issue of its own."""
    link = tarfile.TarInfo("x")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    found = unpacked(link.tobuf() * 10, limits=SMALL)
    assert [(issue.kind, issue.count) for issue in found.issues] == [("limit", 1), ("link", 3)]
    found = unpacked(zip_header(b"a", flags=1) * 10, limits=SMALL)
    assert sorted(found.kinds) == ["encrypted", "limit", "truncated"]
