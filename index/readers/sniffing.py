"""Detect the format of a file: by its name, unless its content contradicts it."""

import json
import re
from enum import StrEnum

from index.errors import ReadError
from index.readers.archives.tar_archive import is_tar
from index.readers.content.decoding import decode, is_binary, normalize_text
from index.readers.content.source_bytes import SAMPLE_BYTES, Content
from index.readers.content.zip_files import open_zip, read_mimetype
from index.readers.foreign import OFFICE_PARTS, Foreign, foreign_file, foreign_zip
from index.readers.formats.front_matter import has_front_matter
from index.readers.formats.mail.envelopes import is_envelope
from index.readers.formats.mail.maildir import is_maildir_name
from index.readers.formats.prolog import PROLOG
from index.readers.formats.subtitles import is_subtitles

__all__ = ["SUFFIXES", "Format", "sniff_format"]


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    JSON_LINES = "jsonl"
    CSV = "csv"
    PDF = "pdf"
    MESSAGE = "eml"
    MBOX = "mbox"
    FEED = "feed"
    NEWS = "news"
    WORD = "docx"
    OPEN_DOCUMENT = "odt"
    WARC = "warc"
    ZIP = "zip"
    TAR = "tar"
    WEB_ARCHIVE = "mhtml"
    SUBTITLES = "subtitles"


SUFFIXES = {
    **dict.fromkeys((".txt", ".text", ".asc", ".story", ".rst"), Format.TEXT),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), Format.MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), Format.HTML),
    **dict.fromkeys((".jsonl", ".ndjson", ".jl"), Format.JSON_LINES),
    **dict.fromkeys((".csv", ".tsv", ".tab"), Format.CSV),
    ".json": Format.JSON,
    ".pdf": Format.PDF,
    ".eml": Format.MESSAGE,
    ".emlx": Format.MESSAGE,
    ".mbox": Format.MBOX,
    **dict.fromkeys((".rss", ".atom"), Format.FEED),
    **dict.fromkeys((".nitf", ".newsml"), Format.NEWS),
    **dict.fromkeys((".docx", ".docm", ".dotx"), Format.WORD),
    **dict.fromkeys((".odt", ".ott"), Format.OPEN_DOCUMENT),
    **dict.fromkeys((".warc", ".arc"), Format.WARC),
    ".zip": Format.ZIP,
    ".tar": Format.TAR,
    ".mbx": Format.MBOX,
    ".mht": Format.WEB_ARCHIVE,
    ".mhtml": Format.WEB_ARCHIVE,
    ".srt": Format.SUBTITLES,
    ".vtt": Format.SUBTITLES,
}
# Known by their content alone; the suffixes only say that there is such a format.
_BY_CONTENT = frozenset(
    (
        *(Format.PDF, Format.FEED, Format.NEWS, Format.WORD, Format.OPEN_DOCUMENT),
        *(Format.WARC, Format.ZIP, Format.TAR, Format.SUBTITLES),
    )
)
# Text, but never an article; saved web pages and exports are full of them.
_NEVER_ARTICLES = frozenset(
    (
        *(
            ".css",
            ".js",
            ".mjs",
            ".ts",
            ".map",
            ".svg",
            ".xml",
            ".xsl",
            ".xsd",
            ".rdf",
            ".yaml",
            ".yml",
            ".toml",
            ".ini",
        ),
        *(".cfg", ".conf", ".py", ".ipynb", ".c", ".h", ".cc", ".cpp", ".java", ".go", ".rs", ".rb", ".php", ".sh"),
        *(".bat", ".sql", ".tex", ".bib", ".lock", ".log", ".ps", ".rtf", ".vcf", ".ics", ".pem", ".key"),
    )
)
_HTML = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL
)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,40}:.*(?:\n[ \t].*)*\n)+")
_HEADER_LINE = re.compile(rb"\s*(?:[!-9;-~]{1,80}:|From |\d{1,12}[ \t]*\r?\n)")
_HEADER_NAMES = frozenset(
    (
        "from",
        "to",
        "date",
        "subject",
        "received",
        "message-id",
        "mime-version",
        "return-path",
        "content-type",
        "delivered-to",
    )
)
_NEWS = re.compile(PROLOG + r"<(?:\w+:)?(?:nitf|newsitem|newsItem|newsMessage|NewsML)[\s>]", re.DOTALL)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WARC = re.compile(rb"WARC/\d\.\d{1,2}\r?\n|filedesc://\S+ [\d.]+ \d{8,17} ")
_TEXT_DOCUMENT = re.compile(r"application/vnd\.oasis\.opendocument\.text(?:-\w+)?")
_FEED = re.compile(
    PROLOG + r"(?:<rss[\s>]|<(?:\w+:)?feed\s[^>]*(?:www\.w3\.org/2005/Atom|purl\.org/atom/)|"
    r"<rdf:RDF\s[^>]*(?:purl\.org/rss/|my\.netscape\.com/rdf/|channel\.netscape\.com/rdf/))",
    re.I | re.DOTALL,
)
_FIELD_OR_ENVELOPE = re.compile(r">?From |[A-Za-z][A-Za-z0-9-]{1,40}:")
_MAIL = (Format.MESSAGE, Format.MBOX, Format.WEB_ARCHIVE)


