"""Decoding: which encoding a sample is in, and text that does not depend on where blocks are cut."""

from __future__ import annotations

import random
import re
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.decode import (
    Encoding,
    TextBlocks,
    detect,
    encoding_named,
    has_lone_cr,
    peek,
    settled,
    skipped,
)
from scanner.decode.newlines import with_lf
from scanner.decode.peek import SAMPLE
from scanner.decode.plausible import CODECS
from scanner.decode.tones import composed
from scanner.errors import UsageError
from scanner.model import Issue

ALL = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", *CODECS, "iso2022_jp_ext", "iso2022_kr", "hz"]

# Invented people and places: (names, places, prose) of each language.
TEXTS = {
    "ko": (
        ["홍가람", "김하늘", "이도윤", "박서아", "최지호", "정유나", "강민재", "윤소라", "임태호", "한별"],
        [
            "서울특별시 가람구 하늘로 12길 3",
            "부산광역시 솔빛동 45-6 별빛아파트 101동 1203호",
            "경기도 나래시 푸른읍 들꽃길 7",
        ],
        "지난주에 주문한 물건이 아직 도착하지 않았습니다. 배송 기사님께서 문 앞에 놓고 가셨다는데 없어요.\n"
        "빠른 확인 부탁드립니다. 연락은 오후에 주시면 좋겠습니다. 감사합니다.\n",
    ),
    "zh": (
        ["赵明轩", "王思琪", "李浩然", "陈雨桐", "刘子豪", "杨欣怡", "黄俊杰", "周诗涵"],
        ["云南省春城市花园区新华路12号", "广东省海湾市南山街道幸福小区3栋502室", "四川省锦江县和平镇青石村8组"],
        "您好，我上个星期买的东西到现在还没有收到，请帮我查一下物流信息。如果已经丢失，请尽快给我退款，谢谢。\n"
        "另外，收件地址请改成公司的地址，电话不变。\n",
    ),
    "zh-hant": (
        ["陳志明", "林怡君", "黃雅婷", "張家豪", "李淑芬", "王俊傑", "吳美玲", "劉建宏"],
        ["台北市青雲區和平路三段12號5樓", "高雄市海光區中山一路88號", "新北市綠水區民權街7巷3弄2號"],
        "您好，我上個星期訂購的商品到現在還沒有收到，請幫我查詢一下配送的狀況。如果已經遺失，請盡快退款給我，謝謝。\n"
        "另外，收件地址請改成公司的地址，電話不變。\n",
    ),
    "ja": (
        ["佐藤太郎", "鈴木花子", "高橋健一", "田中美咲", "渡辺翔太", "伊藤さくら", "山本大輔", "ヤマダハナコ"],
        ["東京都青葉区緑町1-2-3 サンハイツ101号室", "大阪府桜川市西本町4丁目5番6号", "北海道星見市南区北十条7"],
        "先週注文した商品がまだ届いていません。配送状況を確認していただけますか。不在の場合は宅配ボックスに入れてください。\n"
        "よろしくお願いいたします。ご連絡は午後にお願いします。\n",
    ),
    "ar": (
        ["محمد العمري", "فاطمة الزهراني", "أحمد الحسن", "ليلى سعيد", "خالد المنصور", "نورة القاسم"],
        ["شارع السلام، حي النخيل، مبنى 12", "طريق الملك، مدينة الورد، شقة 4", "حي الزهور قرب المسجد الكبير"],
        "لم تصل الطلبية حتى الآن، وأرجو منكم التحقق من حالة الشحن في أقرب وقت ممكن.\n"
        "يمكنكم الاتصال بي بعد الظهر على الرقم المسجل في الحساب، وشكرا لكم.\n",
    ),
    "vi": (
        ["Nguyễn Văn Bình", "Trần Thị Hương", "Lê Hoàng Nam", "Phạm Minh Đức", "Võ Thị Mỹ Duyên", "Đặng Quốc Bảo"],
        [
            "12 đường Hoa Sữa, phường Bình Minh, quận 3",
            "Thôn Đồng Tâm, xã An Phước, huyện Sông Xanh",
            "Số 7 ngõ 5 phố Cây Đa",
        ],
        "Tôi đã đặt hàng từ tuần trước nhưng đến nay vẫn chưa nhận được. Xin vui lòng kiểm tra giúp tôi đơn hàng này.\n"
        "Nếu hàng bị thất lạc thì hãy hoàn tiền sớm cho tôi. Cảm ơn nhiều.\n",
    ),
    "fr": (
        ["Jérôme Lefèvre", "Chloé Dubois", "François Müller", "Zoé Béranger", "Hélène Roß", "Íñigo Núñez"],
        ["12 allée des Érables, 3e étage", "Königstraße 5, Grünstadt", "8 rue de l'Église, Saint-André"],
        "Je n’ai toujours pas reçu ma commande passée la semaine dernière. Pourriez-vous vérifier où elle se trouve ?\n"
        "Für Rückfragen bin ich tagsüber erreichbar. Merci d’avance, et à bientôt.\n",
    ),
}
CASES = [
    ("ko", "cp949"), ("zh", "gb18030"), ("zh-hant", "big5hkscs"), ("ja", "cp932"), ("ja", "euc_jis_2004"),
    ("ar", "cp1256"), ("ar", "iso8859_6"), ("vi", "cp1258"), ("fr", "cp1252"), ("ko", "utf-8"),
    ("ko", "johab"), ("zh", "hz"),
    ("zh", "utf-16-le"), ("ja", "utf-16-be"), ("ja", "iso2022_jp_ext"), ("ko", "iso2022_kr"), ("en", "utf-32-le"),
]  # fmt: skip
TEXTS["en"] = (["Ann Example", "Bob Sample"], ["1 Invented Road"], "Where is my parcel, please?\n")


