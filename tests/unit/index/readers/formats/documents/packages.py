"""Small documents of word processors, made of the XML in them."""

import io
import zipfile
from collections.abc import Mapping

__all__ = ["docx", "odt", "pack"]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return output.getvalue()


def docx(body: str, *, core: str = "", main: str = "word/document.xml", **parts: str) -> bytes:
    """A Word document; other parts of the folder "word" by their names without suffix."""
    folder = main.rpartition("/")[0]
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships>"
        f'<Relationship Id="r" Type="http://x/officeDocument" Target="/{main}"/></Relationships>',
        main: f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:dcterms="t">{core}'
        f"</cp:coreProperties>",
    }
    for name, text in parts.items():
        files[f"{folder}/{name}.xml"] = f"<w:{name} {_W}>{text}</w:{name}>"
    return pack(files)


def odt(body: str, *, styles: str = "", meta: str = "", manifest: str = "", kind: str = "text") -> bytes:
    """An OpenDocument text."""
    spaces = " ".join(
        f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "text", "table", "style", "draw", "meta")
    )
    other = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="urn:svg"'
    return pack(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {spaces} {other}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f"<office:document-meta {spaces} {other}><office:meta>{meta}</office:meta>"
            f"</office:document-meta>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )
