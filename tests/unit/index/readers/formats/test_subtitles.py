import pytest

from tests.unit.index.readers.reading import article, read, reasons

SRT = "1\n00:00:01,000 --> 00:00:03,000\nThe port is\nclosed today.\n\n2\n00:00:04,000 --> 00:00:06,000\n"
VTT = "WEBVTT - title\n\nSTYLE\n::cue { color: red }\n\n"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"{SRT}<i>He said</i> so.\n", "The port is closed today. He said so."),
        (f"{SRT}{{\\an8}}He said so.\n".replace("\n", "\r\n"), "The port is closed today. He said so."),
        (f"{SRT}closed today.\nAnd more.\n", "The port is closed today. And more."),
        (f"{SRT}So.\n\n3\n00:01:00,000 --> 00:01:02,000\nLater.\n", "The port is closed today. So.\n\nLater."),
        (f"{SRT}\n\n3\n00:00:07,000 --> 00:00:08,000\nIn 1984.\n", "The port is closed today. In 1984."),
        (
            f"{VTT}00:01.000 --> 00:03.000 align:start\n<v Ana>The port.\n\nNOTE 7\n\n00:04.000 --> 00:05.000\nShut.\n",
            "Ana: The port. Shut.",
        ),
        (f"{VTT}id1\n00:01.000 --> 00:03.000\nThe <00:01.500>port.\n", "The port."),
    ],
)
@pytest.mark.parametrize("name", ["a.srt", "a.vtt", "a.txt"])
def test_what_is_said_is_read_without_times_and_numbers(text: str, body: str, name: str) -> None:
    assert article(text.encode(), name).body == body


def test_subtitles_without_words_are_a_failure() -> None:
    assert reasons(read(b"WEBVTT\n\n00:01.000 --> 00:03.000\n\n", "a.vtt")) == ["empty"]


@pytest.mark.parametrize(
    "text", ["1\n2\nFirst of all, the list.\n", "WEBVTTX is a word.\n", "At 10:00 --> 12:00 closed.\n"]
)
def test_other_texts_are_no_subtitles(text: str) -> None:
    assert article(text.encode(), "a.srt").body == text
