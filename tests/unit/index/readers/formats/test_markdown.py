import time

import pytest

from index.model import Article, Notice
from index.readers.base import Source
from index.readers.formats.front_matter import has_front_matter, split_front_matter
from index.readers.formats.markdown_text import markdown_to_text
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
    front = split_front_matter("---\na: !!python/object/apply:os.getcwd []\nb: !!python/name:os.getcwd\n---\nText\n")
    assert dict(front.fields) == {"a": [], "b": None}


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
        ("**bold over\nline ends** and *one\ntwo*", "bold over\nline ends and one\ntwo"),
        ("see [the\nminutes](https://x.example/m)", "see the\nminutes"),
        ("see [the plan] and [it][the plan]\n\n[the plan]: https://x.example/p", "see the plan and it"),
        ('![a\npicture](p.png "title")', "a\npicture"),
        ("[![logo](l.png)](http://example.org) text", "logo text"),
        ("said Prado[^1].\n\n[^1]: Footnote on Lugo.", "said Prado.\n\nFootnote on Lugo."),
        ("```python\nx = 1\n```\nText", "x = 1\n\nText"),
        ("~~~\n# no heading\n~~~", "# no heading"),
        ("| Ship | Sum |\n|:---|---:|\n| *Quill* | $3 |\n\nText", "Ship, Sum\nQuill, $3\n\nText"),
        ('{{< figure src="x.png" >}}\n\nText {{% note %}}\n{: .wide}', "Text"),
        ("{% include a.html %}Text {{ page.title }} goes on", "Text  goes on"),
        ("<div class='a'>\n<b>One</b>\n</div>\n\nTwo<br>three <i>four</i>", "One\n\nTwo\nthree four"),
        ("1. one\n2. two\n\nText", "1. one\n2. two\n\nText"),
        ("- [x] done\n- [ ] open", "- done\n- open"),
        ("> - a\n>   b", "- a\nb"),
        ("~~gone~~ here", "gone here"),
        ("One\n\n---\n\nTwo\n\n* * *\n", "One\n\nTwo\n"),
        ("a &amp; b &mdash; c", "a & b — c"),
        ("<https://example.org/a> [[Page|link]]", "https://example.org/a link"),
        ("**“Quoted”**word", "“Quoted”word"),
        ("2 ** 3 and a__b__c", "2 ** 3 and a__b__c"),
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


@pytest.mark.parametrize(
    ("name", "text", "title", "published", "origin"),
    [
        ("2020-03-05-ferries-return.md", "Words.", "Ferries Return", "2020-03-05", "name of the file"),
        ("posts/2020-3-5-ferries_return.markdown", "Words.", "Ferries Return", "2020-03-05", "name of the file"),
        ("2020-03-05-ferries-return/index.md", "Words.", "Ferries Return", "2020-03-05", "name of the file"),
        ("2020-03-05-a.md", "---\ntitle: Own\n---\nWords.", "Own", "2020-03-05", "name of the file"),
        ("2020-03-05-a.md", "---\ndate: 2020-03-06\n---\nWords.", "A", "2020-03-06", "front matter date"),
        ("2020-03-05-a.md", "# Own\n\nWords.", "Own", "2020-03-05", "name of the file"),
        ("2020-13-45-a.md", "---\ntitle: Own\n---\nWords.", "Own", None, None),
        ("notes-2020-03-05.md", "---\ntitle: Own\n---\nWords.", "Own", None, None),
    ],
)
def test_name_of_a_post_has_its_date_and_title(
    name: str, text: str, title: str, published: str | None, origin: str | None
) -> None:
    [article] = read_source(Source(name, data=text.encode()))
    assert isinstance(article, Article)
    found = article.published.value if article.published is not None else None
    assert (article.title, found, article.published_origin) == (title, published, origin)


@pytest.mark.parametrize(
    ("front_matter", "title", "problem"),
    [
        ("---\ntitle: Harbour: part two\n---\n", "Harbour: part two", "title is not valid, and was read as it stands"),
        ("---\ntitle: Own\nauthor: @ana\n---\n", "Own", "author is not valid"),
        ("---\ntitle: Own\ntags: [a, b\n---\n", "Own", "tags cannot be read, and was left out"),
        ("---\ntitle: Own\na: *b\n---\n", "Own", "a cannot be read, and was left out: references are not allowed"),
        ("---\ntitle: Own\n\tbad tab\n---\n", "Own", "title"),
        ("---\ntitle: Own\ndate: 2020-13-45\n---\n", "Own", "date is not a date: 2020-13-45"),
        ("---\ntitle: Own\ndate: soon\n---\n", "Own", "date is not a date: soon"),
        (
            "---\ntitle: Own\na: " + "[" * 5000 + "\n---\n",
            "Own",
            "a cannot be read, and was left out: nested too deeply",
        ),
        ("---\ntitle: Own\na:\n  " + "- " * 5000 + "x\n---\n", "Own", "nested too deeply"),
        ("---\ntitle: Own\n\n", "Own", "it is not closed"),
        ('+++\ntitle = "Own"\ndate = never\n+++\n', "Own", "date is not valid"),
        ('+++\ntitle = "Own"\na = ' + "[" * 5000 + "\n+++\n", "Own", "a cannot be read"),
    ],
)
def test_a_bad_value_costs_nothing_else(front_matter: str, title: str, problem: str) -> None:
    article, *notices = read_source(Source("a.md", data=f"{front_matter}The harbour is full.".encode()))
    assert isinstance(article, Article)
    assert (article.title, article.body.split("\n")[-1]) == (title, "The harbour is full.")
    assert problem in "; ".join(notice.message for notice in notices if isinstance(notice, Notice))


@pytest.mark.parametrize(
    "front_matter",
    [
        '{\n  "title": "Ferries {return}",\n  "date": "2019-03-04"\n}\n\n',
        "---\n# a comment\ntitle: Ferries {return}\ndate: 2019-03-04\n---\n",
        "---yaml\n'title': Ferries {return}\n'date': 2019-03-04\n---\n",
        "---\nfirst published: no\ntitle: >\n  Ferries\n  {return}\ndate: 2019-03-04\n...\n",
        "+++\n# a comment\ntitle = 'Ferries {return}'\ndate = 2019-03-04\n[params]\na = 1\n+++\n",
    ],
)
def test_front_matter_has_many_forms(front_matter: str) -> None:
    article = read(front_matter + "The strike is over.")
    assert article.published is not None
    assert (article.title, article.published.value) == ("Ferries {return}", "2019-03-04")


@pytest.mark.parametrize("text", ["---\n\nText", "{curly} words", '{"a": 1}', "---\ntitle: nothing else"])
def test_text_that_is_no_front_matter_stays(text: str) -> None:
    front = split_front_matter(text)
    assert (dict(front.fields), front.rest) == ({}, text)


@pytest.mark.parametrize(
    "unit",
    [
        "a: [[[[[[[[[[\n",
        "a: {b: {c: \n",
        "- - - - - -\n",
        "? ? ? ? ? ?\n",
        "a: &x [*x, *x]\n",
        "a: 'b\n",
        "title: x\n",
        "#" * 9,
    ],
)
def test_time_grows_with_the_size_of_front_matter(unit: str) -> None:
    times = []
    for size in (50_000, 1_000_000):
        text = f"---\ntitle: Own\n{unit * (size // len(unit))}\n---\nText"
        started = time.perf_counter()
        split_front_matter(text)
        times.append(time.perf_counter() - started)
    assert max(times) < 2
