"""Addresses as a Presidio recognizer."""

from __future__ import annotations

from scanner.recognizers import addresses
from scanner.recognizers.base import SpanRecognizer
from scanner.recognizers.spans import Span


class AddressRecognizer(SpanRecognizer):
    """Postal addresses, Korean, Chinese, Japanese, Vietnamese, English and Arabic, in text of any kind."""

    name = "address"
    entity_type = "ADDRESS"

    def find(self, text: str) -> list[Span]:
        """See `scanner.recognizers.addresses.find`."""
        return addresses.find(text)