def sniff_format(content: Content) -> Format:
    """Return the format of `content`. Raises `ReadError`: "empty", "binary", "unsupported"."""
    if not content.sample.strip(b" \t\r\n\0"):
        raise ReadError("the file is empty", reason="empty", hint="Leave it out with .searchignore.")
    is_in_maildir = is_maildir_name(content.locator)
    suffix = "" if is_in_maildir else _suffix(content.name)
    expected = Format.MESSAGE if is_in_maildir else SUFFIXES.get(suffix)
    # The attachments of a message may be raw bytes.
    is_mail = expected in _MAIL and _HEADER_LINE.match(content.sample) is not None
    if not is_mail and (packed := _sniff_bytes(content, suffix)) is not None:
        return packed
    sample = normalize_text(decode(content.sample))
    if _FEED.match(sample.lstrip()):
        return Format.FEED
    if _NEWS.match(sample.lstrip()):
        return Format.NEWS
    if suffix in _NEVER_ARTICLES:
        hint = "Leave such files out with .searchignore."
        raise ReadError(f"files ending in {suffix} are not read", reason="unsupported", hint=hint)
    # A ".pdf" that is not PDF is read as the format of its content.
    expected = None if expected in _BY_CONTENT else expected
    return _sniff_text(sample, expected, len(content.sample) < SAMPLE_BYTES and not content.fault)


def _sniff_bytes(content: Content, suffix: str) -> Format | None:
    """Return the format of a file that is known by its bytes, None for a text. Raises `ReadError` for other files."""
    if content.sample.startswith(_ZIP):
        return _sniff_zip(content)
    if is_tar(content.sample):
        return Format.TAR
    if _WARC.match(content.sample):
        return Format.WARC
    if b"%PDF-" in content.sample[:1024]:
        return Format.PDF
    is_text = not is_binary(content.sample)
    foreign = foreign_file(content, suffix=suffix, is_binary=not is_text)
    if foreign is not None:
        raise _not_read(foreign)
    if not is_text:
        hint = "Convert it to text, HTML or PDF, or leave it out with .searchignore."
        raise ReadError("not a text file", reason="binary", hint=hint)
    return None


def _sniff_zip(content: Content) -> Format:
    with open_zip(content.seekable()) as archive:
        mimetype = read_mimetype(archive)
        if _TEXT_DOCUMENT.fullmatch(mimetype):
            return Format.OPEN_DOCUMENT
        names = archive.namelist()
        if OFFICE_PARTS in names and any(name.startswith("word/") for name in names):
            return Format.WORD
        foreign = foreign_zip(archive, mimetype=mimetype)
    if foreign is not None:
        raise _not_read(foreign)
    return Format.ZIP


def _not_read(foreign: Foreign) -> ReadError:
    return ReadError(f"not read: {foreign.name}", reason=foreign.reason, hint=foreign.advice)


def _suffix(name: str) -> str:
    _, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot else ""


def _sniff_text(sample: str, expected: Format | None, is_whole: bool) -> Format:
    start = sample.lstrip()
    if expected in (None, Format.TEXT) and is_subtitles(start):
        return Format.SUBTITLES
    if expected in (Format.JSON, Format.JSON_LINES) or (expected in (None, Format.TEXT) and start[:1] in "[{"):
        return _sniff_json(start, expected, is_whole=is_whole)
    if expected in (Format.MARKDOWN, Format.CSV, Format.MBOX) and not _HTML.match(start):
        return expected
    if _HTML.match(start):
        return Format.HTML
    if expected in (None, Format.TEXT, Format.MESSAGE) and _is_mbox(start):
        return Format.MBOX
    if expected in (None, Format.TEXT):
        if _is_message(start):
            return Format.WEB_ARCHIVE if _is_saved_page(start) else Format.MESSAGE
        if has_front_matter(start):
            return Format.MARKDOWN
    return Format.TEXT if expected is None else expected


def _sniff_json(start: str, expected: Format | None, *, is_whole: bool) -> Format:
    """Detect JSON: lines that are objects are JSON Lines, whatever the name; text that is not JSON is plain text."""
    first, _, rest = start.partition("\n")
    try:
        is_object = isinstance(json.loads(first, strict=False), dict)
    except (ValueError, RecursionError):
        is_object = False
    if is_object and rest.strip():
        return Format.JSON_LINES
    if expected is Format.JSON_LINES:
        opens_document = start.startswith("[") or first.strip() == "{"
        return Format.JSON if opens_document else Format.JSON_LINES
    if expected is Format.JSON:
        return Format.JSON
    return Format.JSON if is_object or _is_json(start, is_whole=is_whole) else Format.TEXT


def _is_json(start: str, *, is_whole: bool) -> bool:
    """True for a text that is an object or a list of objects, as far as it is known."""
    if not is_whole:
        return re.match(r"\{\s*\"[^\"\n]*\"\s*:|\[\s*\{\s*\"[^\"\n]*\"\s*:", start) is not None
    try:
        value = json.loads(start, strict=False)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value))


def _is_mbox(start: str) -> bool:
    first, _, rest = start.partition("\n")
    return is_envelope(first) and _FIELD_OR_ENVELOPE.match(rest) is not None


def _is_saved_page(start: str) -> bool:
    """True for a message in which a browser saved a page."""
    return "\nSnapshot-Content-Location:" in start or start.startswith("From: <Saved by ")


def _is_message(start: str) -> bool:
    match = _HEADERS.match(start)
    if match is None or not start[match.end() :].startswith("\n"):
        return False
    names = {line.partition(":")[0].lower() for line in match[0].split("\n") if line[:1].strip()}
    return len(names & _HEADER_NAMES) >= 3 and "from" in names and bool(names & {"date", "subject"})
