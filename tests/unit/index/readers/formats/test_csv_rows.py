import pytest

from index.model import Article, Failure
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source


def read(content: str | bytes, name: str = "a.csv", **options: object) -> list[Article | Failure]:
    data = content.encode() if isinstance(content, str) else content
    return list(read_source(Source(name, data=data), ReadOptions(**options)))  # type: ignore[arg-type]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(delimiter: str, end: str) -> None:
    lines = [["title", "text", "date"], ["Ferries", '"One, two; three"', "2019-03-04"], ["More", "Text", ""]]
    first, second = read(end.join(delimiter.join(line) for line in lines))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.body == "Ferries\n\nOne, two; three"
    assert first.published is not None
    assert first.published_origin == "csv column date"
    assert (second.locator, second.published) == ("a.csv#2", None)


def test_quoted_fields_may_span_lines_and_hold_quotes() -> None:
    [article] = read('text\n"One ""quoted"" word\r\n\r\nand a second paragraph"\n')
    assert isinstance(article, Article)
    assert article.body == 'One "quoted" word\n\nand a second paragraph'


def test_large_field_is_read() -> None:
    [article] = read("text\n" + "word " * 100_000)
    assert isinstance(article, Article)
    assert len(article.body) >= 499_999


def test_row_without_text_fails_alone() -> None:
    found = read("title,text,date\nOne,Text,\n,,2019-07-12\nThree,Text,\n")
    assert [(item.locator, isinstance(item, Failure) and item.reason) for item in found] == [
        ("a.csv#1", False),
        ("a.csv#2", "no-text"),
        ("a.csv#3", False),
    ]


def test_mapping_and_encoding_are_obeyed() -> None:
    data = "Überschrift;Inhalt\nFähren;Größe\n".encode("cp1252")
    [article] = read(data, mapping={"title": "Überschrift", "body": "Inhalt"}, encoding="cp1252")
    assert isinstance(article, Article)
    assert article.body == "Fähren\n\nGröße"


def test_unequal_rows_are_read_as_far_as_they_go() -> None:
    assert [type(item) for item in read("text,title\nOnly text\nText,Title,too much\n")] == [Article, Article]


def test_tab_separated_file_keeps_commas() -> None:
    [article] = read("title\ttext\nA, b\tC, d, e, f\n", "a.tsv")
    assert isinstance(article, Article)
    assert article.body == "A, b\n\nC, d, e, f"


def test_line_beyond_the_limit_ends_the_file_with_a_failure() -> None:
    found = read("text\nOne\n" + "x" * 500 + "\nThree\n", max_bytes=100)
    assert isinstance(found[0], Article)
    assert [item.reason for item in found if isinstance(item, Failure)] == ["too-large"]


@pytest.mark.parametrize(
    ("stated", "delimiter"),
    [
        ("sep=;", ";"),
        ('"sep=;"', ";"),
        ("\ufeffsep=;", ";"),
        ("SEP=|", "|"),
        ("sep=\t", "\t"),
        ("sep=\\t", "\t"),
        ("sep=,", ","),
        ("sep=^", "^"),
        ("sep=;;;", ";"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_that_excel_states_is_obeyed(stated: str, delimiter: str, end: str) -> None:
    lines = [
        stated,
        delimiter.join(["title", "text"]),
        delimiter.join(["Pier closed", "The pier in Gdynia is closed."]),
    ]
    [article] = read(end.join(lines))
    assert isinstance(article, Article)
    assert (article.locator, article.body) == ("a.csv#1", "Pier closed\n\nThe pier in Gdynia is closed.")


def test_a_column_may_be_called_sep() -> None:
    [article] = read("sep=x,text\n1,Words of an article.\n")
    assert isinstance(article, Article)
    assert article.body == "Words of an article."


def test_a_row_with_a_title_and_an_empty_text_is_an_article_of_its_title() -> None:
    first, second = read_source(Source("rows.csv", data=b"title,body\nOnly a headline,\nOther,A text.\n"))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.body, second.body) == ("Only a headline", "Other\n\nA text.")


@pytest.mark.parametrize(
    ("content", "body", "day"),
    [
        (
            "title,text,date\nPort,The port, it says, is closed,2020-03-05\n",
            "The port, it says, is closed",
            "2020-03-05",
        ),
        ("date;title;text\n2020-03-05;Port;one; two; three\n", "one; two; three", "2020-03-05"),
        ("title,text,date\nPort,closed,2020-03-05,,\n", "closed", "2020-03-05"),
        ("Titre;Texte;Date de publication\nPort;closed;2020-03-05\n", "closed", "2020-03-05"),
        ("Überschrift;Inhalt;Datum\nPort;closed;05.03.2020\n", "closed", "2020-03-05"),
        ("Título;Texto;Fecha\nPort;closed;5 de marzo de 2020\n", "closed", "2020-03-05"),
        ("Titolo;Testo;Data\nPort;closed;5 marzo 2020\n", "closed", "2020-03-05"),
        ("Заголовок;Текст;Дата\nPort;closed;05.03.2020\n", "closed", "2020-03-05"),
        ("Tytuł;Treść;Data publikacji\nPort;closed;05.03.2020\n", "closed", "2020-03-05"),
        ("Başlık;Metin;Tarih\nPort;closed;05.03.2020\n", "closed", "2020-03-05"),
    ],
)
def test_a_row_keeps_its_text_and_columns_have_names_of_many_languages(content: str, body: str, day: str) -> None:
    [article] = read(content)
    assert isinstance(article, Article)
    assert article.body == f"Port\n\n{body}"
    assert article.published is not None
    assert article.published.value == day
