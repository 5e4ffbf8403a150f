"""Read subtitles (.srt, .vtt): the spoken text, without numbers, times and layout."""

import re
from collections.abc import Iterator

from index.errors import ReadError
from index.readers.base import Draft, ReadOptions
from index.readers.content.decoding import normalize_text
from index.readers.content.source_bytes import Content

__all__ = ["is_subtitles", "read_subtitles"]

_TIME = r"(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{3})"
_CUE = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}.*$", re.MULTILINE)
_START = re.compile(rf"WEBVTT(?:[ \t].*)?(?:\n|\Z)|\d{{1,6}}[ \t]*\n[ \t]*{_TIME}[ \t]*-->")
_SPEAKER = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>\n]{1,80})>")
# "<i>", "<00:00:01.500>", "{\an8}"
_MARKS = re.compile(r"<[^<>\n]{0,80}>|\{\\[^{}\n]{0,80}\}")
_NUMBER = re.compile(r"\s*\d{1,6}\s*")
_PAUSE = 3.0  # Seconds without speech, after which a paragraph begins.


def is_subtitles(start: str) -> bool:
    """True for a text that begins as subtitles do."""
    return _START.match(start) is not None


def read_subtitles(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft with what is said: a paragraph from pause to pause.

    Captions that repeat the line before, as those of live programs do, count once. Raises `ReadError` ("empty") when
    nothing is said.
    """
    text = normalize_text(content.decode(content.read_all(), options))
    paragraphs: list[list[str]] = []
    last_end = None
    for start, end, lines in _cues(text):
        if last_end is None or start - last_end > _PAUSE:
            paragraphs.append([])
        last_end = end
        said = paragraphs[-1]
        said.extend(line for line in lines if not said or line != said[-1])
    body = "\n\n".join(" ".join(said) for said in paragraphs if said)
    if not body:
        raise ReadError("subtitles without words", reason="empty", hint="Leave it out with .searchignore.")
    yield Draft(body)


def _cues(text: str) -> Iterator[tuple[float, float, list[str]]]:
    """Yield the begin and end of each caption in seconds, and its lines."""
    marks = list(_CUE.finditer(text))
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        # A caption ends at a blank line; comments and the number of the next one stand behind it.
        block = text[mark.end() : end].removeprefix("\n").split("\n\n", 1)[0].split("\n")
        if place + 1 < len(marks) and len(block) > 1 and _NUMBER.fullmatch(block[-1]):
            block.pop()
        cleaned = (_MARKS.sub("", _SPEAKER.sub(r"\1: ", line)).strip() for line in block)
        yield _seconds(mark, 1), _seconds(mark, 5), [line for line in cleaned if line]


def _seconds(mark: re.Match[str], first: int) -> float:
    hours, minutes, seconds, thousandths = (int(mark[first + offset] or 0) for offset in range(4))
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
