"""Lines in another encoding than their file."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_decode import Bytes, decode, rows

from scanner.decode import Encoding, TextBlocks, detect
from scanner.decode.mixed import line_codec
from scanner.model import Issue

# A language and the encoding that its dumps have beside UTF-8.
MIXES = [
    ("ko", "cp949"), ("zh", "gb18030"), ("zh-hant", "big5hkscs"), ("ja", "cp932"), ("ja", "euc_jis_2004"),
    ("ar", "cp1256"), ("fr", "cp1252"),
]  # fmt: skip


def mixed(lines: list[str], main: str, other: str, share: float, seed: int = 1) -> tuple[bytes, list[int]]:
    """Encode lines, some of those that are not ASCII in `other`; their numbers, from 1, come second."""
    rng = random.Random(seed)
    odd = [number for number, line in enumerate(lines, 1) if not line.isascii() and rng.random() < share]
    chosen = set(odd)
    return b"".join(line.encode(other if n in chosen else main) for n, line in enumerate(lines, 1)), odd


@pytest.mark.parametrize("share", [0.0, 0.01, 0.33, 0.6, 0.97])
@pytest.mark.parametrize("size", [3_000, 100_000])
@pytest.mark.parametrize(("language", "codec"), MIXES)
def test_each_line_is_read_in_its_encoding(language: str, codec: str, size: int, share: float) -> None:
    """Whatever share of the lines is in which of two encodings, the text is that of a clean file, without a guess."""
    text = rows(language, size)
    data, _ = mixed(text.splitlines(keepends=True), "utf-8", codec, share)
    encoding = detect(data, True)
    got, blocks = decode(data, encoding)
    assert got == text
    assert {issue.kind for issue in blocks.issues} <= {"mixed_encodings"}


@pytest.mark.parametrize(("main", "other"), [("utf-8", "cp949"), ("cp949", "utf-8")])
def test_odd_lines_are_counted_and_told(main: str, other: str) -> None:
    """The number of lines by encoding and the first one's number are told, once, as a warning."""
    data, odd = mixed(rows("ko", 20_000).splitlines(keepends=True), main, other, 0.2)
    encoding = detect(data, True)
    _, blocks = decode(data, encoding, 1000)
    assert (encoding.name, encoding.other, dict(blocks.lines_in)) == (main, other, {other: len(odd)})
    message = f"lines were read as {other} among {main}"
    assert blocks.issues == [Issue("mixed_encodings", message, None, "warning", line=odd[0], count=len(odd))]


def test_three_encodings_in_one_file() -> None:
    """Lines in an encoding that the start of the file does not show are told by themselves."""
    lines = rows("ko", 300_000).splitlines(keepends=True)
    japanese = rows("ja", 2_000).splitlines(keepends=True)[1:]
    data = "".join(lines).encode() + "".join(japanese).encode("cp932") + "".join(lines[:50]).encode("cp949")
    text, blocks = decode(data, detect(data[: 256 << 10], False))
    assert text == "".join(lines + japanese + lines[:50])
    assert dict(blocks.lines_in) == {"cp932": len(japanese), "cp949": sum(not line.isascii() for line in lines[:50])}


@pytest.mark.parametrize("word", ["谢谢", "路", "联通", "谢谢谢谢谢谢"])
def test_legacy_words_that_are_valid_utf8_stay(word: str) -> None:
    """Words whose GBK bytes are valid UTF-8 are read as GBK in a file of that encoding."""
    lines = [*rows("zh", 3_000).splitlines(keepends=True), f"{word}\n", f"1,{word},x\n"]
    data = "".join(lines).encode("gb18030")
    text, blocks = decode(data, detect(data, True))
    assert text == "".join(lines)
    assert not blocks.issues


def test_a_file_of_short_words_is_legacy() -> None:
    """Lines that are valid UTF-8 by chance do not make a GBK file UTF-8, even if they are most of its lines."""
    text = "1,谢谢\n2,路\n3,谢谢\n4,你好\n5,再见\n" * 20
    data = text.encode("gb18030")
    assert decode(data, detect(data, True))[0] == text


@pytest.mark.parametrize("broken", [b"\xff", b"\xea\xb9", b"\xb9", b"\xc3("])
def test_a_damaged_line_stays_utf8(broken: bytes) -> None:
    """One broken character in a good UTF-8 line is an error, and the rest of the line is right."""
    line = "3,김하늘,부산광역시 솔빛동,555-0100,{},이도윤\n"
    head = rows("ko", 2_000)
    before, after = line.split("{}")
    data = head.encode() + before.encode() + broken + after.encode() + rows("ko", 1_000).encode("cp949")
    text, blocks = decode(data, detect(data, True))
    assert text.startswith(head + before + "\ufffd")
    assert text.endswith(after + rows("ko", 1_000))
    [_, issue] = blocks.issues
    assert (issue.kind, issue.severity, issue.line) == ("undecodable", "error", head.count("\n") + 1)


def test_bytes_that_nothing_explains_are_an_error() -> None:
    """A line of bytes that read well in no encoding is not guessed at."""
    data = rows("ko", 2_000).encode() + b"id,\xff\xfe\xfa\x81\n"
    text, blocks = decode(data, detect(data, True))
    assert text.endswith("id,\ufffd\ufffd\ufffd\ufffd\n")
    assert [issue.kind for issue in blocks.issues] == ["undecodable"]


