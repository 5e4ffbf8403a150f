import json
from datetime import date

import pytest
from msgspec.structs import replace

from index.model import Article, DateInterval, DatePrecision
from search.output.citations import bibtex, csl_json, plain_citation, ris

DAY = DateInterval(date(2021, 9, 25), date(2021, 9, 25), DatePrecision.DAY)
MONTH = DateInterval(date(2021, 9, 1), date(2021, 9, 30), DatePrecision.MONTH)
YEAR = DateInterval(date(2021, 1, 1), date(2021, 12, 31), DatePrecision.YEAR)
OPEN = DateInterval(date(2021, 1, 1), None, DatePrecision.DAY)
ARTICLE = Article(
    "a_1-x", "news/a.txt", "0", "Costs & {Benefits} of 5 %", "", source="Press TV", byline="A. Writer",
    language="en", url="https://example.test/a_1", published=DAY,
)  # fmt: skip
BARE = Article("b", "news/b.txt", "0", "No more", "")


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (
            ARTICLE,
            "A. Writer. “Costs & {Benefits} of 5 %”. Press TV, 25 September 2021. https://example.test/a_1",
        ),
        (replace(ARTICLE, byline=None, published=MONTH), "“Costs & {Benefits} of 5 %”. Press TV, September 2021."
                                                         " https://example.test/a_1"),
        (BARE, "“No more”. No date. news/b.txt"),
        (replace(BARE, published=YEAR), "“No more”. 2021. news/b.txt"),
    ],
)  # fmt: skip
def test_a_plain_reference_says_what_is_known(article: Article, text: str) -> None:
    assert plain_citation(article) == text


def test_bibtex_escapes_what_means_something_there() -> None:
    assert bibtex(ARTICLE) == (
        "@article{a-1-x,\n  title = {{Costs \\& \\{Benefits\\} of 5 \\%}},\n  author = {{A. Writer}},\n"
        "  journal = {Press TV},\n  year = {2021},\n  month = sep,\n  day = {25},\n  url = {https://example.test/a_1},\n}\n"
    )


@pytest.mark.parametrize(
    ("published", "day", "parts"),
    [
        (DAY, "2021/09/25/", [2021, 9, 25]),
        (MONTH, "2021/09//", [2021, 9]),
        (YEAR, "2021///", [2021]),
        (OPEN, None, None),
        (None, None, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(
    published: DateInterval | None, day: str | None, parts: list[int] | None
) -> None:
    article = replace(ARTICLE, published=published)
    given = dict(line.split("  - ", 1) for line in ris(article).split("\r\n") if line)
    assert given.get("DA") == day
    [item] = json.loads(csl_json(article))
    assert item.get("issued", {}).get("date-parts") == (None if parts is None else [parts])


@pytest.mark.parametrize("title", ["Two\nlines\r\nER  - ", "}\n@comment{", "\u2028x"])
def test_no_title_begins_a_new_field(title: str) -> None:
    article = replace(ARTICLE, title=title)
    assert [line[:6] for line in ris(article).splitlines()].count("ER  - ") == 1
    assert [line for line in bibtex(article).splitlines() if line.startswith("@")] == ["@article{a-1-x,"]
    assert bibtex(article).replace("\\{", "").replace("\\}", "").count("{") == bibtex(article).replace(
        "\\{", ""
    ).replace("\\}", "").count("}")
