import pytest

from index.model import Article, Failure
from index.readers.formats.mail.envelopes import envelope_date, is_envelope
from tests.unit.index.readers.formats.mail.samples import article_of, read

LINE = "From ana@example.org Tue Mar  3 10:00:00 2020\n"


def bodies(text: str | bytes) -> list[str]:
    return [item.body if isinstance(item, Article) else item.reason for item in read(text, "a.mbox")]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("From ana@example.org Tue Mar  3 10:00:00 2020", "2020-03-03"),
        ("From a Mon Jan  1 00:00:00 2020", "2020-01-01"),
        ("From - Tue Mar 03 10:00:00 2020", "2020-03-03"),
        ("From ana@example.org  Tue Mar  3 10:00 2020", "2020-03-03"),
        ("From ana@example.org Tue Mar  3 10:00:00 CET 2020", "2020-03-03"),
        ("From 1660@xxx Tue Mar 03 10:00:00 +0000 2020", "2020-03-03"),
        ("From ana@example.org Tue Mar  3 10:00:00 2020 +0100", "2020-03-03"),
        ("From ana@example.org Tue, 3 Mar 2020 10:00:00 +0100", "2020-03-03"),
        ("From ana at example.org  Tue Mar  3 10:00:00 2020", "2020-03-03"),
        ("From ana Tue Mar  3 10:00:00 2020 remote from harbor", "2020-03-03"),
        ("From ???@??? Tue Mar 03 10:00:00 2020", "2020-03-03"),
        ("From MAILER-DAEMON Thu Jan  1 00:00:00 1970", None),
    ],
)
def test_line_before_a_message_has_a_date(line: str, value: str | None) -> None:
    assert is_envelope(line)
    found = envelope_date(line)
    assert (found.value if found is not None else None) == value


@pytest.mark.parametrize(
    "line",
    [
        "From here we sail to Oslo in 2020.",
        "From Tuesday on, 3 March 2020, the port is closed",
        "From Mon to Fri, 10:00 to 12:00, until 2020",
        "From: ana@example.org Tue Mar  3 10:00:00 2020",
        "from ana@example.org Tue Mar  3 10:00:00 2020",
        ">From ana@example.org Tue Mar  3 10:00:00 2020",
        "From ana@example.org",
        "From ",
    ],
)
def test_other_lines_with_from_are_text(line: str) -> None:
    assert not is_envelope(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Subject: S\n\nOne.\n\nFrom here we sail in 2020.\n", ["S\n\nOne.\n\nFrom here we sail in 2020.\n"]),
        ("Subject: S\n\nOne.\n\n>From here.\n", ["S\n\nOne.\n\nFrom here.\n"]),
        ("Subject: S\n\nOne.\n>>From here.\n", ["S\n\nOne.\n>From here.\n"]),
        ("Subject: S\n\n> From here.\n>Fromage\n", ["S\n\n> From here.\n>Fromage\n"]),
        ("Subject: S\n\nOne.\n" + LINE + "Subject: T\n", ["S\n\nOne.\n" + LINE + "Subject: T\n"]),
        ("Subject: S\n\nOne.\n\n" + LINE + "and so on.\n", ["S\n\nOne.\n\n" + LINE + "and so on.\n"]),
        ("Subject: S\n\nOne.\n\n" + LINE + "Subject: T\n\nTwo.\n", ["S\n\nOne.\n\n", "T\n\nTwo.\n"]),
        (">From ana Tue Mar  3 10:00 2020\nSubject: S\n\nOne.\n", ["S\n\nOne.\n"]),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_mbox_is_divided_at_lines_with_sender_and_date_after_a_blank_line(
    text: str, expected: list[str], line_end: str
) -> None:
    assert bodies((LINE + text).replace("\n", line_end)) == expected


QUOTED_WHOLE = f"One.\n\n{LINE}Subject: quoted\n\n>From the port.\n"
WHOLE = [f"S\n\n{QUOTED_WHOLE}\n", "T\n\nTwo.\n"]
DIVIDED = ["S\n\nOne.\n\n", "quoted\n\nFrom the port.\n\n", "T\n\nTwo.\n"]


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (len(QUOTED_WHOLE), WHOLE),
        (len(QUOTED_WHOLE) - 1, DIVIDED),
        (len(QUOTED_WHOLE) + 1, WHOLE),  # With the blank line after it.
        (5, DIVIDED),
        (3, DIVIDED),
        (0, DIVIDED),
        (100_000, DIVIDED),
        (999_999_999_999, DIVIDED),
    ],
)
def test_length_counts_when_it_leads_to_the_next_message(length: int, expected: list[str]) -> None:
    text = f"{LINE}Subject: S\nContent-Length: {length}\n\n{QUOTED_WHOLE}\n{LINE}Subject: T\n\nTwo.\n"
    assert bodies(text) == expected


