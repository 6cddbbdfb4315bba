"""Messages, their parts and their headers."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.mail import Mail, addresses, attachments, headers, is_mail, messages, parts
from scanner.mail.charsets import decoded
from scanner.mail.headers import readable
from scanner.model import Issue

ENVELOPE = b"From a@example.com Sun Mar  1 09:00:00 2026\n"


def texts(data: bytes) -> list[str]:
    """The bodies of a message."""
    found = parts(data)
    assert found is not None
    return [part.text.strip() for part in found if part.kind in ("text", "html")]


def word(text: str, charset: str) -> str:
    """An encoded word."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


@pytest.mark.parametrize(
    ("text", "charset"),
    [("김민준", "euc-kr"), ("김민준", "iso-2022-kr"), ("李伟", "gb2312"), ("陳志明", "big5"),
     ("佐藤 健太", "iso-2022-jp"), ("Nguyễn", "utf-8"), ("محمد", "windows-1256")],
)  # fmt: skip
def test_encoded_words_of_all_languages(text: str, charset: str) -> None:
    """Encoded words are decoded in whatever character set, and joined without the blank between them."""
    assert readable(f"{word(text, charset)}\r\n {word(text, charset)} x") == f"{text}{text} x"


def test_a_character_may_be_cut_between_two_words() -> None:
    """Programs cut at bytes: what two words of a character set hold is decoded together."""
    first, second = (base64.b64encode(part).decode() for part in ("김민".encode()[:4], "김민".encode()[4:]))
    assert readable(f"=?utf-8?B?{first}?= =?utf-8?B?{second}?=") == "김민"


def test_words_that_cannot_be_right() -> None:
    """Unknown character sets are detected, base64 that is cut off is read as far as it goes."""
    assert readable("=?x-nobody?B?6rmA66+87KSA?=") == "김민준"
    assert readable("=?utf-8?B?6rmA66+?=").startswith("김")
    assert readable("=?utf-8?Q?a=20b?= =?broken") == "a b =?broken"


@pytest.mark.parametrize("charset", ["cp949", "utf-8", "gb18030"])
def test_raw_headers(charset: str) -> None:
    """Bytes that no encoded word announces are detected."""
    text = "주문 확인 안내 드립니다" if charset != "gb18030" else "您的订单已经发货请注意查收"
    (part, _) = parts(b"Subject: " + text.encode(charset) + b"\n\n") or ()
    assert part.message is not None
    assert list(headers(part.message)) == [("Subject", text)]


def test_raw_headers_are_judged_together() -> None:
    """A short name in bytes is read as what the other headers are."""
    data = "From: 이수 <a@example.com>\nSubject: 주문하신 상품이 발송되었습니다\nTo: 홍길 <b@example.com>\n\n".encode(
        "cp949"
    )
    (part, _) = parts(data) or ()
    assert part.message is not None
    assert [value.split()[0] for _, value in headers(part.message)] == ["이수", "주문하신", "홍길"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a@example.com", [("", "a@example.com")]),
        ('"Carter, E" <e@example.com>, M <m@example.com>', [("Carter, E", "e@example.com"), ("M", "m@example.com")]),
        ("bob@example.com (Bob Doyle)", [("Bob Doyle", "bob@example.com")]),
        ("Emily Carter; m@example.com", [("Emily Carter", ""), ("", "m@example.com")]),
        ('"open <e@example.com>', [('open', "e@example.com")]),
        ("<e@example.com", [("", "e@example.com")]),
        ("e@example.com <junk>", [("junk", "e@example.com")]),
        ("", []),
    ],
)  # fmt: skip
def test_lists_of_addresses(value: str, found: list[tuple[str, str]]) -> None:
    """Names and addresses come apart, and nothing is lost where they are written badly."""
    assert list(addresses(value)) == found


@given(value=st.text(st.sampled_from('ab@."<>(),; \\=?'), max_size=20))
def test_no_address_is_lost(value: str) -> None:
    """However a list is written, an address in it comes out."""
    found = " ".join(f"{name} {address}" for name, address in addresses(f"{value}, kim@example.com"))
    assert "kim@example.com" in found


@pytest.mark.parametrize("charset", ["ks_c_5601-1987", "us-ascii", "x-unknown", "", "iso-8859-1"])
def test_bodies_with_a_wrong_character_set(charset: str) -> None:
    """What is declared wrongly, or not at all, is detected."""
    body = "안녕하세요 고객님 주문하신 상품이 발송되었습니다".encode("cp949")
    declared = f"Content-Type: text/plain; charset={charset}\n".encode() if charset else b""
    (text,) = texts(declared + b"Content-Transfer-Encoding: 8bit\n\n" + body + b"\n")
    assert text == "안녕하세요 고객님 주문하신 상품이 발송되었습니다"


def test_broken_base64() -> None:
    """Base64 that is cut off is read as far as it goes, and lines among it that are none as they are."""
    based = base64.encodebytes("안녕하세요 010-0000-1234 입니다".encode())
    head = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    assert texts(head + based[:-5])[0].startswith("안녕하세요 010-0000-1234")
    assert "unsubscribe: kim@example.com" in texts(head + based + b"\nunsubscribe: kim@example.com\n")[0]


