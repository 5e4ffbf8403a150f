import struct

import pytest

from index.model import Failure
from index.readers.tables import parse_table
from tests.unit.index.readers.formats.documents.packages import odt, pack
from tests.unit.index.readers.reading import article, read

REST = bytes(range(256)) * 8
TYPES = {"[Content_Types].xml": "<Types/>"}


def compound(*names: str, directory: int = 1, sectors: int = 1) -> bytes:
    """A compound file (OLE2) with streams of these names; its directory begins at the sector `directory`."""
    entries = b"".join(
        (name + "\0").encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in ("Root Entry", *names)
    ).ljust(512 * sectors, b"\0")
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<H", 9)).ljust(48, b"\0")
    header = (header + struct.pack("<I", directory)).ljust(76, b"\0") + struct.pack("<I", 0)
    # Sector 0 is the table of sectors: each of the directory is followed by the next, the last by none.
    links = [0xFFFFFFFD] + [0xFFFFFFFF] * 127
    for number in range(sectors):
        links[directory + number] = directory + number + 1 if number + 1 < sectors else 0xFFFFFFFE
    table = struct.pack("<128I", *links)
    return header.ljust(512, b"\xff") + table + bytes(512 * (directory - 1)) + entries + REST


@pytest.mark.parametrize(
    ("data", "name", "advice"),
    [
        (compound("1Table", "WordDocument"), "Word 97–2003 document", "Save it as .docx, .pdf or .txt."),
        (compound(*"abcdefgh", "WordDocument", sectors=3), "Word 97–2003 document", "Save it as .docx, .pdf or .txt."),
        (compound("WordDocument", directory=90), "Word 97–2003 document", "Save it as .docx, .pdf or .txt."),
        (
            b"\x78\x9f\x3e\x22\x01\x00" + REST,
            "container of attachments from Outlook (winmail.dat, TNEF)",
            "Unpack it with: tnef",
        ),
        (compound("Workbook"), "Excel 97–2003 workbook", "Save it as .csv."),
        (compound("PowerPoint Document"), "PowerPoint 97–2003 presentation", "Save it as .pdf or .txt."),
        (compound("__properties_version1.0"), "Outlook message", "msgconvert"),
        (compound("EncryptionInfo", "EncryptedPackage"), "Office document protected by a password", "without"),
        (compound("Anything"), "Office 97–2003 or similar file", "Save it as .pdf or .txt."),
        (compound("WordDocument")[:700], "Office 97–2003 or similar file", "Save it as .pdf or .txt."),
        (pack({**TYPES, "xl/workbook.xml": "<x/>"}), "Excel workbook", "Save it as .csv."),
        (pack({**TYPES, "ppt/presentation.xml": "<x/>"}), "PowerPoint presentation", "Save it as .pdf or .txt."),
        (pack({"mimetype": "application/epub+zip", "a.html": "x"}), "e-book (EPUB)", "Convert it"),
        (pack({"META-INF/container.xml": "x", "a.html": "x"}), "e-book (EPUB)", "Convert it"),
        (odt("", kind="spreadsheet"), "OpenDocument spreadsheet", "Save it as .csv."),
        (odt("", kind="presentation"), "OpenDocument presentation", "Save it as .pdf"),
        (pack({"META-INF/MANIFEST.MF": "x", "A.class": "x"}), "program (JAR or APK)", ".searchignore"),
        (pack({"Index/Document.iwa": "x"}), "Apple Pages, Numbers or Keynote document", "Save it as .docx"),
        (b"{\\rtf1\\ansi Hello}", "RTF document", "Save it as .docx, .pdf or .txt."),
        (b'<?xml version="1.0"?>\n<office:document a="b">', "flat OpenDocument file", "Save it as .odt"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><office:document>', "flat OpenDocument file", "Save it as .odt"),
        (b"\xffWPC" + REST, "WordPerfect document", "Save it as .docx"),
        (b"!BDN" + REST, "Outlook mailbox (PST, OST)", "readpst"),
        (b"Title".ljust(60, b"\0") + b"BOOKMOBI" + REST, "e-book (Mobipocket or Kindle)", "Convert it"),
        (b"%!PS-Adobe-3.0\n%%Pages: 1\n", "PostScript file", "Convert it to .pdf."),
        (b"\x89PNG\r\n\x1a\n" + REST, "PNG image", "OCR"),
        (b"\xff\xd8\xff\xe0" + REST, "JPEG image", "OCR"),
        (b"GIF89a" + REST, "GIF image", "OCR"),
        (b"II*\0" + REST, "TIFF image", "OCR"),
        (b"BM" + b"\x36\x10\0\0" + bytes(4) + b"\x36\0\0\0" + REST, "BMP image", "OCR"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + REST, "WebP image", "OCR"),
        (b"\0\0\0\x18ftypheic" + REST, "HEIC or AVIF image", "OCR"),
        (b"ID3\x04\0" + REST, "MP3 recording", "transcript"),
        (b"\xff\xfb\x90" + REST, "MP3 recording", "transcript"),
        (b"RIFF\x10\0\0\0WAVEfmt " + REST, "WAV recording", "transcript"),
        (b"fLaC\0" + REST, "FLAC recording", "transcript"),
        (b"OggS\0" + REST, "Ogg recording or video", "transcript"),
        (b"\0\0\0\x18ftypM4A " + REST, "M4A recording", "transcript"),
        (b"\0\0\0\x18ftypisom" + REST, "MP4 or QuickTime video", "transcript"),
        (b"\x1a\x45\xdf\xa3" + REST, "Matroska or WebM video", "transcript"),
        (b"RIFF\x10\0\0\0AVI LIST" + REST, "AVI video", "transcript"),
        (b"7z\xbc\xaf\x27\x1c" + REST, "7-Zip archive", "Unpack it"),
        (b"Rar!\x1a\x07\x01\0" + REST, "RAR archive", "Unpack it"),
        (b"MSCF\0\0\0\0" + REST, "cabinet archive (CAB)", "Unpack it"),
        (b"\x28\xb5\x2f\xfd" + REST, "file compressed with Zstandard", "unzstd"),
        (b"SQLite format 3\0" + REST, "SQLite database", "Export"),
        (b"PAR1" + REST, "Parquet table", "Export"),
        (b"\x7fELF\x02\x01\x01" + REST, "program", ".searchignore"),
        (b"wOFF\0\x01\0\0" + REST, "font", ".searchignore"),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".txt", ".pdf"])
def test_a_file_that_is_not_read_says_what_it_is_and_what_to_do(
    data: bytes, name: str, advice: str, suffix: str
) -> None:
    [failure] = read(data, f"a{suffix}")
    assert isinstance(failure, Failure), failure
    assert failure.message == f"not read: {name}"
    assert advice in failure.hint
    assert failure.reason in ("binary", "unsupported")


@pytest.mark.parametrize("data", [compound("Anything"), compound("WordDocument")[:700], b"\xd8\x17\x00\x91" * 200])
def test_the_suffix_tells_what_the_content_does_not(data: bytes) -> None:
    [failure] = read(data, "a.DOC")
    assert isinstance(failure, Failure)
    assert failure.message == "not read: Word 97–2003 document"


@pytest.mark.parametrize(
    "text",
    [
        *("BMW sells more cars in Izmir", "PAR1 is a race in Paris", "MZ is a motorcycle", "fLaC and other formats"),
        *("SIT! he said", "!BDN", "яы", "ORC armies", "070701 is a number", "AT&TFORM", "true story", "{ \\rtf }"),
        *("%PS", "-lh5-", "xx-lh5-xx", "7z archives", "....ftypisom", "....moov", "8BPS", "FORM 12 AIFF"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_a_text_that_begins_like_a_signature_is_a_text(text: str, encoding: str) -> None:
    text = f"{text}, and then the ferries between the islands returned."
    assert article(text.encode(encoding), "a.txt").body.endswith(text[3:])


def test_every_row_has_a_place_a_name_and_advice() -> None:
    rows = parse_table("index.readers", "foreign")
    assert {row["in"] for row in rows} == {"start", "binary", "ole", "suffix", "office", "zip", "mimetype"}
    assert all(row["name"] and row["advice"].endswith((".", ")")) for row in rows)


@pytest.mark.parametrize(
    "start", ["RIFF", "ID3", "Rar!", "GIF8", "OggS", "BZh", "BZh9", "PK", "MZ", "7z", "wOFF", "II*", "FORM"]
)
def test_a_text_that_begins_like_a_binary_file_is_read(start: str) -> None:
    assert article(f"{start} and other words, said the harbour master.".encode(), "a.txt").body.startswith(start)
