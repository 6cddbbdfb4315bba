"""Door codes as a Presidio recognizer."""

from __future__ import annotations

from scanner.recognizers import door_codes
from scanner.recognizers.base import SpanRecognizer
from scanner.recognizers.spans import Span


class DoorCodeRecognizer(SpanRecognizer):
    """Codes of shared entrances in delivery notes."""

    name = "door-code"
    entity_type = "DOOR_CODE"

    def find(self, text: str) -> list[Span]:
        """See `scanner.recognizers.door_codes.find`."""
        return door_codes.find(text)
