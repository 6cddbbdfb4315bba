"""What stands on a page of PDF beside its text: notes, their authors, links, and the values of forms.

To be imported only where pypdfium2 is there.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

_LONGEST = 1 << 20  # bytes of a text
_KEYS = {"Contents": "", "T": "author.name", "Subj": "", "RC": ""}


class Note(NamedTuple):
    """A text, and the name of the form's field that holds it, or what it is; "" if nothing says."""

    name: str
    text: str


def notes(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Note]:
    """The notes, links and form fields of a page; `document` has its forms initialised."""
    for number in range(max(0, raw.FPDFPage_GetAnnotCount(page))):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET:
            yield from _field(document, note)
        else:
            for key, name in _KEYS.items():
                asked = _asker(raw.FPDFAnnot_GetStringValue, note, key.encode())
                yield Note(name, _text(asked))
            yield from _link(document, note)
        raw.FPDFPage_CloseAnnot(note)


def _field(document: pypdfium2.PdfDocument, note: Any) -> Iterator[Note]:
    if document.formenv is not None:
        name = _text(_asker(raw.FPDFAnnot_GetFormFieldName, document.formenv, note))
        yield Note(name, _text(_asker(raw.FPDFAnnot_GetFormFieldValue, document.formenv, note)))


def _link(document: pypdfium2.PdfDocument, note: Any) -> Iterator[Note]:
    link = raw.FPDFAnnot_GetLink(note)
    action = raw.FPDFLink_GetAction(link) if link else None
    if action:
        size = min(raw.FPDFAction_GetURIPath(document, action, None, 0), _LONGEST)
        buffer = ctypes.create_string_buffer(max(size, 1))
        raw.FPDFAction_GetURIPath(document, action, buffer, size)
        yield Note("link", buffer.value.decode("utf-8", "replace"))


def _asker(function: Callable[..., int], *what: Any) -> Callable[[Any, int], int]:
    """A function of PDFium that fills a buffer and returns the bytes it needs, asked of something."""
    return lambda buffer, size: function(*what, buffer, size)


def _text(ask: Callable[[Any, int], int]) -> str:
    """The UTF-16 text, ended by a NUL, that such a function gives."""
    size = min(ask(None, 0), _LONGEST)
    buffer = ctypes.create_string_buffer(max(size, 2))
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
