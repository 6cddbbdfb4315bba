"""The reader of HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.placed import Placed, blocks, cells, is_header, spots

from scanner.readers import gathered, html, htmlpage, markup
from scanner.readers.fieldnames import Names

PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<table>", "</table>", "<tr>", "<td>", "<th>", "<!--", "-->", "<script>", "0", "=",
     "</script>", "<a href='x", "' title=\"", "\">", ">", "<", "&amp;", "&#48;", "&", "\n", " ", "가나", "<br>", "<dd>",
     "<dl><dt>", "<pre>", "</pre>", "<textarea>", "<!doctype html>", "/", "<td rowspan=3 colspan=2>", "x@example.com"]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=30).map("".join)


def read(text: str, size: int = 1 << 20) -> list[Placed]:
    """The cells of a page that is read in chunks of some size."""
    return cells(html.read(blocks(text, size), batch_bytes=size, names=Names(is_header)))


def found(text: str) -> list[tuple[int, str | None, str]]:
    """The same without places."""
    return [cell[:3] for cell in read(text)]


def test_a_header_names_the_columns_of_a_table() -> None:
    """A row of headings, or a first row that is known to be one, gives the fields and is no record."""
    body = "<tr><td>Emily Carter<td>010-0000-1234</tr>"
    for head in ("<tr><th>name<th>phone</tr>", "<tr><td>name</td><td>phone</td></tr>"):
        assert found(f"<table>{head}{body}</table>") == [(1, "name", "Emily Carter"), (1, "phone", "010-0000-1234")]


def test_headings_that_are_data_name_nothing() -> None:
    """A row of headings that holds data is a record, and does not become the name of a field."""
    rows = found("<table><tr><th>Emily Carter<th>010-0000-1234<tr><td>Marcus Doyle<td>010-0000-4321</table>")
    assert [cell[0] for cell in rows] == [1, 1, 2, 2]
    assert {cell[1] for cell in rows} <= {None, "column 1", "column 2"}


def test_a_heading_names_what_follows_it_in_its_row() -> None:
    """In a table of two columns, and in a list of terms, what stands on the left is the field."""
    assert (1, "phone", "010-0000-1234") in found("<table><tr><th>phone:</th><td>010-0000-1234</td></tr></table>")
    assert (1, "phone", "010-0000-1234") in found("<dl><dt>phone</dt><dd>010-0000-1234</dd></dl>")


def test_spans_keep_the_columns_apart() -> None:
    """Cells that take several columns or rows do not shift those beside and below them."""
    head = "<tr><th>memo<th colspan=2>name<th>phone</tr>"
    rows = "<tr><td rowspan=2>m<td>a<td>b<td>1</tr><tr><td>c<td>d<td>2</tr>"
    texts = {(cell.record, cell.text): cell.field for cell in read(f"<table>{head}{rows}</table>")}
    assert texts[1, "1"] == texts[2, "2"] == "phone"


def test_inline_markup_does_not_part_a_value() -> None:
    """Tags within a line and comments are no borders, blocks and line breaks are."""
    texts = [text for _, _, text in found("<p>010-<b>00<!-- x -->00</b>-1234<br>a<p>b")]
    assert sorted(texts) == ["010-0000-1234", "a", "b", "x"]


def test_what_follows_empty_scripts_is_read() -> None:
    """Scripts that are loaded from elsewhere hold nothing, and end nothing."""
    scripts = "".join(f"<script src={name}></script><style></style>" for name in "abcd")
    assert [text for _, _, text in found(f"<head>{scripts}</head><p>e</p>")] == list("abcde")


def test_comments_scripts_and_attributes_are_read() -> None:
    """Nothing is left out but looks: comments, scripts, links, form values, data attributes."""
    page = (
        '<!-- a@example.com --><script>x = "b@example.com"\ny</script><a href="mailto:c@example.com">m</a>'
        '<input name="phone" value="010-0000-1234"><i data-memo=d class=e style=f></i><g@example.com> <h 1>'
    )
    values = found(page)
    texts = " ".join(text for _, _, text in values)
    assert all(f"{letter}@example.com" in texts for letter in "abcg")
    assert {("phone", "010-0000-1234"), ("data-memo", "d"), ("href", "mailto:c@example.com")} <= {v[1:] for v in values}
    assert not {"e", "f"} & {text for _, _, text in values}


def test_images_within_the_page_are_an_issue() -> None:
    """A picture in an attribute is not read as text, and a warning says so."""
    (batch,) = html.read([b'<img src="data:image/png;base64,AAAA" alt=x>'])
    assert [issue.kind for issue in batch.issues] == ["image"]
    assert [cell.text for cell in cells([batch])] == ["x"]


def test_lines_of_preformatted_text_are_cells() -> None:
    """Where lines count, each is a cell."""
    assert [text for _, _, text in found("<pre>a b\nc\n</pre><textarea>d\ne</textarea>")] == ["a b", "c", "d", "e"]


@given(page=PAGES, size=st.integers(1, 40))
def test_cells_do_not_depend_on_blocks(page: str, size: int) -> None:
    """However a page is cut into blocks, its cells and their places are the same."""
    assert read(page, size) == read(page)


@given(page=PAGES)
def test_places_are_those_of_the_page(page: str) -> None:
    """Each character of a cell stands where it is said to, or an entity or white space does."""
    for character, raw in spots(html.read([page.encode()], names=Names(is_header)), page):
        assert raw.startswith((character, "&")) or (character == " " and raw[0].isspace())


@given(before=PAGES, after=PAGES)
def test_a_value_is_found_in_any_ruin(before: str, after: str) -> None:
    """An address between the pieces of a broken page is in one of its cells, or in what names a field."""
    page = f"{before} kim@example.com {after}"
    names = {cell.field for cell in read(page)}
    assert any("kim@example.com" in cell.text for cell in read(page)) or any("kim@example.com" in str(n) for n in names)


def test_cuts_at_every_edge_of_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that take many chunks, and cells and tags that are longer than their bounds, are read on."""
    page = "<table>" + "".join(f"<tr><td>a{n}&amp;<td title='t > {n}'>b<!-- {n} -->" for n in range(60)) + "</table>"
    whole = read(page)
    for size in (7, 16, 61):
        assert read(page, size) == whole
    monkeypatch.setattr(htmlpage, "MAX_RECORD", 8)
    monkeypatch.setattr(markup, "MAX_TAG", 64)
    texts = "".join(cell.text for cell in read(page + "<p>" + "x" * 200 + "<a title='" + "y" * 200))
    assert texts.count("x") == 200 and texts.count("y") == 200


