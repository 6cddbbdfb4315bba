"""Numbers of things in words."""

from __future__ import annotations


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """`1 file`, `2,000 files`; `nouns`: the plural where it is not the noun and an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"
