"""Every reader of text takes time in proportion to its input, whatever that is made of.

A piece is repeated until the file has a size, and then until it has eight times that. A reader whose time grows with
the square takes 64 times as long for it, one in proportion eight times; three times that is allowed, and a bound that
is twice what the slowest shape takes. What took too long is measured again, as a machine has other things to do.
`TEST_EXAMPLES=many` goes up to a megabyte, in minutes; the run of every day ends at the smallest size.
"""

import os
import time

import pytest

from index.model import Failure
from index.readers.base import Source
from index.readers.registry import READERS, read_source
from index.readers.sniffing import SUFFIXES, Format

MEGABYTE = 1 << 20
SIZES = {"few": (1 << 14,), "many": (1 << 14, 1 << 17, MEGABYTE)}.get(
    os.environ.get("TEST_EXAMPLES", ""), (1 << 14, 1 << 17)
)
# On a machine that counts to a million in a tenth of a second; slower ones get as many times more.
SECONDS, SECONDS_A_MEGABYTE = 2.0, 40.0
SECONDS_TO_A_MILLION = 0.1
# How much more than in proportion a larger file may take: noise of the machine, and what is done once a file.
GROWTH, SLACK = 3.0, 0.4

# The beginnings of files of each format, so that what is repeated stands where its reader looks at it.
BEGINNINGS: dict[Format, tuple[str, ...]] = {
    Format.TEXT: ("", "Talks in Ankara\n\n", "By Jane Roe\n4 January 2019\n\nANKARA (Reuters) - "),
    Format.MARKDOWN: ("", "# Talks\n\n- "),
    Format.HTML: ("<html><body><p>", "<html><body><article><h1>Talks</h1><p>"),
    Format.JSON: ('{"body": "', '[{"body": "Talks"}, '),
    Format.JSON_LINES: ('{"body": "', '{"body": "Talks"}\n'),
    Format.CSV: ("title,body\nTalks,", 'title,body\nTalks,"'),
    Format.MESSAGE: ("From: a@example.org\nDate: Fri, 4 Jan 2019 10:00:00 +0000\nSubject: Talks\n\n",),
    Format.WEB_ARCHIVE: (
        "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        "--x\nContent-Type: text/html\n\n<html><body><p>",
    ),
    Format.FEED: ('<?xml version="1.0"?><rss><channel><item><title>Talks</title><description>',),
    Format.NEWS: ("<nitf><head><title>Talks</title></head><body><body.content><p>", "<nitf><head><title>", "<nitf>"),
    Format.SUBTITLES: ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "1\n00:00:01,000 --> 00:00:02,000\n"),
    Format.MBOX: ("From a@example.org Fri Jan  4 10:00:00 2019\nFrom: a@example.org\nSubject: Talks\n\n",),
}
PIECES = {
    "blank lines": "\n",
    "blanks": " ",
    "tabs": "\t",
    "returns": "\r",
    "one word": "a",
    "one word in capitals": "A",
    "words on a line": "Ankara ",
    "a word a line": "word\n",
    "a name a line": "Ankara\n",
    "capitals and small letters by turns": "aX\nBx\n1x\n",
    "encoded data": "VGhlIG1pbmlzdGVyIHNhaWQgb24gTW9uZGF5IHRoYXQgaGU\nZGF5IHRoYXQgaGVnaG\n",
    "sentences on a line": "He went. ",
    "wrapped lines": "he went on\nand then ",
    "double quotes": '"',
    "quoted fields": '"a""b",',
    "single quotes": "'",
    "curly quotes": "“",
    "opening brackets": "[",
    "closing brackets": "]",
    "round brackets": "(",
    "braces": "{",
    "objects in objects": '{"a":',
    "lists in lists": "[1,",
    "less than": "<",
    "greater than": ">",
    "dots": ".",
    "commas": ",",
    "dashes": "-",
    "lines of dashes": "---\n",
    "stars": "*",
    "underscores": "_",
    "backquotes": "`",
    "backslashes": "\\",
    "pipes": "|",
    "rows of a table": "| a | b |\n",
    "hashes": "# \n",
    "entities": "&amp;",
    "digits": "1",
    "numbers": "1,000.50\t",
    "combining marks": "e\u0301\u0301",
    "dates": "4 January 2019, ",
    "datelines": "ANKARA, Jan 4 (Reuters) - ",
    "credits": "(Photo: AFP) ",
    "menus": "Home | ",
    "bylines": "By Jane Roe\n",
    "listings": "Follow us on:\n",
    "headers": "Subject: a\n",
    "quotations": "> > a\n",
    "borders": "--x\n",
    "paragraphs": "<p>",
    "divisions": "<div>",
    "comments": "<!-- a -->",
    "links": "[a](b)",
    "open links": "![a](",
    "emphasis": "*a **b ",
    "empty links": "[](",
    "pictures": "![",
    "open comments": "<!--",
    "addresses": "<http:",
    "heads on a line": "# ",
    "points on a line": ". ",
    "items on a line": "- ",
    "capitals on a line": "A ",
    "cells on a line": "a|",
    "slashes": "/",
    "fields": "a: b\n",
    "fields that go on": "a: b\n ",
    "marks of quotation": "> ",
    "numbered items": "1.",
    "years": "2019-",
    "months": "January ",
    "captions": "Photo ",
    "authors": "By ",
    "semicolons": ";",
    "anchors": "<a>",
    "parts of news": "<text>a</text>",
}


