"""Decides the encoding of a sample: BOM, magic bytes, UTF-16/32 by its NULs, ISO-2022, UTF-8, then by frequency."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from scanner.decode.codec import is_utf8
from scanner.decode.plausible import CODECS, familiar, plausibility, reads_better, usual_codec, utf8_share
from scanner.decode.signatures import UNKNOWN, Signature, looks_binary, signature
from scanner.errors import UsageError
from scanner.model import Issue

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose BOM it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ISO_2022 = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b\$[@B]|\x1b\([IJ]|\x1b\$\([DOPQ]"), "iso2022_jp_ext"),
)
_HZ = re.compile(rb"~\{((?:[!-w][!-~])+)~\}")  # RFC 1843
# What is usually meant by a narrow name; programs that write it use the wider set.
_WIDER = {
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "euc_jp": "euc_jis_2004",
    "iso8859-1": "cp1252",
    "iso2022_jp": "iso2022_jp_ext",
}
_MANY_NULS = 0.1  # of the bytes: more than any 8-bit text but a padded one has
_FAMILIAR = 0.4  # of the characters; with the wrong byte order few are
DOUBTFUL = 0.5  # confidence; on invented texts 4 in 1,000 right guesses have less, and 98 in 100 wrong ones
_JUDGED = 64 * 1024  # bytes that the frequency test looks at
_USUAL = 8 * 1024  # bytes that tell a text's language
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a stream of bytes is.

    `name`: a Python codec, or "binary". `bom`: bytes of the byte order mark at the start of the file.
    `confidence`: 0 to 1, below `DOUBTFUL` for a guess that is often wrong. `provisional`: all was ASCII so far; the
    first other bytes are judged again. `note`: for binary data, what it looks like. `cr`: lines end with CR.
    `other`: the encoding that lines are expected to have that are not in `name`, or `name` itself where nothing is
    known of it; empty where every line is in `name`.
    """

    name: str
    bom: int = 0
    confidence: float = 1.0
    kind: Literal["text", "binary"] = "text"
    provisional: bool = False
    note: str = ""
    cr: bool = False
    other: str = ""

    @property
    def mixed(self) -> bool:
        """Whether some lines may be in another encoding."""
        return self.other != ""


def detect(sample: bytes, complete: bool) -> Encoding:
    """Return the encoding of the data that starts with `sample`; `complete`: it is all of it.

    64 KiB are a good sample, a few hundred non-ASCII bytes suffice.
    """
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return Encoding(name, len(bom), other=_beside(name, sample[len(bom) :], complete))
    if found := signature(sample):
        return _binary(found)
    maybe_wide = sample.count(0) > _MANY_NULS * len(sample) or (0 in sample and not _is_utf8(sample, complete))
    if maybe_wide and (wide := _wide(sample)):
        return wide
    return _binary(UNKNOWN) if looks_binary(sample) else detect_text(sample, complete)


def _binary(found: Signature) -> Encoding:
    return Encoding("binary", kind="binary", note=f"looks like {found.name}")


