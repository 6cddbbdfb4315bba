"""Writes a text file anew with what is found in it masked; every other byte stays.

A split is scanned, each finding's place becomes a byte range of it, and the bytes between are copied.
"""

from scanner.mask.run import mask

__all__ = ["mask"]
