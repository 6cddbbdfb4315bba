"""Texts that repeat one thing, to make what reads them slow: time grows with their size and no faster."""

from __future__ import annotations

import signal
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from readers.placed import is_header
from test_fuzz import TOKENS
from unpacked import zipped

from scanner.mail import addresses, parts
from scanner.mail.headers import readable
from scanner.model import Batch
from scanner.readers import html, ldif, mail, office, vcard
from scanner.readers.files import File

SECONDS = 30
TIMES = 5000
LARGEST = 100_000  # bytes of one token again and again
HEADS = {
    vcard.read: ("", "BEGIN:VCARD\nADR:", "NOTE;ENCODING=QUOTED-PRINTABLE:", 'ATTENDEE;CN="'),
    ldif.read: ("", "dn: cn=", "cn:: ", "cn;"),
    html.read: ("", "<table><tr><td>", "<a href='", "<!--", "<script>"),
}
MAILS = ("", "From: ", "Received: ", "Subject: ", 'Content-Disposition: attachment; filename="', "From: a\n\n")


@pytest.fixture(autouse=True)
def deadline() -> Iterator[None]:
    """Ends a test that would go on for hours."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("token", ["a", "<@", '"\\', "(\\", "=?utf-8?B?YQ==?= "])
def test_headers_of_mail(token: str) -> None:
    """A header of any length is a list of addresses, in which nothing is looked through again and again."""
    value = token * 150_000
    assert list(addresses(f"({value}"))
    assert readable(value)


def test_parameters_of_mail() -> None:
    """The parser of the standard library takes squared time for parameters; those of a long header are not read."""
    head = b"Content-Type: text/plain; charset=utf-8" + b";" * 2_000_000
    assert [part.text for part in parts(head + b"\n\nkim@example.com\n") or ()] == ["", "kim@example.com\n"]


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("NOTE;ENCODING=QUOTED-PRINTABLE:", "a=20b=\n"),
        ("DESCRIPTION:", "a\\, b\n "),
        ("ADR:", "\\;\n "),
        ("ADR:", "a;"),
        ("X", ';a="b"'),
    ],
)
def test_values_of_cards(head: str, unit: str) -> None:
    """A value of many lines, folds, escapes and parts is put together once."""
    (batch,) = vcard.read([f"{head}{unit * 100_000}\n".encode()], batch_bytes=1 << 24)
    assert batch.begun == 1


def test_tables_within_tables() -> None:
    """Beyond some depth a table is part of the one around it, so that what is held stays small."""
    text = b"<table>" * 50_000 + b"<tr><td>kim@example.com</table>" + b"</table>" * 49_999 + b"<p>end"
    tracemalloc.start()
    batches = list(html.read([text], batch_bytes=1 << 16))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    values = [value for batch in batches for column in batch.columns for value in column.values.to_list()]
    assert sorted(values) == ["end", "kim@example.com"]
    assert peak < 5 << 20


def repeated(head: str) -> Iterator[bytes]:
    """A text for each token: many of it, after what begins a format."""
    for token in TOKENS:
        yield head.encode() + token * min(TIMES, LARGEST // len(token))


@pytest.mark.parametrize(("read", "head"), [(read, head) for read, heads in HEADS.items() for head in heads])
def test_one_thing_again_and_again(read: Callable[[Iterable[bytes]], Iterator[Batch]], head: str) -> None:
    """No token of a format, in whatever number, keeps a reader of text busy."""
    for data in repeated(head):
        assert all(batch.height or batch.issues for batch in read([data.decode("utf-8", "replace").encode()]))


@pytest.mark.parametrize("head", MAILS)
def test_one_thing_again_and_again_in_mail(tmp_path: Path, head: str) -> None:
    """No token, in whatever number, keeps the reader of mail busy."""
    path = tmp_path / "a.eml"
    for data in repeated(head):
        path.write_bytes(data)
        assert all(batch.height or batch.issues for batch in mail.read(File(str(path), "a.eml", is_header)))


def test_names_of_parts(tmp_path: Path) -> None:
    """The names of the parts of a document are as long as 64 KiB, and each is looked through once."""
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({f"word/{'styles' * 10_000}{number}.txt": b"" for number in range(40)}))
    assert list(office.read(File(str(path), "a.docx", is_header))) == []