class Bytes:
    """A stream that gives at most `step` bytes at a time."""

    def __init__(self, data: bytes, step: int = 1 << 30) -> None:
        """Give `data`."""
        self.issues: list[Issue] = []
        self._data, self._step = BytesIO(data), step

    def read(self, n: int, /) -> bytes:
        """Return the next bytes."""
        return self._data.read(min(n, self._step))

    def close(self) -> None:
        """Close the data."""
        self._data.close()


def rows(language: str, size: int) -> str:
    """Return CSV rows of mostly ASCII digits, at least `size` characters."""
    rng = random.Random(language)
    names, places, _ = TEXTS[language]
    out, length = ["id,name,phone,address,amount\n"], 0
    while length < size:
        row = f"{rng.randrange(10**9)},{rng.choice(names)},555-01{rng.randrange(100):02},"
        out.append(f'{row}"{rng.choice(places)}",{rng.randrange(10**6)}\n')
        length += len(out[-1])
    return "".join(out)


def encoded(language: str, codec: str, text: str) -> bytes:
    """Encode, for cp1258 with its combining tone marks."""
    if codec == "cp1258":
        text = "".join(_decomposed(char) for char in text)
    return text.encode(codec, "ignore")


def _decomposed(char: str) -> str:
    """Return a Vietnamese letter as cp1258 has it: the vowel composed, the tone as a mark of its own."""
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = next((p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323"), "")
        return unicodedata.normalize("NFC", parts.replace(tone, "", 1)) + tone
    return char


def decode(data: bytes, encoding: Encoding, block_size: int = 1 << 22, step: int = 1 << 30) -> tuple[str, TextBlocks]:
    """Decode all of `data`; each block must be valid UTF-8 by itself."""
    blocks = TextBlocks(Bytes(data, step), encoding, block_size)
    return "".join(block.decode() for block in blocks), blocks


@pytest.mark.parametrize("size", [2_000, 200_000])
@pytest.mark.parametrize("kind", ["rows", "prose"])
@pytest.mark.parametrize(("language", "codec"), CASES)
def test_encoding_of_invented_texts(language: str, codec: str, kind: str, size: int) -> None:
    """The encoding of CSV rows and of prose is found, also when the sample is cut anywhere."""
    prose = TEXTS[language][2]
    data = encoded(language, codec, rows(language, size) if kind == "rows" else prose * (size // len(prose) + 1))
    assert detect(data[: size - 1], False).name == codec
    assert detect(data, True).name == codec


@pytest.mark.parametrize("size", [500, 20_000])
@pytest.mark.parametrize(("language", "codec"), [case for case in CASES if case[0] != "en"])
def test_a_right_guess_is_no_issue(language: str, codec: str, size: int) -> None:
    """Neither rows nor prose in an encoding that is detected come with a warning."""
    prose = TEXTS[language][2]
    for text in (rows(language, size), prose * (size // len(prose) + 1)):
        data = encoded(language, codec, text)
        assert not decode(data, detect(data, True))[1].issues


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Оставьте посылку у двери, Иван Петров\n", "cp1251"),
        ("Оставьте посылку у двери, Иван Петров\n", "koi8_r"),
        ("Γιώργος, οδός Ερμού, Αθήνα\n", "cp1253"),
        ("วางไว้หน้าประตู สมชาย\n", "cp874"),
        ("2026 INFO Ngọc Anh\n", "cp1258"),
    ],
)
def test_a_doubtful_guess_is_told_once(text: str, codec: str) -> None:
    """A wrong guess, or a toss-up, comes with a warning at the file's start, unless the user named the encoding."""
    data = encoded("vi", codec, text) * 3
    guess = detect(data, True)
    (issue,) = decode(data, guess)[1].issues[-1:]
    assert (issue.kind, issue.severity) == ("encoding", "warning")
    assert f"read as {guess.name}" in issue.message
    kinds = [issue.kind for issue in decode(data, encoding_named(codec))[1].issues]
    blocks = TextBlocks(Bytes(data), guess, at_start=False)
    kinds += [issue.kind for _ in blocks for issue in blocks.issues]
    assert "encoding" not in kinds


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff"])
def test_bom_decides_and_is_dropped_only_at_the_start(bom: bytes) -> None:
    """A byte order mark decides; it is no part of the text where the file starts, and is one elsewhere."""
    name = detect(bom, True).name
    data = bom + "a\ufeffb".encode(name)
    assert decode(data, detect(data, True))[0] == "a\ufeffb"
    blocks = TextBlocks(Bytes(data), detect(data, True), at_start=False)
    assert b"".join(blocks).decode() == "\ufeffa\ufeffb"


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "looks like a PNG image"),
        (b"%PDF-1.7\n", "looks like a PDF document"),
        (b"PK\3\4\x14\0", "looks like a ZIP archive or Office document"),
        (b"PAR1\x15\4\x15\0", "looks like a Parquet file"),
        (b"MZ\x90\0\3\0\0\0", "looks like a Windows program"),
        (b"x" * 257 + b"ustar\0", "looks like a tar archive"),
        (random.Random(1).randbytes(5000), "looks like binary data"),
    ],
)
def test_binary_data_is_named(data: bytes, note: str) -> None:
    """Binary data is recognised and named, and that it is not read is an error."""
    encoding = detect(data, True)
    assert (encoding.kind, encoding.note) == ("binary", note)
    issue = skipped(encoding, "a", 7)
    assert (issue.kind, issue.severity, issue.message, issue.bytes) == ("binary", "error", f"{note}; skipped", 7)
    with pytest.raises(ValueError, match="no text"):
        TextBlocks(Bytes(data), encoding)


@pytest.mark.parametrize("text", ["PAR1,2,3\n", "MZ is a prefix\n", "ID3 of 4\n", "BM\n", "", "x\n"])
def test_text_that_starts_like_a_format_is_text(text: str) -> None:
    """Magic that could be the start of a text is not taken for binary data when the rest is text."""
    assert detect(text.encode(), True) == Encoding("utf-8", provisional=True, other="utf-8")


@pytest.mark.parametrize("separator", ["\x01", "\x1c", "\x1e", "\x1f"])
def test_text_with_separators_is_text(separator: str) -> None:
    """Hive and some dumps separate short cells by control characters; beside a NUL they are a sign of binary data."""
    row = separator.join(("kim", "12", "x", "\n")).encode()
    assert detect(row * 9, True).kind != "binary"
    assert detect(row * 9 + b"\0", True).kind == "binary"


def test_a_few_nuls_are_still_text() -> None:
    """NULs in a text neither make it binary nor UTF-16, and pass through."""
    data = "이름\0,전화\0\n홍가람,555-0101\n".encode() * 50
    assert decode(data, detect(data, False))[0] == data.decode()


def test_a_few_bad_bytes_leave_utf8() -> None:
    """UTF-8 with a small share of invalid bytes stays UTF-8, and the bad bytes are reported."""
    data = rows("ko", 5000).encode() + b"\xb0\xa1,\xff\n"
    encoding = detect(data, True)
    text, blocks = decode(data, encoding)
    assert encoding.name == "utf-8"
    assert text.endswith("\ufffd\ufffd,\ufffd\n")
    [issue] = blocks.issues
    assert (issue.kind, issue.bytes, issue.line) == ("undecodable", 3, data.count(b"\n"))


@given(st.sampled_from(ALL), st.text(max_size=60), st.integers(1, 9), st.integers(1, 9))
@settings(max_examples=400, deadline=None)
def test_cuts_never_change_the_text(codec: str, text: str, block_size: int, step: int) -> None:
    """Wherever blocks and reads are cut, a codec's own output decodes to the text that was encoded."""
    # shifts and escapes are the codec's own, not text
    data = text.translate(dict.fromkeys((0x0E, 0x0F, 0x1B))).encode(codec, "ignore")
    got, blocks = decode(data, Encoding(codec), block_size, step)
    whole = data.decode(codec)
    whole = {"cp1258": composed(whole), "johab": whole.replace("₩", "\\")}.get(codec, whole)
    assert (got, blocks.issues, blocks.bytes_read) == (whole, [], len(data))


@given(st.sampled_from(ALL), st.binary(max_size=60), st.integers(1, 9))
@settings(max_examples=1000, deadline=None)
def test_cuts_never_change_damaged_text(codec: str, data: bytes, block_size: int) -> None:
    """Any bytes give the same text, count and line of bad bytes wherever blocks are cut."""
    whole, once = decode(data, Encoding(codec))
    pieces, cut = decode(data, Encoding(codec), block_size)
    assert pieces == whole
    assert cut.issues == once.issues
    assert all(issue.bytes is not None and issue.bytes <= whole.count("\ufffd") for issue in cut.issues)


@given(st.sampled_from([c for c in ALL if not c.startswith(("utf-16", "utf-32", "iso2022"))]), st.binary(max_size=30))
@settings(max_examples=500, deadline=None)
def test_a_newline_resynchronises(codec: str, damage: bytes) -> None:
    """Whatever stands before it, text after a newline is read right, in all encodings but stateful and wide ones."""
    text, _ = decode(damage + b"\nKim,555-0101\n", Encoding(codec))
    assert text.endswith("\nKim,555-0101\n")


@pytest.mark.parametrize("codec", ["cp949", "big5hkscs", "cp932", "euc_jis_2004"])
def test_an_unknown_character_costs_only_itself(codec: str) -> None:
    """Two bytes that stand for nothing in a multibyte encoding do not spoil the characters that follow."""
    pairs = (bytes((a, b)) for a in range(0xFC, 0x90, -1) for b in range(0xFE, 0xA0, -1))
    unknown = next(p for p in pairs if "\ufffd" in p.decode(codec, "replace"))
    data = "田中".encode(codec) + unknown + "田中太\n".encode(codec)
    assert decode(data, Encoding(codec))[0] == "田中\ufffd\ufffd田中太\n"


def test_pairs_of_ascii_are_hz_only_where_they_read_as_chinese() -> None:
    """What stands between the shifts of HZ in a program, or beside other characters, is no Chinese."""
    assert detect("订单号,收件人\n".encode("hz"), True).name == "hz"
    assert detect(b"print ~{abcdefgh~} and ~{XYZ123~}\n", True).name == "utf-8"
    assert detect("订单号\n".encode("hz") + "订单号\n".encode(), True).name == "utf-8"


def test_a_backslash_of_johab_is_one() -> None:
    """Johab has a won sign for the backslash; in paths and escapes it is one."""
    assert decode("가\\나\n".encode("johab", "replace").replace(b"?", b"\\"), Encoding("johab"))[0] == "가\\나\n"


def test_replacement_characters_of_the_input_are_no_issue() -> None:
    """U+FFFD that is already in the input is text."""
    for codec in ("utf-8", "utf-16-le", "gb18030"):
        text, blocks = decode("a\ufffdb".encode(codec), Encoding(codec))
        assert (text, blocks.issues) == ("a\ufffdb", [])


def test_valid_utf8_is_passed_through_uncopied() -> None:
    """A whole block of valid UTF-8 is the very object that was read."""
    data = "가나다\n".encode()
    stream = Bytes(data)
    pieces = iter([data, b""])
    stream.read = lambda _: next(pieces)  # type: ignore[method-assign]
    [block] = TextBlocks(stream, Encoding("utf-8"), len(data))
    assert block is data


@pytest.mark.parametrize("codec", ["cp949", "gb18030", "utf-8", "cp932"])
def test_ascii_first_and_then_another_encoding(codec: str) -> None:
    """After any length of ASCII, the first other bytes decide the encoding, in one stream and for the planner."""
    language = {"cp949": "ko", "gb18030": "zh", "utf-8": "ko", "cp932": "ja"}[codec]
    head = "id,name\n1,Ann Example\n" * 30_000
    data = head.encode() + encoded(language, codec, rows(language, 5000))
    sample, stream = peek(Bytes(data, 1000))
    encoding = detect(sample, False)
    assert encoding.provisional
    blocks = TextBlocks(stream, encoding, 100_000)
    assert b"".join(blocks).decode() == data.decode(codec)
    assert blocks.encoding.name == codec
    assert blocks.bytes_read == len(data)
    start = len(head) - 100
    assert (settled(encoding, data[start:], True).name, encoding.provisional) == (codec, True)


def test_a_sample_that_ends_in_the_first_other_line() -> None:
    """Where all whole lines of the sample are ASCII, what follows decides, in one stream and for the planner."""
    head = b"a,b\n" * (SAMPLE // 4 - 1)
    data = head + "가나다\n".encode("cp949") * 1000
    sample, stream = peek(Bytes(data))
    encoding = detect(sample, False)
    assert (len(sample) > len(head), encoding.provisional) == (True, True)
    assert b"".join(TextBlocks(stream, encoding, SAMPLE)).decode() == data.decode("cp949")
    assert settled(encoding, data[len(head) :], True).name == "cp949"


def test_a_long_line_of_ascii_is_still_open() -> None:
    """Where one line is ASCII for longer than a line is judged, the first other bytes decide the rest of it."""
    data = b"a," * (1 << 20) + "가나다라마바사,".encode("cp949") * 1000
    blocks = TextBlocks(Bytes(data), detect(data[:SAMPLE], False), SAMPLE)
    assert b"".join(blocks).decode() == data.decode("cp949")


@given(st.binary(max_size=50), st.integers(0, 60), st.integers(1, 7))
def test_peek_loses_nothing(data: bytes, size: int, step: int) -> None:
    """The sample is the start of the data, and the stream gives all of it."""
    sample, stream = peek(Bytes(data, step), size)
    assert sample == data[:size]
    assert b"".join(iter(lambda: stream.read(3), b"")) == data


@pytest.mark.parametrize(
    ("name", "codec"), [("euc-kr", "cp949"), ("GBK", "gb18030"), ("Shift_JIS", "cp932"), ("latin-1", "cp1252"),
                        ("utf8", "utf-8"), ("utf-16", "utf-16-le"), ("koi8-r", "koi8-r")]
)  # fmt: skip
def test_named_encodings_are_widened(name: str, codec: str) -> None:
    """A name stands for the widest encoding of its family."""
    assert encoding_named(name) == Encoding(codec)


def test_named_encodings_take_their_bom() -> None:
    """The BOM of a named encoding gives its byte order; one of another encoding is not looked at."""
    assert encoding_named("utf-16", b"\xfe\xff\0a") == Encoding("utf-16-be", 2)
    assert encoding_named("utf-8", b"\xef\xbb\xbfa") == Encoding("utf-8", 3)
    assert encoding_named("cp949", b"\xef\xbb\xbfa") == Encoding("cp949")


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", ""])
def test_unknown_encodings_are_usage_errors(name: str) -> None:
    """A name that is no text encoding is a usage error."""
    with pytest.raises(UsageError):
        encoding_named(name)


@given(st.binary(max_size=400), st.booleans())
@settings(max_examples=300, deadline=None)
def test_detection_never_fails(data: bytes, complete: bool) -> None:
    """Any bytes have an answer, and text can then be decoded."""
    encoding = detect(data, complete)
    if encoding.kind == "text":
        decode(data, encoding)


@given(st.binary(max_size=0) | st.text("ab\r\n한", max_size=40).map(str.encode), st.integers(1, 9))
def test_a_lone_cr_becomes_lf_wherever_blocks_are_cut(data: bytes, size: int) -> None:
    """Each CR without LF is an LF, nothing else changes, and no offset moves."""
    blocks = list(with_lf(data[start : start + size] for start in range(0, len(data), size)))
    assert b"".join(blocks) == re.sub(rb"\r(?!\n)", b"\n", data)
    assert all(blocks)


@pytest.mark.parametrize(
    ("text", "lone"), [(b"a\rb", True), (b"a\r", False), (b"a", False), (b"a\rb\n", False), (b"a\r\nb", False)]
)
def test_cr_ends_lines_where_nothing_else_does(text: bytes, lone: bool) -> None:
    """One LF says that a CR does not end lines; a CR that may be the first half of CRLF says nothing."""
    assert has_lone_cr(text) is lone
