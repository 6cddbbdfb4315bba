"""Turns bytes of any encoding into blocks of valid UTF-8.

`detect` and `settled` decide what the bytes are, `TextBlocks` decodes them. A decision is an `Encoding`.
"""

from scanner.decode.blocks import TextBlocks
from scanner.decode.detect import Encoding, detect, encoding_named, skipped
from scanner.decode.newlines import cr_to_lf, has_lone_cr
from scanner.decode.peek import Readable, Replay, peek, read_full, settled
from scanner.decode.signatures import signature

__all__ = [
    "Encoding",
    "Readable",
    "Replay",
    "TextBlocks",
    "cr_to_lf",
    "detect",
    "encoding_named",
    "has_lone_cr",
    "peek",
    "read_full",
    "settled",
    "signature",
    "skipped",
]
