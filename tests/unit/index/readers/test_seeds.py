"""The sample articles, as they are: what each says of itself, and nothing that it does not say."""

import json
from pathlib import Path

import pytest

from index.model import Article, FurnitureReason
from index.readers.registry import read_source
from index.readers.sources import find_sources

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    sources = find_sources([str(path) for path in sorted((ROOT / "seeds").glob("*.txt"))], base=ROOT)
    found = [article for source in sources for article in read_source(source)]  # type: ignore[arg-type]  # none fails
    return {Path(article.locator).name[:3]: article for article in found if isinstance(article, Article)}


def test_all_five_are_read(articles: dict[str, Article]) -> None:
    assert sorted(articles) == ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize(
    ("number", "title", "is_derived"),
    [
        ("000", "Turkey could buy 2nd S-400 unit from Russia: SSB’s Demir", False),
        ("001", "Ankara, Moscow reach agreement over another S-400 batch: Official", False),
        (
            "002",
            "'I Explained Everything to Biden': Erdogan Reiterates Ankara Will Buy More S-400s From Russia",
            False,
        ),
        (
            "003",
            "Turkey says it will not turn back on a deal to purchase advanced S-400 air defense missile system from"
            " Russia despite…",
            True,
        ),
        ("004", "Turkey to produce parts for Russian S-400 missile system: report", False),
    ],
)
def test_title(articles: dict[str, Article], number: str, title: str, is_derived: bool) -> None:
    assert (articles[number].title, articles[number].title_is_derived) == (title, is_derived)


@pytest.mark.parametrize(
    ("number", "published", "source"),
    [
        ("000", None, None),
        ("001", None, "Press TV"),
        ("002", "2021-09-25", "Sputnik International"),
        ("003", None, None),
        ("004", None, "Turkish Minute"),
    ],
)
def test_date_and_source(articles: dict[str, Article], number: str, published: str | None, source: str | None) -> None:
    article = articles[number]
    assert (article.published.value if article.published else None, article.source) == (published, source)


@pytest.mark.parametrize(
    ("number", "reasons"),
    [
        ("000", ["caption"]),
        ("001", ["menu", "caption", "caption", "footer", "footer"]),
        ("002", []),
        ("003", []),
        ("004", ["menu", "caption", "caption", "promotion", "footer"]),
    ],
)
def test_furniture(articles: dict[str, Article], number: str, reasons: list[FurnitureReason]) -> None:
    assert [furniture.reason for furniture in articles[number].furniture] == reasons


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_body_is_the_file(articles: dict[str, Article], number: str) -> None:
    article = articles[number]
    assert article.body == (ROOT / article.locator).read_text(encoding="utf-8")
    assert article.language == "en"
    json.dumps(article.body)