def test_lines_of_a_message_with_a_right_length_are_unquoted_where_all_are_quoted() -> None:
    body = "One.\n>From here.\n"
    assert bodies(f"{LINE}Subject: S\nContent-Length: {len(body)}\n\n{body}\n{LINE}Subject: T\n\nTwo.\n") == [
        "S\n\nOne.\nFrom here.\n\n",
        "T\n\nTwo.\n",
    ]


def test_message_without_a_date_has_that_of_the_line_before_it() -> None:
    [article] = read(f"{LINE}Subject: S\n\nOne.\n", "a.mbox")
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.published.value, article.published_origin) == (
        "2020-03-03",
        "first line of the message in its mbox",
    )


@pytest.mark.parametrize(
    "date", ["Fri, 12 Jul 99999999999999999999 10:00:00 +0000", "Mon, 99 Foo 2020", "9" * 9_999, ""]
)
def test_absurd_date_loses_only_itself(date: str) -> None:
    found = read(f"{LINE}Subject: S\nDate: {date}\n\nOne.\n\n{LINE}Subject: T\n\nTwo.\n", "a.mbox")
    assert [isinstance(item, Article) and item.published is not None for item in found] == [False, True]


def test_text_before_the_first_message_is_a_message() -> None:
    assert bodies("Subject: R\n\nZero.\n\n" + LINE + "Subject: S\n\nOne.\n") == ["R\n\nZero.\n\n", "S\n\nOne.\n"]
    assert bodies("\n\n" + LINE + "Subject: S\n\nOne.\n") == ["S\n\nOne.\n"]
    assert bodies("\ufeff" + LINE + "Subject: S\n\nOne.\n") == ["S\n\nOne.\n"]


def test_part_that_is_lost_is_told_with_the_number_of_its_message() -> None:
    part = "Subject: S\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ*\n"
    found = read(f"{LINE}Subject: R\n\nZero.\n\n{LINE}{part}", "a.mbox")
    assert [item.locator for item in found] == ["a.mbox#1", "a.mbox#2", "a.mbox#2 body"]
    assert isinstance(found[2], Failure)


def test_mailbox_is_known_by_its_first_lines() -> None:
    assert article_of(f"{LINE}Subject: S\n\nOne.\n", "Inbox").locator == "Inbox#1"
    assert article_of("From here we sail in 2020\nto Oslo.\n", "story").body.startswith("From here")


def test_mbox_gives_one_article_a_message() -> None:
    text = b"Subject: One\nMessage-ID: <1@example.org>\n\nHi.\n"
    separator = b"From jane@example.org Mon Mar  4 10:00:00 2019\n"
    found = read(separator + text + b"\n" + separator + b"Subject: Two\n\nHello.\n>From here on\n", "a.mbox")
    assert [item.locator for item in found] == ["a.mbox#1@example.org", "a.mbox#2"]
    assert isinstance(found[1], Article)
    assert found[1].body == "Two\n\nHello.\nFrom here on\n"


def test_large_or_empty_message_in_an_mbox_fails_alone() -> None:
    separator = b"From a@b.c Mon Mar  4 10:00:00 2019\n"
    parts = [
        b"Subject: A\n\nOne.\n\n",
        b"Subject: B\n\n" + b"word " * 100 + b"\n\n",
        b"Subject: C\n\n\n\n",
        b"S: D\n\nFour.\n",
    ]
    found = read(b"".join(separator + part for part in parts), "a.mbox", max_bytes=200)
    assert [isinstance(item, Failure) and item.reason for item in found] == [False, "too-large", "no-text", False]
