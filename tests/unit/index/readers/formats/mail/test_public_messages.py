"""Messages of a mail parser's test suite: no text part of any is lost."""

import base64
import email
import gzip
import html
import json
import os
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from index.model import Article
from tests.unit.index.readers.formats.mail.samples import read

_FILE = Path(os.environ.get("DOSSIER_EVALUATION_DATA", "")) / "reading" / "mails.jsonl.gz"
_HIDDEN = re.compile(r"<(script|style|title|head)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[a-zäöüß]{5,}")
# Of two forms of one text, the plain one may say a little less.
_LEAST_SHARE = 0.6

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not _FILE.is_file(), reason="DOSSIER_EVALUATION_DATA has no reading/mails.jsonl.gz"),
]


def test_no_text_part_of_the_public_messages_is_lost() -> None:
    with gzip.open(_FILE, "rt", encoding="utf-8") as rows:
        messages = [base64.b64decode(json.loads(row)["bytes_base64"]) for row in rows]
    lost = [words for message in messages for words in _lost(message)]
    assert messages
    assert lost == []


def _lost(data: bytes) -> Iterator[list[str]]:
    """Yield the words of each text part of which the article has too few."""
    articles = [item for item in read(data) if isinstance(item, Article)]
    found = " ".join(f"{article.title} {article.body}" for article in articles).casefold()
    for part in _leaves(email.message_from_bytes(data)):
        words = sorted(set(_WORD.findall(_text(part).casefold())))
        if sum(word in found for word in words) < _LEAST_SHARE * len(words):
            yield words


def _leaves(part: Message) -> Iterator[Message]:
    inner = part.get_payload()
    if isinstance(inner, list):
        for each in inner:
            assert isinstance(each, Message)
            yield from _leaves(each)
    elif part.get_content_maintype() == "text":
        yield part


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    try:
        text = data.decode(part.get_content_charset() or "latin-1")
    except (LookupError, UnicodeDecodeError):
        text = data.decode("latin-1")
    return html.unescape(_HIDDEN.sub(" ", text)) if part.get_content_subtype() == "html" else text
