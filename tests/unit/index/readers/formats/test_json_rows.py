import json

import pytest

from index.model import Article, Failure, Notice
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source


def read(content: str, name: str = "a.jsonl", **options: object) -> list[Article | Failure | Notice]:
    return list(read_source(Source(name, data=content.encode()), ReadOptions(**options)))  # type: ignore[arg-type]


def test_known_names_are_recognized() -> None:
    row = {
        "headline": "Ferries return",
        "articleBody": "The strike is over.",
        "pubDate": "Mon, 04 Mar 2019 10:00:00 GMT",
        "publisher": {"name": "Example Gazette"},
        "authors": ["Jane Roe", {"name": "John Doe"}],
        "link": "https://example.org/1",
        "lang": "en-GB",
        "guid": "one",
    }
    [article] = read(json.dumps(row))
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.title, article.body, article.source, article.byline, article.url, article.language) == (
        "Ferries return",
        "Ferries return\n\nThe strike is over.",
        "Example Gazette",
        "Jane Roe, John Doe",
        "https://example.org/1",
        "en",
    )
    assert (article.published.value, article.published_origin) == ("2019-03-04", "json field pubDate")
    assert article.locator == "a.jsonl#one"


def test_mapping_says_which_field_is_meant() -> None:
    row = {"meta": {"when": "2019-03-04"}, "t": "Text one.", "text": "no", "a.b": "Title"}
    [article] = read(json.dumps(row), mapping={"published": "meta.when", "body": "t", "title": "a.b"})
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.title, article.body, article.published.value) == ("Title", "Title\n\nText one.", "2019-03-04")
    assert article.published_origin == "json field meta.when"


@pytest.mark.parametrize(
    "bad", ['{"text": ', "no json", "[1, 2]", "17", '{"title": "T"}', "[" * 5000, '{"text": 1' + "0" * 5000, '""']
)
def test_bad_row_fails_alone(bad: str) -> None:
    good = '{"text": "A text."}'
    first, second, third = read("\n".join([good, bad, good]))
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert isinstance(second, Failure)
    assert (first.locator, second.locator, third.locator) == ("a.jsonl#1", "a.jsonl#2", "a.jsonl#3")


def test_too_long_row_fails_alone() -> None:
    rows = ['{"text": "one"}', '{"text": "' + "x" * 500 + '"}', '{"text": "three"}']
    found = read("\n".join(rows), max_bytes=100)
    assert [isinstance(item, Failure) and item.reason for item in found] == [False, "too-large", False]


def test_limit_holds_for_a_row_and_not_for_the_file() -> None:
    assert len(read('{"text": "A text."}\n' * 1000, max_bytes=100)) == 1000


def test_blank_lines_count_but_are_no_rows() -> None:
    assert [item.locator for item in read('\n{"text": "A."}\r\n\r\n{"text": "B."}')] == ["a.jsonl#2", "a.jsonl#4"]


def test_row_in_another_encoding_is_decoded_by_itself() -> None:
    data = '{"text": "Größe, utf-8"}\n'.encode() + '{"text": "Größe, cp1252"}\n'.encode("cp1252")
    bodies = [item.body for item in read_source(Source("a.jsonl", data=data)) if isinstance(item, Article)]
    assert bodies == ["Größe, utf-8", "Größe, cp1252"]


def test_utf16_rows_are_read() -> None:
    data = '{"text": "Größe"}\n{"text": "Maß"}\n'.encode("utf-16")
    bodies = [item.body for item in read_source(Source("a.jsonl", data=data)) if isinstance(item, Article)]
    assert bodies == ["Größe", "Maß"]


def test_lone_surrogate_is_replaced() -> None:
    [article] = read('{"text": "a\\ud800b \\ud83d\\ude00"}')
    assert isinstance(article, Article)
    assert article.body == "a\ufffdb 😀"


@pytest.mark.parametrize(
    "document",
    [
        [{"text": "One."}, {"text": "Two."}],
        {"articles": [{"text": "One."}, {"text": "Two."}]},
        {"status": "ok", "response": {"docs": [{"text": "One."}, {"text": "Two."}]}},
        {"hits": {"hits": [{"_source": {"text": "One."}}, {"_source": {"text": "Two."}}]}},
        {"tags": ["a"], "anything": [{"text": "One."}, {"text": "Two."}]},
    ],
)
def test_list_of_articles_is_found(document: object) -> None:
    found = read(json.dumps(document), "a.json")
    assert [(item.locator, item.body) for item in found if isinstance(item, Article)] == [
        ("a.json#1", "One."),
        ("a.json#2", "Two."),
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"a7": {"title": "A", "text": "One."}, "b8": {"title": "B", "text": "Two."}},
        {"count": 2, "articles": {"1": {"title": "A", "text": "One."}, "2": {"title": "B", "text": "Two."}}},
    ],
)
def test_articles_by_their_ids_are_found(document: object) -> None:
    bodies = [item.body for item in read(json.dumps(document), "a.json") if isinstance(item, Article)]
    assert bodies == ["A\n\nOne.", "B\n\nTwo."]


