"""Long texts are read window by window, without tables of numbers and encoded data; others as they are."""

import base64
from itertools import pairwise
from random import Random

import pytest

from index.extract import windows
from index.extract.pipeline import Extractor
from index.extract.windows import Window, make_windows
from index.model import Article

SENTENCE = "The minister spoke in Ankara about the talks. "
PARAGRAPH = f"{SENTENCE * 4}\n\n"
NUMBERS = "".join(f"{n * 7 % 1000}.50\t{n * 31 % 9000}\t-{n}\n" for n in range(300))
BASE64 = base64.encodebytes(Random(1).randbytes(3000)).decode()


@pytest.fixture(autouse=True)
def _small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_ORDINARY", 5_000)
    monkeypatch.setattr(windows, "_WHOLE", 12_000)
    monkeypatch.setattr(windows, "_WINDOW", 4_000)
    monkeypatch.setattr(windows, "_SEARCHED", 1_000)


def texts(body: str) -> list[str]:
    return [window.text(body) for window in make_windows(body)]


@pytest.mark.parametrize("body", ["", "Ankara", NUMBERS[:4999], BASE64[:4999], PARAGRAPH * 20])
def test_a_text_of_ordinary_size_is_read_as_it_is(body: str) -> None:
    assert make_windows(body) == (Window(((0, len(body)),)),)


def test_a_longer_text_of_words_is_read_whole() -> None:
    assert texts(PARAGRAPH * 60) == [PARAGRAPH * 60]


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPH * 200,
        SENTENCE * 1000,
        SENTENCE.lower().replace(".", "") * 1000,
        SENTENCE.replace(" ", "\n") * 1000,
        "çankaya" * 10_000,
        "安卡拉的会谈" * 5_000,
        "The minister\n" * 3_000,
        "\n" * 50_000 + PARAGRAPH * 100,
    ],
    ids=["paragraphs", "one line", "no sentences", "a word a line", "one word", "no blanks", "no ends", "blank lines"],
)
def test_the_windows_of_a_very_long_text_are_all_of_it(body: str) -> None:
    found = make_windows(body)
    ranges = [part for window in found for part in window.parts]
    assert "".join(body[start:end] for start, end in ranges) == body
    assert all(first[1] == second[0] for first, second in pairwise(ranges))
    assert all(0 < len(window.text(body)) <= 4_000 for window in found)


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        (PARAGRAPH * 200, "talks. \n\n"),
        (SENTENCE * 1000, "talks. "),
        (SENTENCE.replace("talks. ", "talks.\n") * 1000, "talks.\n"),
        (SENTENCE.lower().replace(".", "") * 1000, " "),
    ],
    ids=["paragraph", "sentence", "sentence at the end of a line", "word"],
)
def test_a_window_ends_where_something_ends(body: str, ends: str) -> None:
    assert {text[-len(ends) :] for text in texts(body)} == {ends}


@pytest.mark.parametrize(
    "data",
    [
        NUMBERS,
        BASE64,
        NUMBERS.replace("\n", "\n\n"),
        NUMBERS.replace("\n", " "),
        BASE64.replace("\n", ""),
        "".join(f"> {line}\n" for line in NUMBERS.split("\n")),
        "0x1f 0x2e 12 13 nan -4.5e-07 1,200,300 7%\n" * 100,
        "ACGT" * 1000,
    ],
    ids=["numbers", "base64", "blank lines", "numbers on a line", "base64 on a line", "quoted", "odd numbers", "genes"],
)
def test_numbers_and_encoded_data_are_left_out(data: str) -> None:
    before, after = PARAGRAPH * 15, PARAGRAPH * 15
    (text,) = texts(f"{before}{data}\n{after}")
    assert text.count("Ankara") == 120
    assert len(text) < len(before) + len(after) + 300


def test_a_text_of_data_alone_has_no_window() -> None:
    assert make_windows(NUMBERS * 3) == make_windows(BASE64 * 3) == ()


@pytest.mark.parametrize(
    "table",
    [
        "".join(f"Ankara {n}.50 {n * 7}.25 {n * 13}.75\n" for n in range(300)),
        "".join(f"{n} Mar 2019\t{n * 7}.25\t{n * 13}.75\n" for n in range(300)),
        "".join(f"{n}.50\t{n * 7}.25\t{n * 13}.75\n" for n in range(40)),
        "安卡拉2019年1月5日会谈\n" * 400,
        "She said in 2019 that 12 of 20 would stay.\n" * 200,
    ],
    ids=["names", "dates", "short", "no blanks", "prose"],
)
def test_what_may_hold_names_is_read(table: str) -> None:
    body = f"{PARAGRAPH * 30}{table}"
    assert "".join(texts(body)) == body


def test_mentions_stand_where_the_body_has_them(extractor: Extractor) -> None:
    body = f"{PARAGRAPH * 30}{NUMBERS}{'Talks in Moscow. ' * 10}\n\n{BASE64}{PARAGRAPH * 70}"
    (mentions,) = extractor.extract([Article("a", "a.txt", "", "", body)])
    assert len(make_windows(body)) > 1
    assert [body[mention.span.start : mention.span.end] for mention in mentions] == [each.text for each in mentions]
    assert [mention.text for mention in mentions] == ["Ankara"] * 120 + ["Moscow"] * 10 + ["Ankara"] * 280


def test_long_and_short_articles_come_in_their_order(extractor: Extractor) -> None:
    bodies = ["Talks in Moscow.", PARAGRAPH * 90, "Talks in Paris.", NUMBERS * 3, "Talks in Rome."]
    found = extractor.extract([Article(str(n), f"{n}.txt", "", "", body) for n, body in enumerate(bodies)])
    assert [sorted({mention.text for mention in mentions}) for mentions in found] == [
        ["Moscow"],
        ["Ankara"],
        ["Paris"],
        [],
        ["Rome"],
    ]


def test_progress_of_a_long_article_is_told(extractor: Extractor) -> None:
    told: list[tuple[str, float]] = []
    articles = [Article("a", "a.txt", "", "", PARAGRAPH * 90), Article("b", "b.txt", "", "", PARAGRAPH)]
    list(extractor.extract(articles, on_share=lambda locator, share: told.append((locator, share))))
    assert {locator for locator, _ in told} == {"a.txt"}
    shares = [share for _, share in told]
    assert (shares[0], shares) == (0.0, sorted(shares))
    assert len(shares) == len(make_windows(PARAGRAPH * 90))
