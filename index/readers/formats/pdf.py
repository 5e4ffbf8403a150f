"""Read PDF with pypdf (the extra `pdf`)."""

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.stated_properties import stated_title

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["read_pdf"]


def read_pdf(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft: the text of all pages, with a blank line between two.

    The date in a PDF is that of the file, not of the publication, and is ignored. Raises `ReadError`: "needs-extra"
    without pypdf, "encrypted", "damaged", "no-text" for scanned pages.
    """
    try:
        import pypdf
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        hint = 'Install it with: pip install "dossier-search[pdf]"'
        raise ReadError("reading PDF needs the library pypdf", reason="needs-extra", hint=hint) from error
    # pypdf logs every oddity of a file; serious ones are raised.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content.read_all()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("protected by a password", reason="encrypted", hint="Save it without one and index again.")
        body = "\n\n".join(page.extract_text().strip() for page in reader.pages)
        title = _title(reader)
    except DependencyError as error:
        hint = "Install it with: pip install cryptography"
        raise ReadError("an encryption that needs the library cryptography", reason="needs-extra", hint=hint) from error
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        # Damaged files make pypdf fail in all these ways.
        raise ReadError(
            f"not a readable PDF: {error}"[:300], reason="damaged", hint="Open and save it again."
        ) from error
    if not body.strip():
        raise ReadError("its pages hold pictures, not text", reason="no-text", hint="Run text recognition (OCR) on it.")
    yield Draft(body, title=title)


def _title(reader: "PdfReader") -> str | None:
    title = str(reader.metadata.title or "") if reader.metadata is not None else ""
    return stated_title(title)
