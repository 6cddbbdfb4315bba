"""Readers: text or a whole file in, batches of columns out; one module a format, one row in `formats`."""

from scanner.readers.detect import detect_format
from scanner.readers.formats import FILES, FORMATS, Format, Row, read_file

__all__ = ["FILES", "FORMATS", "Format", "Row", "detect_format", "read_file"]
