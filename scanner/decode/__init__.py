"""Turns bytes of any encoding into blocks of valid UTF-8.

`peek` or `resolve_encoding` decide what the bytes are, `TextBlocks` decodes them. A decision is an `Encoding`.
"""

from scanner.decode.blocks import TextBlocks
from scanner.decode.detect import Encoding, detect, encoding_named, skipped
from scanner.decode.newlines import cr_to_lf, has_lone_cr
from scanner.decode.peek import peek, resolve_encoding

__all__ = [
    "Encoding",
    "TextBlocks",
    "cr_to_lf",
    "detect",
    "encoding_named",
    "has_lone_cr",
    "peek",
    "resolve_encoding",
    "skipped",
]
