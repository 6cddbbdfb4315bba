"""The reader of mail."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.placed import Placed, cells, is_header

from scanner.mail import attachments
from scanner.readers import mail
from scanner.readers.files import File


def read(folder: Path, data: bytes) -> list[Placed]:
    """The cells of a file of mail."""
    return cells(mail.read(_file(folder, data)))


def _file(folder: Path, data: bytes) -> File:
    path = folder / "mail"
    path.write_bytes(data)
    return File(str(path), "mail.eml", is_header)


def letter(text: str = "call 010-0000-1234", **headers: str) -> EmailMessage:
    """A message with some headers."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def fields(found: list[Placed]) -> set[tuple[str | None, str]]:
    """Fields and texts alone."""
    return {cell[1:3] for cell in found}


def test_names_and_addresses_are_cells_of_their_own(tmp_path: Path) -> None:
    """Each entry of a list gives a name and an address; of what servers note only for whom."""
    message = letter(
        From="김민준 <min@example.com>",
        To='"Carter, Emily" <emily@example.com>, marcus@example.com',
        Subject="주문 안내",
        Message_ID="<a1@example.com>",
        Received="from mx.example.com for <b2@example.com>; Sun, 1 Mar 2026 09:00:00 +0900",
        X_Originating_IP="[192.0.2.7]",
    )
    assert fields(read(tmp_path, message.as_bytes())) == {
        ("From.name", "김민준"),
        ("From", "min@example.com"),
        ("To.name", "Carter, Emily"),
        ("To", "emily@example.com"),
        ("To", "marcus@example.com"),
        ("Subject", "주문 안내"),
        ("Received", "b2@example.com"),
        ("X-Originating-IP", "[192.0.2.7]"),
        ("body", "call 010-0000-1234"),
    }


def test_html_adds_what_the_text_does_not_say(tmp_path: Path) -> None:
    """Of two forms of a body the lines that both hold are read once; tables of HTML have their fields."""
    message = letter("hello\ncall 010-0000-1234\n", From="a@example.com")
    table = "<table><tr><th>name<th>phone<tr><td>Emily Carter<td>010-0000-5678</table>"
    message.add_alternative(f"<p>hello</p><p>call 010-0000-1234</p>{table}", subtype="html")
    found = [cell[1:3] for cell in read(tmp_path, message.as_bytes())]
    assert found.count(("body", "call 010-0000-1234")) == 1
    assert {("name", "Emily Carter"), ("phone", "010-0000-5678")} <= set(found)


def test_attachments_are_left_to_others(tmp_path: Path) -> None:
    """A file that hangs on a message is not read, a message within it is."""
    inner = letter("inner 010-0000-9999", From="inner@example.com")
    message = letter(From="a@example.com")
    message.add_attachment("name,phone\n", subtype="csv", filename="order.csv")
    message.add_attachment(inner)
    texts = {text for _, text in fields(read(tmp_path, message.as_bytes()))}
    assert {"inner@example.com", "inner 010-0000-9999", "call 010-0000-1234"} <= texts
    assert "name,phone" not in texts


def test_each_message_of_a_box_is_a_record(tmp_path: Path) -> None:
    """Messages are numbered as they come, over several batches."""
    one = b"From a@example.com Sun Mar  1 09:00:00 2026\n" + letter(From="a@example.com").as_bytes() + b"\n"
    count = 2 * mail.MESSAGES + 3
    batches = list(mail.read(_file(tmp_path, one * count)))
    assert len(batches) == 3
    assert sum(batch.begun for batch in batches) == count
    assert {cell.record for cell in cells(batches)} == set(range(1, count + 1))


def test_a_message_that_is_too_long_is_read_as_text(tmp_path: Path) -> None:
    """Beyond the bound a message comes line by line, an issue says so, and the next one is read as usual."""
    boundary = b"From a@example.com Sun Mar  1 09:00:00 2026\n"
    long = b"From: a@example.com\n\n" + b"x 010-0000-1234\n" * 600_000
    file = _file(tmp_path, boundary + long + b"\n" + boundary + letter(From="b@example.com").as_bytes())
    batches = list(mail.read(file, longest=1 << 20))
    assert [(i.kind, i.severity) for batch in batches for i in batch.issues] == [("too_large", "error")]
    assert sum(batch.begun for batch in batches) == 2
    assert sum(len(column.values) for batch in batches for column in batch.columns) == 600_003


def test_a_message_without_end_of_nesting_is_read_as_text(tmp_path: Path) -> None:
    """Nesting that is deeper than the parser goes is an issue, and the text is read."""
    depth = 3000
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    batches = list(mail.read(_file(tmp_path, f"{parts}\n\ncall 010-0000-1234\n".encode())))
    assert "call 010-0000-1234" in {cell.text for cell in cells(batches)}
    assert [issue.kind for batch in batches for issue in batch.issues] == ["corrupt"]


def test_line_ends_of_the_net(tmp_path: Path) -> None:
    """CRLF ends lines as well as LF."""
    message = letter(From="a@example.com", Subject="x " * 100)
    assert read(tmp_path, message.as_bytes(policy=SMTP)) == read(tmp_path, message.as_bytes())


PIECES = st.sampled_from(
    ["From: a@example.com\n", "To", ": ", "\n", "\r\n", " ", "--b\n", "--b--\n", "Content-Type: ", "multipart/mixed",
     "; boundary=b", "; charset=", "utf-8", "x", "text/html", "text/plain", "message/rfc822", "attachment", "=?", "?=",
     "Content-Transfer-Encoding: ", "base64\n", "quoted-printable\n", "x-uuencode\n", "Content-Disposition: ", "name=",
     "; filename*0*=", "utf-8''%ED", "\"", "\0", "가", "begin 666 x\n", "<p>", "Subject: ", "[", "@", "message/partial"]
)  # fmt: skip


@given(text=st.lists(PIECES, max_size=25).map("".join), encoding=st.sampled_from(["utf-8", "cp949"]))
def test_no_message_is_an_error(tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str) -> None:
    """However badly a message is written, an address in its body or in its files comes out."""
    data = text.encode(encoding) + b"\n\nkim@example.com\n"
    file = _file(tmp_path_factory.getbasetemp(), data)
    bodies = [cell.text.encode() for cell in cells(mail.read(file))]
    files = [content for _, content in attachments(file.path)]
    assert any(b"kim@example.com" in each for each in [*bodies, *files])
