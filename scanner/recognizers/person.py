"""Personal names as a Presidio recognizer."""

from __future__ import annotations

from scanner.recognizers import names
from scanner.recognizers.base import SpanRecognizer
from scanner.recognizers.spans import Span


class PersonRecognizer(SpanRecognizer):
    """Names that a label, an honorific, a phone number or an address beside them gives away, and some strong forms."""

    name = "person"
    entity_type = "PERSON"

    def find(self, text: str) -> list[Span]:
        """See `scanner.recognizers.names.find`."""
        return names.find(text)
