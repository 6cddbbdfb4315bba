"""Phone numbers as a Presidio recognizer."""

from __future__ import annotations

from scanner.recognizers import phone_numbers
from scanner.recognizers.base import SpanRecognizer
from scanner.recognizers.spans import Span


class PhoneRecognizer(SpanRecognizer):
    """International numbers (`+`, `00`) of all countries and `tel:` URIs."""

    name = "phone-international"
    entity_type = "PHONE_NUMBER"

    def find(self, text: str) -> list[Span]:
        """See `scanner.recognizers.phone_numbers.find`."""
        return phone_numbers.find(text)
