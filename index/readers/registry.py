"""Read a source: the tables of readers and of archives, and the way from a file to its articles."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from typing import Any

from index.errors import ReadError
from index.model import GUESSED_ENCODING, SKIPPED, Article, Failure, Notice
from index.readers.archives.members import IGNORED, MEMBER, ArchiveReader, Member
from index.readers.article.armor import remove_armor
from index.readers.article.building import build_article
from index.readers.base import Draft, Reader, ReadOptions, Source
from index.readers.content.compression import Budget
from index.readers.content.decoding import check_encoding
from index.readers.content.source_bytes import Content, make_content, open_content
from index.readers.guarding import guarded
from index.readers.ignoring import IgnoreRule, is_ignored_within
from index.readers.sniffing import Format, sniff_format

__all__ = ["ARCHIVES", "READERS", "read_source"]

# Imported when a file of the format comes up: the libraries behind web pages alone take half a second.
READERS = {
    Format.TEXT: "index.readers.formats.plain_text:read_plain_text",
    Format.MARKDOWN: "index.readers.formats.markdown:read_markdown",
    Format.HTML: "index.readers.formats.web_page:read_web_page",
    Format.JSON: "index.readers.formats.json_rows:read_json",
    Format.JSON_LINES: "index.readers.formats.json_rows:read_json_lines",
    Format.CSV: "index.readers.formats.csv_rows:read_csv",
    Format.PDF: "index.readers.formats.pdf:read_pdf",
    Format.MESSAGE: "index.readers.formats.mail.messages:read_message",
    Format.MBOX: "index.readers.formats.mail.mbox:read_mbox",
    Format.WEB_ARCHIVE: "index.readers.formats.mail.web_archive:read_web_archive",
    Format.FEED: "index.readers.formats.feeds.feed:read_feed",
    Format.NEWS: "index.readers.formats.news_xml:read_news_xml",
    Format.WORD: "index.readers.formats.documents.word_document:read_word_document",
    Format.OPEN_DOCUMENT: "index.readers.formats.documents.open_document:read_open_document",
    Format.SUBTITLES: "index.readers.formats.subtitles:read_subtitles",
    Format.WARC: "index.readers.formats.warc.pages:read_warc",
}
# Their files are read as if they lay in a folder of that name.
ARCHIVES = {
    Format.ZIP: "index.readers.archives.zip_archive:read_zip",
    Format.TAR: "index.readers.archives.tar_archive:read_tar",
}
# An archive in an archive is read, one in that is not.
_DEEPEST_ARCHIVE = 2
# A message in a message that is attached as a file, or a document in an archive in one.
_DEEPEST_FILE = 4


def read_source(source: Source, options: ReadOptions | None = None) -> Iterator[Article | Failure | Notice]:
    """Yield the articles of `source` in order, and a `Failure` for each one that cannot be read.

    A `Notice` tells of what was read, but not as surely or completely as usual, and of what is no article.

    The format is detected from content and suffix; gzip, bzip2 and xz data is unpacked. Articles of a file with many
    have the locator `locator#id` when their row has an id of its own (so that they keep it when rows are added), else
    `locator#row`, rows counted from 1. A file in an archive has the locator `locator!/name`. A `Failure` has the
    locator of the row or the file in the archive, or `locator` when the rest of the source cannot be read. Never raises
    because of the content of a file; `DiskFullError` when there is no space for temporary files.
    """
    return guarded(_read(source, options or ReadOptions()), source.locator)


def _read(source: Source, options: ReadOptions) -> Iterator[Article | Failure | Notice]:
    if options.encoding is not None:
        check_encoding(options.encoding)  # An encoding that does not exist is reported before anything is read.
    taken: set[str] = set()
    with open_content(source, options) as content:
        ignoring = _Ignoring(source.rules, source.inner)
        for item in _read_content(content, options, taken, _Depth(ignoring=ignoring)):
            if isinstance(item, _Located):
                yield from _finish(item, taken)
            else:
                yield item


@dataclass(frozen=True, slots=True)
class _Located:
    """A draft, the locator of its file or of the file in an archive, and how its text was decoded."""

    draft: Draft
    locator: str
    encoding: str | None = None
    encoding_is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class _Ignoring:
    """The rules of `.searchignore` files for what is in an archive, and its path from the folder that was named."""

    rules: tuple[IgnoreRule, ...] = ()
    path: str = ""

    def leaves_out(self, name: str) -> bool:
        return bool(self.rules) and is_ignored_within(f"{self.path}/{name}", self.rules, top=self.path)

    def within(self, name: str) -> "_Ignoring":
        return _Ignoring(self.rules, f"{self.path}/{name}") if self.rules else self


@dataclass(frozen=True, slots=True)
class _Depth:
    """Counts the files that a file is inside of, and the archives among them; `ignoring` is about those."""

    files: int = 0
    archives: int = 0
    ignoring: _Ignoring = field(default_factory=_Ignoring)


_Found = _Located | Failure | Notice


def _read_content(content: Content, options: ReadOptions, taken: set[str], depth: _Depth) -> Iterator[_Found]:
    """Yield the drafts of a file at some depth in others. Raises `ReadError`, also for a fault of what was packed."""
    is_empty = True
    try:
        form = sniff_format(content)
        if form in ARCHIVES:
            found = _read_archive(content, form, options, taken, depth)
        else:
            found = _read_drafts(content, form, options, depth)
        for item in found:
            is_empty = False
            yield item
    except ReadError as error:
        if content.fault:
            raise _faulty(content.fault, is_empty=is_empty) from error
        raise
    if content.fault:
        raise _faulty(content.fault, is_empty=is_empty)
    if is_empty:
        raise ReadError("there is no article in it", reason="empty", hint="Leave it out with .searchignore.")


def _faulty(fault: str, *, is_empty: bool) -> ReadError:
    message = fault if is_empty else f"{fault}: only what stands before that was read"
    return ReadError(message, reason="damaged", hint="Fetch or pack the file again.")


def _read_drafts(content: Content, form: Format, options: ReadOptions, depth: _Depth) -> Iterator[_Found]:
    content.read_inner = partial(_read_inner, depth=replace(depth, files=depth.files + 1))
    reader: Reader = _load(READERS[form])
    for item in reader(content, options):
        if isinstance(item, Draft):
            encoding = content.encoding
            is_guessed = encoding is not None and encoding == content.guessed_encoding
            yield _Located(item, content.locator, encoding, is_guessed)
        else:
            yield item
    if content.guessed_encoding is not None:
        yield Notice(content.locator, GUESSED_ENCODING, content.guessed_encoding)


def _read_inner(source: Source, options: ReadOptions, *, depth: _Depth) -> Iterator[Draft | Failure]:
    """Yield the drafts of an attachment; all that is unpacked from it has room in `options.max_bytes`."""
    if depth.files > _DEEPEST_FILE:
        yield Failure(source.locator, "too-deep", "a file in too many other files", "Save it as a file of its own.")
        return
    for item in guarded(_read_attached(source, options, depth), source.locator):
        if not isinstance(item, Notice):
            yield item.draft if isinstance(item, _Located) else item


def _read_attached(source: Source, options: ReadOptions, depth: _Depth) -> Iterator[_Found]:
    budgets = (Budget(packed_size=0, least=options.max_bytes),)
    with open_content(source, options, budgets=budgets) as content:
        yield from _read_content(content, options, set(), depth)


def _read_archive(
    content: Content, form: Format, options: ReadOptions, taken: set[str], depth: _Depth
) -> Iterator[_Found]:
    if depth.archives == _DEEPEST_ARCHIVE:
        hint = "Unpack it by hand and index the folder."
        raise ReadError("an archive in an archive in an archive", reason="unsupported", hint=hint)
    reader: ArchiveReader = _load(ARCHIVES[form])
    has_left_out = False
    for number, item in enumerate(reader(content), start=1):
        if isinstance(item, Member) and depth.ignoring.leaves_out(item.name):
            has_left_out = True
        elif isinstance(item, Member):
            inside = _Depth(depth.files + 1, depth.archives + 1, depth.ignoring.within(item.name))
            locator = f"{content.locator}{MEMBER}{item.name}"
            # The first of two files with the same name keeps it.
            locator = locator if locator not in taken else f"{locator}~{number}"
            taken.add(locator)
            yield from guarded(_read_member(item, locator, options, taken, inside), locator)
        else:
            yield item
    if has_left_out:
        yield Notice(content.locator, SKIPPED, IGNORED)


def _read_member(
    member: Member, locator: str, options: ReadOptions, taken: set[str], depth: _Depth
) -> Iterator[_Found]:
    with member.open() as raw:
        content = make_content(
            raw,
            locator=locator,
            name=member.name.rpartition("/")[2],
            packed_size=member.packed_size,
            options=options,
            budgets=member.budgets,
        )
        yield from _read_content(content, options, taken, depth)


def _finish(item: _Located, taken: set[str]) -> Iterator[Article | Failure]:
    """Yield the article of a draft, then a failure for what of it is encrypted; or the failure alone."""
    draft, locator = item.draft, item.locator
    if draft.row:
        row = f"{locator}#{draft.row}"
        own = f"{locator}#{draft.row_id}" if draft.row_id else row
        # The first of two rows with the same id keeps it.
        locator = own if own not in taken else f"{row}~"
        taken.add(locator)
    else:
        row = locator
    unarmored = remove_armor(draft.body)
    encrypted = "encrypted with PGP, not read", "Decrypt it and index it again."
    try:
        yield build_article(
            replace(draft, body=unarmored.text),
            locator=locator,
            encoding=item.encoding,
            encoding_is_guessed=item.encoding_is_guessed,
        )
    except ReadError as error:
        if not unarmored.is_encrypted:
            yield Failure(row, error.reason, str(error), error.hint)
        else:
            yield Failure(row, "encrypted", *encrypted)
    else:
        if unarmored.is_encrypted:
            yield Failure(f"{row} body" if draft.row else f"{row}#body", "encrypted", *encrypted)


# What is behind a name has whatever type its protocol says; the caller annotates it.
def _load(name: str) -> Any:
    module, _, member = name.partition(":")
    return getattr(import_module(module), member)
