"""What readers of whole files share: those of databases, spreadsheets and documents, which are not read as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scanner.model import Batch, Issue, NoPlace

# Whether a row of cells holds the names of fields, or data; None where nothing tells.
IsHeader = Callable[[Sequence[str]], bool | None]


@dataclass(frozen=True, slots=True)
class File:
    """A regular file that can be read anywhere; readers never alter it, nor write beside it.

    `path`: what to open; `name`: as shown to people, for its ending; `is_header` judges a row of cells.
    """

    path: str
    name: str
    is_header: IsHeader


def unread(issue: Issue) -> Batch:
    """A batch that holds nothing but an issue."""
    return Batch([], np.zeros(0, dtype=np.int64), NoPlace(), [issue])
