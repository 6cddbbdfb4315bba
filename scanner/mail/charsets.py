"""The text of bytes whose character set a message names, wrongly or not at all."""

from __future__ import annotations

import codecs
from functools import lru_cache

from scanner.decode import detect, encoding_named
from scanner.errors import UsageError

# Python does not know these names.
_ALIASES = {
    "ks_c_5601-1989": "cp949", "ks_c_5601": "cp949", "ksc5601": "cp949", "x-windows-949": "cp949",
    "windows-949": "cp949",
    "cp-850": "cp850", "x-gbk": "gb18030", "x-sjis": "cp932", "x-big5": "big5hkscs", "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso8859-8", "iso-8859-6-i": "iso8859-6", "x-euc-jp": "euc_jis_2004", "cp936": "gb18030",
}  # fmt: skip
_FEW = 3  # one wrong character in so many that are not ASCII is no proof against UTF-8
# What programs say that do not know: any bytes are valid in them, or none but ASCII.
_SAY_NOTHING = frozenset(["ascii", "utf-8", "cp1252", "iso8859-1", "iso8859-15", "latin-1"])


def decoded(data: bytes, charset: str | None) -> str:
    """The text of `data` in `charset`, or in what it seems to be; U+FFFD for what is nothing."""
    name = _named(charset)
    if name is not None and name not in _SAY_NOTHING:
        try:
            return data.decode(name)
        except (UnicodeError, ValueError):
            pass
    elif b"\x1b" not in data:
        text = data.decode("utf-8", "replace")
        if "\ufffd" not in text or _FEW * text[:-1].count("\ufffd") <= sum(not char.isascii() for char in text):
            return text
    found = detect(data, complete=True)
    name = "utf-8" if found.kind == "binary" else found.name
    return data[found.bom :].decode(name, "replace")


@lru_cache(1000)
def _named(charset: str | None) -> str | None:
    """The widest codec of the family, None where there is none."""
    name = (charset or "").strip().strip("'\"").lower()
    try:
        return codecs.lookup(encoding_named(_ALIASES.get(name, name)).name).name if name else None
    except (UsageError, LookupError, ValueError):
        return None
