"""PDF documents, by pypdfium2 (the extra `office`): a record a line of a page, and the notes and fields on it.

Fields of forms have their name, texts have none. Pages without text, such as scans, are issues.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from scanner.model import Batch, Issue
from scanner.readers.fieldnames import Names
from scanner.readers.files import File, unread
from scanner.readers.gathered import Gathered

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGE = 16 << 20  # code points of a page; what comes after is not read
_RECORDS = 5000  # of a batch
_PROPERTIES = {"Title": "Title", "Author": "Author.name", "Subject": "Subject", "Keywords": "Keywords"}
_NEEDS_PASSWORD = (4, 5)  # PDFium's FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY
_HYPHEN = "\ufffe"  # what PDFium gives for one at the end of a line


def read(file: File) -> Iterator[Batch]:
    """Read the text of all pages; what cannot be read is an issue, all of it without the extra. Memory: some pages."""
    if find_spec("pypdfium2") is None:
        yield unread(Issue("unsupported", "PDF documents are read by an extra: pip install 'leakgauge[office]'"))
        return
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file.path)
    except pypdfium2.PdfiumError as error:
        yield unread(_unreadable(error))
        return
    try:
        yield from _Document(document, Names(file.is_header)).batches()
    finally:
        document.close()


def _unreadable(error: Exception) -> Issue:
    if getattr(error, "err_code", None) in _NEEDS_PASSWORD:
        return Issue("encrypted", "is encrypted and was not read")
    return Issue("corrupt", "no whole PDF document, was not read")


class _Document:
    """Reads a document page by page."""

    def __init__(self, document: pypdfium2.PdfDocument, names: Names) -> None:
        self._document, self._names = document, names
        self._gathered = Gathered()
        self._empty = 0  # pages that show something, and have no text

    def batches(self) -> Iterator[Batch]:
        """Everything in the document."""
        for name, field in _PROPERTIES.items():
            self._gathered.add(field, self._document.get_metadata_value(name))
        self._gathered.end()
        self._document.init_forms()
        for number in range(len(self._document)):
            self._page(number)
            if len(self._gathered) >= _RECORDS and (batch := self._gathered.batch()) is not None:
                yield batch
        self._gathered.issues += self._issues()
        if (batch := self._gathered.batch()) is not None:
            yield batch

    def _issues(self) -> Iterator[Issue]:
        if self._empty:
            yield Issue("image", "pages hold only images; no text was read", count=self._empty)
        if count := self._document.count_attachments():
            yield Issue("embedded", "files within the document were not read", count=count)

    def _page(self, number: int) -> None:
        import pypdfium2

        from scanner.readers.pdfnotes import notes

        try:
            page = self._document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            self._gathered.issues.append(Issue("corrupt", "pages that are broken were not read"))
            return
        size = text.count_chars()
        if size > MAX_PAGE:
            self._gathered.issues.append(
                Issue("too_large", f"pages were read up to {MAX_PAGE >> 20} million characters")
            )
        lines = text.get_text_range(0, min(size, MAX_PAGE)).replace(_HYPHEN, "-").splitlines() if size > 0 else []
        self._empty += not any(map(str.strip, lines)) and next(iter(page.get_objects(max_depth=1)), None) is not None
        for line in lines:
            self._gathered.add(None, line)
            self._gathered.end()
        for note in notes(self._document, page):
            field = self._names.field(note.name) if note.name else None
            self._gathered.add(field, note.text)
            self._gathered.end()
        page.close()
