"""Findings in texts whose letters and marks stand apart."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import polars as pl

from scanner import ScanConfig
from scanner.api import frames

TEXT = (
    "성함: 홍길동 / 배송지: 서울특별시 강남구 테헤란로 1길 2 / 공동현관 #1234*\n"
    "Người nhận: Nguyễn Văn Ánh 0912 345 678\n"
)


def found(path: Path, text: str) -> pl.DataFrame:
    """The findings in a text."""
    path.write_text(text, encoding="utf-8")
    parts = [part for _, part in frames(path, ScanConfig(key=b"k" * 32, show_values=True))]
    return pl.concat([part for part in parts if isinstance(part, pl.DataFrame)])


def test_the_same_is_found_however_letters_are_written(tmp_path: Path) -> None:
    """Types, lines, masks and fingerprints are those of the composed text; places are where the values stand."""
    apart = unicodedata.normalize("NFD", TEXT)
    composed, decomposed = (found(tmp_path / "a.txt", text) for text in (TEXT, apart))
    same = ["line", "entity_type", "rule_id", "score", "masked", "fingerprint"]
    assert composed.select(same).rows() == decomposed.select(same).rows()
    assert len(composed) >= 5
    lines = apart.split("\n")
    for line, start, end, value in decomposed.select("line", "start", "end", "value").iter_rows():
        assert lines[line - 1][start:end] == value
        assert unicodedata.normalize("NFC", value) in TEXT