def test_a_long_cell_comes_in_pieces() -> None:
    """A cell with more code points than a piece overlaps itself, and its places go on."""
    text = "x" * gathered.PIECE + " kim@example.com"
    (batch,) = html.read([f"<p>{text}".encode()])
    (column,) = batch.columns
    assert column.origin is not None and column.keep is not None
    assert column.values[1].endswith("kim@example.com")
    assert [cell.column for cell in cells([batch])] == [4, 4 + int(column.origin[1])]


@pytest.mark.parametrize("page", ["<html><p>", "\ufeff<!DOCTYPE html>", "  <table border=1><tr>"])
def test_a_page_is_told_by_its_content(page: str) -> None:
    """HTML is told without its name, as in what is called `.xls`."""
    assert html.is_page(page.encode())
    assert html.is_page(b"<?xml version='1.0'?>\n<html lang='ko'>")
    assert not any(map(html.is_page, (b"<?xml version='1.0'?><table name='x'>", b"a <table>", b"<table_data>")))


@pytest.mark.parametrize(
    "page", ["<a " * 50_000, '<a "' * 50_000, "<" * 100_000, "&" * 100_000, "<table><tr>" * 20_000]
)
def test_hostile_pages_are_read_in_linear_time(page: str) -> None:
    """What never ends is neither an error nor read again and again."""
    assert sum(batch.height for batch in html.read([page.encode()])) >= 0