def test_bytes_that_are_no_text_are_counted() -> None:
    """What stands for nothing becomes U+FFFD, and the part says how many bytes that are."""
    body = "안녕하세요 고객님 주문하신 상품이 발송되었습니다 감사합니다".encode() + b"\xff"
    *_, part = parts(b"Content-Type: text/plain; charset=utf-8\n\n" + body + b"\n") or ()
    assert (part.bad, part.text.count("\ufffd")) == (1, 1)


def test_text_between_parts_is_read() -> None:
    """What stands before the first part and after the last one is text, too."""
    data = b"Content-Type: multipart/mixed; boundary=b\n\nbefore\n--b\n\ninside\n--b--\nafter\n"
    assert sorted(texts(data)) == ["after", "before", "inside"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe\0", b"Content-Type: multipart/mixed\n\nx\n"])
def test_what_is_no_message_is_no_error(data: bytes) -> None:
    """Anything is a message, if only a short one."""
    assert isinstance(texts(data), list)


def test_a_box_is_cut_at_envelopes(tmp_path: Path) -> None:
    """Lines that begin with `From` are borders only where they look like an envelope; quoted ones are text."""
    body = b"Subject: x\n\nFrom here to 10:00 there\nit goes\n>From there\n"
    path = tmp_path / "box"
    path.write_bytes((ENVELOPE + body + b"\n") * 3)
    found = list(messages(str(path)))
    assert [mail.number for mail in found if isinstance(mail, Mail)] == [1, 2, 3]
    assert all(mail.data.startswith(body.replace(b">From", b"From")) for mail in found if isinstance(mail, Mail))


def test_borders_at_the_edges_of_blocks(tmp_path: Path) -> None:
    """Messages of any length are cut alike, wherever blocks end."""
    sizes = [4 << 20, (4 << 20) - 2200, 100, (8 << 20) - 50, 2150, 10]
    path = tmp_path / "box"
    path.write_bytes(b"".join(ENVELOPE + b"S: x\n\n" + b"y" * size + b"\n\n" for size in sizes))
    found = [mail for mail in messages(str(path)) if isinstance(mail, Mail)]
    assert [mail.data.count(b"y") for mail in found] == sizes


def test_a_message_alone(tmp_path: Path) -> None:
    """A file that begins with no envelope is one message, whatever it holds."""
    path = tmp_path / "mail.eml"
    path.write_bytes(b"Subject: x\n\na\n" + ENVELOPE + b"Subject: y\n")
    assert len(list(messages(str(path)))) == 1


def test_names_of_attachments_are_safe_and_unique(tmp_path: Path) -> None:
    """Names are one step of a path below the number of the message; those that come twice are told apart."""
    names = ["../../etc/x.csv", "order.csv", "order.csv", "=?euc-kr?B?wda5rg==?=.xlsx", "", "a\\b!c.txt"]
    part = 'Content-Type: text/csv; name="{}"\nContent-Disposition: attachment\n\n1,2\n'
    body = "--b\n" + "--b\n".join(part.format(name) for name in names) + "--b--\n"
    path = tmp_path / "box"
    head = ENVELOPE + b"Content-Type: multipart/mixed; boundary=b\n\n"
    path.write_bytes((head + body.encode() + b"\n") * 2)
    found = [item[0] for item in attachments(str(path)) if not isinstance(item, Issue)]
    first = ["_.._etc_x.csv", "order.csv", "order (2).csv", "주문.xlsx", "part.csv", "a_b_c.txt"]
    assert found == [f"{number}/{name}" for number in (1, 2) for name in first]


@pytest.mark.parametrize("start", [b"", ENVELOPE, b"\xef\xbb\xbf"])
def test_mail_is_told_by_its_headers(start: bytes) -> None:
    """A message of a Maildir has no ending; three usual headers before the first blank line tell it."""
    assert is_mail(start + b"Return-Path: <a@example.com>\nFrom: a\n b\nTo: c\n\nx")
    assert not is_mail(start + b"From: a\nX: b\n\nTo: c\nSubject: d\n")
    assert not is_mail(start + b"level: info\ndate: x\nto: y\n")


@given(
    data=st.binary(max_size=60), charset=st.sampled_from(["utf-8", "euc-kr", "utf-7", "hex", "nothing", "idna", None])
)
def test_any_bytes_are_some_text(data: bytes, charset: str | None) -> None:
    """No bytes and no name of a character set are an error."""
    assert isinstance(decoded(data, charset), str)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_damaged_base64_is_read_up_to_the_damage(tmp_path: Path, mark: bytes) -> None:
    """What can be decoded of a body is, what follows is text; also below a byte order mark."""
    body = base64.b64encode(b"call 010-0000-1234 " * 9)[:-5] + b"!!\n*** garbage 010-0000-5678\n"
    head = b"From: a@example.com\nTo: b@example.com\nContent-Transfer-Encoding: base64\n\n"
    (tmp_path / "a.eml").write_bytes(mark + head + body)
    (message,) = messages(str(tmp_path / "a.eml"))
    assert isinstance(message, Mail)
    texts = [part.text for part in parts(message.data) or () if part.kind == "text"]
    assert "call 010-0000-1234" in texts[0]
    assert "garbage 010-0000-5678" in texts[0]
