"""Sheets of labels as PDF: joined, and drawn as a picture; runs in threads."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence

import pypdfium2
from PIL import Image

# PDFium may be used by one thread at a time.
_pdfium = threading.Lock()


def first_page(content: bytes, width: int, height: int) -> Image.Image:
    """Return the first page of a PDF, as large as fits so many pixels."""
    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[0]
            wide, high = page.get_size()
            picture: Image.Image = page.render(scale=max(0.1, min(width / wide, height / high))).to_pil()
            return picture.convert("RGB")
        finally:
            document.close()


def joined(parts: Sequence[bytes]) -> bytes:
    """Return the pages of some PDFs as one."""
    if len(parts) == 1:
        return parts[0]
    with _pdfium:
        whole = pypdfium2.PdfDocument.new()
        try:
            for part in parts:
                document = pypdfium2.PdfDocument(part)
                whole.import_pages(document)
                document.close()
            file = io.BytesIO()
            whole.save(file)
            return file.getvalue()
        finally:
            whole.close()
