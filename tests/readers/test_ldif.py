"""The reader of LDIF."""

from __future__ import annotations

import base64

from hypothesis import given
from hypothesis import strategies as st
from readers.placed import Placed, blocks, cells, spots

from scanner.readers import ldif

VALUE = st.text(st.sampled_from("ab 1@가나,=:;\\"), min_size=1, max_size=12).filter(lambda text: text.strip() == text)
ENTRIES = st.lists(
    st.dictionaries(st.sampled_from(["mail", "mobile", "street", "note"]), VALUE), min_size=1, max_size=4
)


def read(text: str, size: int = 1 << 20) -> list[Placed]:
    """The cells of an export that is read in blocks of some size."""
    return cells(ldif.read(blocks(text, size), batch_bytes=size))


def folded(line: str, width: int) -> str:
    """A line as programs fold it."""
    parts = [line[at : at + width] for at in range(0, len(line), width)]
    return "\n ".join(parts) + "\n"


def test_an_entry_is_a_record_of_attributes() -> None:
    """Folded lines are put together, base64 is decoded, languages are no part of the name; pictures are left out."""
    name = base64.b64encode("김민준".encode()).decode()
    picture = base64.b64encode(b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(200))).decode()
    text = (
        f"version: 1\n\ndn: cn=x,dc=example\ncn:: {name}\nsn;lang-ko: 김\r\nmobile: 010-0000\n -1234\n"
        f"jpegPhoto:: {picture}\nobjectClass: person\n\ndn: uid=y,dc=example\nmail: y@example.com\n"
    )
    assert read(text) == [
        (1, "dn.name", "x", 3, 8),
        (1, "dn", "example", 3, 13),
        (1, "cn.name", "김민준", 4, 6),
        (1, "sn.name", "김", 5, 13),
        (1, "mobile", "010-0000-1234", 6, 9),
        (2, "dn", "y", 11, 9),
        (2, "dn", "example", 11, 14),
        (2, "mail", "y@example.com", 12, 7),
    ]


def test_what_is_no_attribute_is_text() -> None:
    """Comments, lines of changes and broken lines are read without a field."""
    values = read("dn: x\nchangetype: modify\nreplace: mobile\n-\n# call 010-0000-1234\n가나 다\n")
    assert [(cell.field, cell.text) for cell in values[1:]] == [
        ("replace", "mobile"),
        (None, "-"),
        (None, "# call 010-0000-1234"),
        (None, "가나 다"),
    ]


def test_an_attribute_that_looks_like_data_names_nothing() -> None:
    """A number before a colon is not printed as a field."""
    assert {cell.field for cell in read("dn: x\n010-0000-1234: y\n")} == {"dn", None}


@given(entries=ENTRIES, width=st.integers(3, 20), size=st.integers(1, 30))
def test_values_come_back_from_any_folds_and_blocks(entries: list[dict[str, str]], width: int, size: int) -> None:
    """What was written is read at its place, however lines are folded and blocks are cut."""
    lines = [[f"dn: {n}", *(f"{k}: {v}" for k, v in entry.items())] for n, entry in enumerate(entries)]
    text = "\n".join("".join(folded(line, width) for line in entry) for entry in lines)
    found = {(cell.record, cell.field, cell.text) for cell in read(text, size)}
    assert {(n, k, v) for n, entry in enumerate(entries, 1) for k, v in entry.items()} <= found
    assert all(raw.startswith(char) for char, raw in spots(ldif.read([text.encode()]), text))


def test_told_by_content() -> None:
    """An export begins with a version or the name of an entry, after comments."""
    assert ldif.is_ldif(b"# export\nversion: 1\n\ndn: cn=x\n") and ldif.is_ldif(b"dn:: Y249eA==\n")
    assert not ldif.is_ldif(b"name: x\ndn: y\n")


def test_values_that_are_no_text_are_counted() -> None:
    """Pictures are left out, and a warning says how many; an empty value is none."""
    picture = base64.b64encode(b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(200))).decode()
    text = f"dn: cn=x\njpegPhoto:: {picture}\njpegPhoto:: {picture}\nnote::\n"
    issues = [issue for batch in ldif.read([text.encode()]) for issue in batch.issues]
    assert [(issue.kind, issue.severity, issue.count) for issue in issues] == [("binary_cells", "warning", 2)]
