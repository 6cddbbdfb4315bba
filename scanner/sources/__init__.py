"""Finds the files to read and opens their bytes, decompressed.

`find` turns paths into `Source`s and `Issue`s; `open_source` turns a `Source` into a `Stream` of bytes.
Nothing here knows text, encodings or formats, and `git` is never run (a checkout's config can execute commands).
"""

from scanner.sources.compression import Limits
from scanner.sources.exclude import Exclude
from scanner.sources.source import Source, Stream
from scanner.sources.streams import decompressed, open_source
from scanner.sources.walk import find

__all__ = ["Exclude", "Limits", "Source", "Stream", "decompressed", "find", "open_source"]