@pytest.mark.parametrize(
    "document",
    [
        {"a7": {"title": "A", "text": "One."}, "meta": {"count": 1}},
        {"a7": {"title": "A", "text": "One."}, "count": 1},
    ],
)
def test_an_object_with_one_article_in_it_is_no_list(document: object) -> None:
    assert [isinstance(item, Article) and item.locator for item in read(json.dumps(document), "a.json")] == [False]


def test_escapes_that_were_encoded_twice_are_mended() -> None:
    text = "L’été dernier, la société a été créée à Orléans."
    wrong = text.encode().decode("latin-1")
    [article, notice] = read(json.dumps([{"text": wrong}]), "a.json")
    assert isinstance(article, Article)
    assert article.body == text
    assert isinstance(notice, Notice)
    [right] = read(json.dumps([{"text": text}]), "a.json")
    assert isinstance(right, Article)
    assert right.body == text
    [escaped] = read(
        json.dumps([{"text": "In code: \\u00e9 \\u00e9 \\u00e9 \\u00e9 \\u00e9 \\u00e9 \\u00e9."}]), "a.json"
    )
    assert isinstance(escaped, Article)
    assert "\\u00e9" in escaped.body


def test_object_with_text_is_one_article() -> None:
    [article] = read('{"text": "One.", "items": [{"text": "no article"}]}', "a.json")
    assert (article.locator, isinstance(article, Article) and article.body) == ("a.json", "One.")


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ("plain < text & more", "plain < text & more"),
        ("<p>One <b>bold</b> word</p><p>Two &amp; three</p>", "One bold word\n\nTwo & three"),
        (["One.", "Two."], "One.\n\nTwo."),
        ({"rendered": "<p>One.</p>"}, "One."),
    ],
)
def test_texts_come_in_many_shapes(value: object, body: str) -> None:
    [article] = read(json.dumps({"content": value}))
    assert isinstance(article, Article)
    assert article.body == body


def test_dateline_and_lead_stay_with_the_text() -> None:
    [article] = read(json.dumps({"title": "T", "lead": "Lead.", "dateline": "ANKARA, Feb 26 -", "text": "Text."}))
    assert isinstance(article, Article)
    assert article.body == "T\n\nLead.\n\nANKARA, Feb 26 - Text."


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"created_at": 1583230000000}, "created_at"),
        ({"createdAt": "1583230000"}, "createdAt"),
        ({"created": 1583230000.5}, "created"),
        ({"created_at": "Tue Mar 03 10:06:40 +0000 2020"}, "created_at"),
        ({"published_at": "2020-03-03T10:06:40.123+09:00"}, "published_at"),
        ({"date": {"$date": "2020-03-03T10:06:40Z"}}, "date"),
        ({"date": {"$date": 1583230000000}}, "date"),
        ({"date": {"$date": {"$numberLong": "1583230000000"}}}, "date"),
        ({"created_at": "2021-01-01", "published": "2020-03-03"}, "published"),
        ({"date": "2020年3月3日"}, "date"),
        ({"date": "2020년 3월 3일"}, "date"),
        ({"meta": {"date": "2020-03-03"}}, "meta.date"),
        ({"metadata": {"published_at": "2020-03-03"}}, "metadata.published_at"),
        ({"meta": {"date": "2021-01-01"}, "date": "2020-03-03"}, "date"),
    ],
)
def test_dates_of_many_programs_are_known(fields: dict[str, object], field: str) -> None:
    [article] = read(json.dumps({"text": "A story.", **fields}))
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.published.value, article.published_origin) == ("2020-03-03", f"json field {field}")


@pytest.mark.parametrize(
    "fields", [{"updated_at": "2020-03-03"}, {"created_at": "soon"}, {"created_at": 17}, {"id": 1583230000}]
)
def test_other_numbers_and_days_are_no_dates(fields: dict[str, object]) -> None:
    [article] = read(json.dumps({"text": "A story.", **fields}))
    assert isinstance(article, Article)
    assert article.published is None