def _wide(sample: bytes) -> Encoding | None:
    """Return UTF-32 or UTF-16 without a BOM, when the sample reads well as one."""
    whole = sample[: min(len(sample), _JUDGED) // 4 * 4]
    shares = {name: _familiar_share(whole, name) for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    return Encoding(best, confidence=shares[best]) if shares[best] > _FAMILIAR else None


def _familiar_share(data: bytes, name: str) -> float:
    """Return the share of familiar characters, 0 when too many are none at all."""
    text = codecs.getincrementaldecoder(name)("replace").decode(data)
    bad = len(re.findall("[\0-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f\ue000-\uf8ff\ufff0-\uffff]", text))
    return 0.0 if bad > 0.01 * len(text) else familiar(text) / max(len(text), 1)


def _beside(name: str, sample: bytes, complete: bool) -> str:
    """Return `Encoding.other` where a BOM tells the encoding."""
    if name != "utf-8":
        return "utf-8" if name in CODECS else ""
    found = detect_text(sample, complete)
    return found.other if found.name == name else found.name if found.name in CODECS else name


def detect_text(sample: bytes, complete: bool) -> Encoding:
    """Return the encoding of data that is known to be text in an 8-bit or 7-bit encoding, without a BOM.

    Where lines are in two, it is that of more lines.
    """
    if name := _seven_bit(sample):
        return Encoding(name, confidence=0.95)
    if _is_utf8(sample, complete):
        return Encoding("utf-8", provisional=sample.isascii(), other=_usual(sample))
    valid, odd = _apart(sample if complete else _whole_lines(sample))
    if not valid and not odd:  # the sample ends in the first line that is not ASCII
        return Encoding("utf-8", provisional=True, other="utf-8")
    found = _by_frequency(b"".join(odd)[:_JUDGED])
    some = b"".join(valid)[:_JUDGED]
    if found.name == "utf-8":
        share = (utf8_share(some + b"".join(odd)[:_JUDGED]) + 1) / 2
        return Encoding("utf-8", confidence=share if valid else found.confidence, other=_usual(some))
    if len(valid) < len(odd) or not reads_better(some, found.name):
        return found
    return Encoding("utf-8", other=found.name if found.confidence >= DOUBTFUL else _usual(some))


def _seven_bit(sample: bytes) -> str | None:
    """Return the encoding that has East Asian characters as pairs of ASCII bytes, after a shift that is no text."""
    if pairs := b"".join(_HZ.findall(sample)):
        likely = plausibility(bytes(byte | 0x80 for byte in pairs[:_JUDGED]), "gb18030") >= DOUBTFUL
        return "hz" if likely and sample.isascii() else None
    return next((name for pattern, name in _ISO_2022 if pattern.search(sample)), None)


def _is_utf8(sample: bytes, complete: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, complete)
    except UnicodeDecodeError:
        return False
    return True


def _usual(sample: bytes) -> str:
    """Return the encoding that lines are expected to have that are not in UTF-8, by the language of those that are."""
    high = _HIGH.search(sample)
    start = max(high.start() - 1, 0) if high else len(sample)
    return usual_codec(sample[start : start + _USUAL].decode("utf-8", "ignore")) or "utf-8"


def _apart(sample: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that hold more than ASCII and are valid UTF-8, and those that are not."""
    lines = [line for line in sample.splitlines(keepends=True) if not line.isascii()]
    return [line for line in lines if is_utf8(line)], [line for line in lines if not is_utf8(line)]


def _by_frequency(judged: bytes) -> Encoding:
    """Return the codec that gives the most frequent characters."""
    scores = {codec: plausibility(judged, codec) for codec in CODECS} | {"utf-8": utf8_share(judged)}
    best = max(scores, key=scores.__getitem__)
    text = judged.decode(best, "replace")
    toss_up = any(scores[c] >= scores[best] and judged.decode(c, "replace") != text for c in scores if c != best)
    return Encoding(best, confidence=min(max(scores[best], 0.0), 0.99) * (0.5 if toss_up else 1), other="utf-8")


def _whole_lines(sample: bytes) -> bytes:
    """Cut at the last newline, which is part of no other character in any of our encodings."""
    return sample[: sample.rfind(b"\n") + 1] or sample


# Codecs for host names and program text, which cannot decode a file.
_NO_TEXT_FILES = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "unicode_escape", "raw_unicode_escape"}
)


def encoding_named(name: str, sample: bytes = b"") -> Encoding:
    """Return the encoding that a user named, as the widest of its family; `sample`, the start, may hold a BOM.

    Raises UsageError when there is no such text encoding.
    """
    try:
        info = codecs.lookup(name)
        "".encode(name)
        if info.name in _NO_TEXT_FILES:
            raise LookupError(name)
    except (LookupError, TypeError, ValueError):
        raise UsageError(
            f"unknown encoding: {name}; give a Python codec such as cp949 or gb18030, or none to have it detected"
        ) from None
    marked = next((Encoding(codec, len(bom)) for bom, codec in _BOMS if sample.startswith(bom)), None)
    if marked and marked.name.startswith(info.name.removesuffix("-sig")):
        return marked
    return Encoding(_WIDER.get(info.name, info.name))


def skipped(encoding: Encoding, path: str, size: int | None = None) -> Issue:
    """Return the issue for binary data, which is not read."""
    return Issue("binary", f"{encoding.note}; skipped", path, bytes=size)
