"""A rule file that is right, for tests that write it in other ways."""

from __future__ import annotations

from pathlib import Path

GOOD = """
id = "demo"
entity_type = "DEMO_ID"
name = "Number of an invented scheme"
description = "DM and six digits."
regions = ["KR"]
languages = ["ko"]
status = "stable"
references = ["https://example.com/format"]
keywords = ["dm"]
columns = ["demo no"]

[context]
en = ["demo"]

[[pattern]]
name = "plain"
regex = 'DM[0-9]{6}'
boundary = "word"
score = 0.6

[[positive]]
text = "demo DM123456"
match = "DM123456"

[[negative]]
text = "DM12345"
because = "a digit short"
"""


def written(folder: Path, text: str, name: str = "demo", region: str = "kr") -> Path:
    """Write a rule file below `folder`."""
    path = folder / region / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