@pytest.mark.parametrize(
    "fields",
    [
        {"paragraphs": ["One.", "Two."]},
        {"body": ["One.", "", "Two."]},
        {"content": [{"text": "One."}, {"type": "image", "src": "a.png"}, {"text": "Two."}]},
        {"paragraphs": [{"type": "p", "content": "One."}, {"type": "p", "content": "Two."}]},
        {"body": {"paragraphs": ["One.", "Two."]}},
        {"sections": [{"title": "One.", "paragraphs": ["Two."]}]},
        {"sections": [{"paragraphs": ["One."]}, {"text": "Two."}]},
        {"body": [{"children": [{"text": "On"}, {"text": "e."}]}, {"children": [{"text": "Two."}]}]},
        {"content": {"html": "<p>One.</p><p>Two.</p>"}},
        {"content": {"text": "One.\n\nTwo.", "html": "<p>No.</p>"}},
        {"article": {"body": "One.\n\nTwo."}},
        {"description": "Short.", "data": {"body": "One.\n\nTwo."}},
        {"description": "One.\n\nTwo."},
        {"data": {"attributes": {"text": "One.\n\nTwo."}}},
        {"body": "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"},
        {"content": "<p>One.</p><script>var x = 1</script><p>Two.</p>"},
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_text_in_pieces_is_one_text(fields: dict[str, object], name: str) -> None:
    [article] = read(json.dumps({"title": "Head", **fields}), name)
    assert isinstance(article, Article)
    assert (article.title, article.body) == ("Head", "Head\n\nOne.\n\nTwo.")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Piers &amp; docks"},
        {"title": "Piers &#38; docks"},
        {"title": "<b>Piers</b> &amp; docks"},
        {"title": {"rendered": "Piers &amp; docks"}},
        {"headline": {"main": "Piers & docks", "kicker": "no"}},
        {"meta": {"title": "Piers & docks"}},
        {"article": {"headline": "Piers & docks"}},
    ],
)
def test_titles_are_plain_text(fields: dict[str, object]) -> None:
    [article] = read(json.dumps({"text": "It&#8217;s big; a&b &c; x < y.", **fields}))
    assert isinstance(article, Article)
    assert (article.title, article.body) == ("Piers & docks", "Piers & docks\n\nIt’s big; a&b &c; x < y.")


def test_articles_in_a_list_called_content_are_articles() -> None:
    rows = [{"title": "One", "text": "A."}, {"title": "Two", "text": "B."}]
    assert [item.locator for item in read(json.dumps({"title": "Feed", "content": rows}), "a.json")] == [
        "a.json#1",
        "a.json#2",
    ]


def test_deep_rows_are_read_without_harm() -> None:
    [failure] = read('{"text": ' + '{"text": ' * 400 + '"x"' + "}" * 401)
    assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    ("row", "body"),
    [
        ('{"title": "Only a headline", "body": ""}', "Only a headline"),
        ('{"title": "Only a headline", "text": null}', "Only a headline"),
        ('{"headline": "Only a headline", "content": "  "}', "Only a headline"),
        ('{"title": "A headline", "body": "", "summary": "A summary."}', "A headline\n\nA summary."),
    ],
)
def test_a_row_with_a_title_and_an_empty_text_is_an_article_of_its_title(row: str, body: str) -> None:
    (article,) = read_source(Source("rows.jsonl", data=row.encode()))
    assert isinstance(article, Article)
    assert article.body == body


@pytest.mark.parametrize("row", ['{"title": "No text"}', '{"title": "", "body": ""}', '{"body": ""}'])
def test_a_row_without_a_field_for_the_text_or_a_title_is_a_failure(row: str) -> None:
    (failure,) = read_source(Source("rows.jsonl", data=row.encode()))
    assert isinstance(failure, Failure)
    assert failure.reason == "no-text"


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ('[{"text": "one"}, {"text": "tw', ["one", "bad-json"]),
        ('[{"text": "one"}, {"text": "two"}', ["one", "two", "bad-json"]),
        ('[{"text": "one"} {"text": "two"}]', ["one", "two", "bad-json"]),
        ('{"text": "one"}{"text": "two"}', ["one", "two"]),
        ('{"text": "one"} {"text": ', ["one", "bad-json"]),
        ('[{"text": "one"}, 7, "two", {"text": "three"}, {"te', ["one", "no-text", "no-text", "three", "bad-json"]),
        ('[null, {"text": "one"}, 1', ["no-text", "one", "bad-json"]),
        ('[1, 2, "three', ["bad-json"]),
        ('["one", "two", {"text": "th', ["bad-json"]),
        ('2020 {"text": "one"} 7 {"te', ["bad-json"]),
        (
            '{"status": "ok", "articles": [{"text": "one"}, 7, {"text": "two"}, {"te',
            ["one", "no-text", "two", "bad-json"],
        ),
        ('{"articles": [{"text": "one"}], "next": "https:', ["one", "bad-json"]),
        ('{"hits": {"total": 2, "hits": [{"_source": {"text": "one"}}, {"_so', ["one", "bad-json"]),
        ('{"anything": [{"title": "a", "text": "one"}, {"te', ["a\n\none", "bad-json"]),
        ('{"title": "T", "related": [{"title": "a", "text": "one"}, {"te', ["bad-json"]),
        ('{"images": [{"url": "a", "caption": "one"}, {"ur', ["bad-json"]),
        ('{"text": "one', ["bad-json"]),
    ],
)
def test_whole_objects_of_a_broken_file_are_read(text: str, outcomes: list[str]) -> None:
    found = []
    for item in read_source(Source("a.json", data=text.encode())):
        assert isinstance(item, Article | Failure)
        found.append(item.body if isinstance(item, Article) else item.reason)
    assert found == outcomes
