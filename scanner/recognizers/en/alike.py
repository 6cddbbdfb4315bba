"""Places of a text whose surroundings are the same are judged once: what repeats costs little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 4096  # surroundings that are remembered


class Alike(Generic[T]):
    """Asks of pieces of a text; the answer may depend on `reach` code points on either side, and holds no offsets."""

    def __init__(self, text: str, reach: int, ask: Callable[[int, int], T]) -> None:
        """`ask` takes start and end of a piece."""
        self._text, self._reach, self._ask = text, reach, ask
        self._known: dict[tuple[int, int, str], T] = {}

    def __call__(self, start: int, end: int) -> T:
        """The answer for the piece from `start` to `end`."""
        low = max(0, start - self._reach)
        key = (start - low, end - start, self._text[low : end + self._reach])
        if key not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = self._ask(start, end)
        return self._known[key]