def test_a_named_encoding_is_that_of_all_lines() -> None:
    """Where the user names the encoding, no line is read in another."""
    data = "김하늘\n".encode("cp949") * 3 + "김하늘\n".encode()
    text, blocks = decode(data, Encoding("cp949"))
    assert text.startswith("김하늘\n" * 3)
    assert "김하늘" not in text.splitlines()[3]
    assert not blocks.lines_in


def test_a_byte_order_mark_does_not_speak_for_all_lines() -> None:
    """After the mark of UTF-8 lines in another encoding are found too."""
    lines = rows("ko", 3_000).splitlines(keepends=True)
    for share in (0.3, 0.9):
        data, odd = mixed(lines, "utf-8", "cp949", share)
        encoding = detect(b"\xef\xbb\xbf" + data, True)
        text, blocks = decode(b"\xef\xbb\xbf" + data, encoding)
        assert (encoding.name, encoding.bom, text) == ("utf-8", 3, "".join(lines))
        assert blocks.lines_in["cp949"] == len(odd)


@pytest.mark.parametrize("name", ["utf-8", "cp949", "cp1252"])
def test_lines_that_end_with_cr(name: str) -> None:
    """Lines that end with a CR are told apart as well."""
    lines = [line.replace("\n", "\r") for line in rows("ko" if name != "cp1252" else "fr", 4_000).splitlines(True)]
    other = "utf-8" if name != "utf-8" else "cp949"
    data, odd = mixed(lines, name, other, 0.3)
    text, blocks = decode(data, Encoding(name, cr=True, other=other), 100)
    assert text == "".join(lines).replace("\r", "\n")
    assert (blocks.issues[0].line, blocks.issues[0].count) == (odd[0], len(odd))


@pytest.mark.parametrize("name", ["utf-8", "cp949"])
def test_a_long_line_is_judged_by_its_start(name: str) -> None:
    """Of a line longer than what is judged, the start decides, and the line is not held back."""
    other = "cp949" if name == "utf-8" else "utf-8"
    long = "," + "홍길동," * 20_000 + "\n"
    data = "가나다\n".encode(name) + long.encode(other) + "라마바\n".encode(name)
    stream = Bytes(data)
    blocks = TextBlocks(stream, Encoding(name, other=other), 1000, judged=5_000)
    pieces = [block.decode() for block in blocks]
    assert "".join(pieces) == "가나다\n" + long + "라마바\n"
    assert max(map(len, pieces)) < 10_000
    assert dict(blocks.lines_in) == {other: 1}


WORDS = ["김하늘", "谢谢", "路", "田中さくら", "café", "Nguyễn", "محمد", "x" * 30, "\r", ",", "1234"]
PIECES = st.one_of(
    st.builds(
        lambda word, codec: word.encode(codec, "ignore"),
        st.sampled_from(WORDS),
        st.sampled_from(["utf-8", "cp949", "gb18030", "cp932", "cp1252", "cp1258"]),
    ),
    st.just(b"\n"),
    st.binary(max_size=3),
)


@given(
    st.sampled_from([("utf-8", "cp949"), ("utf-8", "utf-8"), ("cp949", "utf-8"), ("gb18030", "utf-8"),
                     ("cp932", "utf-8"), ("cp1258", "utf-8"), ("cp1252", "utf-8")]),
    st.lists(PIECES, max_size=20).map(b"".join), st.integers(1, 40), st.booleans(),
)  # fmt: skip
@settings(max_examples=1500, deadline=None)
def test_cuts_never_change_mixed_text(names: tuple[str, str], data: bytes, size: int, cr: bool) -> None:
    """Text, counts and issues are the same wherever blocks are cut, also in lines longer than what is judged."""
    encoding = Encoding(names[0], other=names[1], cr=cr)
    whole = TextBlocks(Bytes(data), encoding, judged=25)
    pieces = TextBlocks(Bytes(data), encoding, size, judged=25)
    assert b"".join(pieces).decode() == b"".join(whole).decode()
    assert (pieces.issues, pieces.lines_in) == (whole.issues, whole.lines_in)


@given(st.lists(PIECES, max_size=20).map(b"".join), st.integers(0, 10), st.sampled_from(["utf-8", "cp949", "cp1252"]))
@settings(max_examples=500, deadline=None)
def test_lines_are_judged_alone(data: bytes, cut: int, name: str) -> None:
    """A part of a file that starts at a line gives the text and the numbers that it has in the whole."""
    encoding = Encoding(name, other="utf-8")
    ends = [0, *(match.end() for match in re.finditer(b"\n", data))]
    at = ends[cut % len(ends)]
    parts = [TextBlocks(Bytes(data[:at]), encoding)]
    parts.append(TextBlocks(Bytes(data[at:]), encoding, at_start=False, line=data.count(b"\n", 0, at) + 1))
    whole = TextBlocks(Bytes(data), encoding)
    assert b"".join(b"".join(part) for part in parts) == b"".join(whole)
    assert parts[0].lines_in + parts[1].lines_in == whole.lines_in
    first = {issue.message: issue.line for part in reversed(parts) for issue in part.issues if issue.line}
    told = [issue for issue in whole.issues if issue.kind == "mixed_encodings"]
    assert all(first[issue.message] == issue.line for issue in told)


def test_lines_without_anything_to_judge_are_in_the_encoding_of_the_file() -> None:
    """ASCII is in the encoding of the file, and so is a line whose last character is cut."""
    assert line_codec(b"abc\n", "utf-8", "cp949") == "utf-8"
    assert line_codec(b"abc\n", "cp949", "utf-8") == "cp949"
    assert line_codec("김하늘".encode()[:-1], "utf-8", "cp949") == "utf-8"
