import pytest

from index.model import Article
from index.readers.base import Source
from index.readers.formats.markdown import has_front_matter, markdown_to_text
from index.readers.registry import read_source


def read(text: str) -> Article:
    [article] = read_source(Source("a.md", data=text.encode()))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\ntitle: Ferries return\ndate: 2019-03-04\nauthor: Jane Roe\nsource: Example Gazette\nlang: en\n---\n",
        '---\r\ntitle: "Ferries return"\r\ndate: 2019-03-04T10:00:00Z\r\nauthor: [Jane Roe]\r\n'
        "source: Example Gazette\r\nlang: en\r\n...\r\n",
        '+++\ntitle = "Ferries return"\ndate = 2019-03-04\nauthor = "Jane Roe"\nsource = "Example Gazette"\n'
        'lang = "en"\n+++\n',
    ],
)
def test_front_matter_is_read(front_matter: str) -> None:
    article = read(front_matter + "\nThe strike is over.\n")
    assert article.published is not None
    assert (article.title, article.source, article.byline, article.language, article.published.value) == (
        "Ferries return",
        "Example Gazette",
        "Jane Roe",
        "en",
        "2019-03-04",
    )
    assert article.published_origin == "front matter date"
    assert article.body.split() == ["Ferries", "return", "The", "strike", "is", "over."]


def test_heading_is_the_title() -> None:
    article = read("# Ferries *return*\n\nThe strike is over.\n")
    assert (article.title, article.body) == ("Ferries return", "Ferries return\n\nThe strike is over.\n")
    assert article.title_span is not None
    assert article.title_span.start == 0


def test_description_in_front_matter_is_not_the_text() -> None:
    assert "short" not in read("---\ntitle: T\ndescription: short\n---\nThe strike is over.").body


def test_yaml_cannot_make_objects() -> None:
    [failure] = read_source(Source("a.md", data=b"---\na: !!python/object/apply:os.getcwd []\n---\nText\n"))
    assert not isinstance(failure, Article)
    assert failure.reason == "bad-front-matter"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## Head ##", "Head"),
        ("Head\n====\n", "Head\n"),
        ("**bold** and _italic_ and `code`", "bold and italic and code"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("[a link](http://example.org/a_(b)) here", "a link here"),
        ("![a picture](p.png)", "a picture"),
        ("> quoted\n> words", "quoted\nwords"),
        ("<!-- note -->text", "text"),
        ("- one\n- two", "- one\n- two"),
        (r"1\. not a list \*", "1. not a list *"),
        ("S-400 #1 costs $2.5", "S-400 #1 costs $2.5"),
    ],
)
def test_markup_becomes_text(markdown: str, text: str) -> None:
    assert markdown_to_text(markdown) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("---\ntitle: x\n---\n", True), ("+++\ntitle = 1\n+++", True), ("---\n\nText", False), ("title: x", False)],
)
def test_front_matter_is_told_from_a_rule(text: str, expected: bool) -> None:
    assert has_front_matter(text) is expected
