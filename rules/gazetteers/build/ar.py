"""Arabic lists."""

from __future__ import annotations

from pathlib import Path

from sources import Lists, faker


def lists(npm_folder: Path) -> Lists:
    """Given names."""
    arabic = faker("ar_AA", "first_names", "first_names_male", "first_names_female")
    arabic |= faker("ar_PS", "first_names_male", "first_names_female")
    yield "ar-given", {name for name in arabic if " " not in name and len(name) > 2}