def text_of(name: str, size: int) -> str:
    if name == "nested lists":
        return "".join(f"{'  ' * (number % 100)}- a\n" for number in range(size // 100))
    return PIECES[name] * (size // len(PIECES[name].encode()))


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load all that the first file loads: it is no time of a file."""
    text = "The minister said on Monday that the talks in the capital would go on for another week. " * 5
    for suffix in (".txt", ".md", ".html", ".eml"):
        list(read_source(Source(f"a{suffix}", data=text.encode())))


def slowness() -> float:
    """The factor by which this machine is now slower than the one that the limits are for; at least 1."""

    def seconds() -> float:
        started = time.process_time()
        total = 0
        for number in range(1_000_000):
            total += number * number % 7
        return time.process_time() - started

    return max(1.0, sorted(seconds() for _ in range(5))[2] / SECONDS_TO_A_MILLION)


def seconds_of(source: Source) -> float:
    """Read a source, and return the processor's time that it took."""
    started = time.process_time()
    found = list(read_source(source))
    taken = time.process_time() - started
    assert found, "an article, or the reason why there is none"
    assert "reader-error" not in [item.reason for item in found if isinstance(item, Failure)]
    return taken


def faults(form: Format, beginning: str, name: str, sizes: tuple[int, ...]) -> list[str]:
    """Say which sizes of a file took too long, after one measure of each."""
    suffix = next(suffix for suffix, known in SUFFIXES.items() if known is form)
    found: list[str] = []
    before: tuple[int, float] | None = None
    for size in sizes:
        taken = seconds_of(Source(f"a{suffix}", data=f"{beginning}{text_of(name, size)}".encode()))
        limit = SECONDS + SECONDS_A_MEGABYTE * size / MEGABYTE
        if taken > limit and taken > limit * slowness():
            found.append(f"{size:,} bytes took {taken:.1f} s")
        if before is not None and taken > SLACK + GROWTH * before[1] * size / before[0]:
            found.append(f"{size:,} bytes took {taken:.1f} s, {before} before")
        before = size, taken
    return found


@pytest.mark.parametrize("name", ["nested lists", *PIECES])
@pytest.mark.parametrize("form", BEGINNINGS, ids=str)
def test_time_is_in_proportion_to_the_size(form: Format, name: str) -> None:
    for beginning in BEGINNINGS[form]:
        # The last beginning leads deepest into its reader: the others are tried with little.
        sizes = SIZES if beginning == BEGINNINGS[form][-1] else SIZES[:1]
        # What a machine does besides slows one measure, but not three; time that grows with the square fails them all.
        measures = (faults(form, beginning, name, sizes) for _ in range(3))
        assert any(not found for found in measures), faults(form, beginning, name, sizes)


def test_every_format_of_text_is_tested() -> None:
    assert set(BEGINNINGS) == set(READERS) - {Format.PDF, Format.WORD, Format.OPEN_DOCUMENT, Format.WARC}
