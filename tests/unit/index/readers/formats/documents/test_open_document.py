import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import Article, Failure
from index.readers.base import ReadOptions
from tests.support.examples import examples
from tests.unit.index.readers.formats.documents.packages import odt, pack
from tests.unit.index.readers.reading import article, read, reasons


def p(text: str, style: str = "P1") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("One") + '<text:h text:outline-level="1">Two</text:h>' + p("three"), "One\n\nTwo\n\nthree"),
        (p("One <text:span>two</text:span> three"), "One two three"),
        (p("One\n   two"), "One two"),
        (p('One<text:s text:c="3"/>two<text:tab/>three<text:line-break/>four'), "One   two\tthree\nfour"),
        (p('One<text:s/>two<text:s text:c="999999999999"/>three<text:s text:c="99999"/>x'), "One two three        x"),
        (
            p("One <office:annotation><dc:creator>J</dc:creator><text:p>Comment</text:p></office:annotation>two"),
            "One two",
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>Deleted</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>" + p('One <text:change text:change-id="c"/>two'),
            "One two",
        ),
        (
            p(
                "One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See <text:span>page"
                "</text:span> 7.</text:p></text:note-body></text:note> two"
            )
            + p("three"),
            "One two\n\nthree\n\nSee page 7.",
        ),
        (
            "<table:table><table:table-row><table:table-cell>"
            + p("a")
            + "</table:table-cell><table:table-cell>"
            + p("b")
            + "</table:table-cell></table:table-row></table:table>"
            + p("c"),
            "a\n\nb\n\nc",
        ),
        ("<text:list><text:list-item>" + p("a") + "</text:list-item></text:list>", "a"),
        (
            p(
                "Outer<draw:frame><svg:title>Alt</svg:title><draw:text-box>"
                + p("Box")
                + "</draw:text-box></draw:frame> text"
            ),
            "Outer text\n\nBox",
        ),
        ('<text:section text:display="none">' + p("hidden") + "</text:section>" + p("shown"), "shown"),
        (
            p("<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>"),
            "漢字",
        ),
        (p("") + p("<text:a>a link</text:a>") + p(" "), "a link"),
    ],
)
def test_text_is_what_a_reader_of_the_document_sees(body: str, text: str) -> None:
    assert article(odt(body), "a.odt").body == text


@pytest.mark.parametrize(
    ("body", "styles", "meta", "title", "byline"),
    [
        (p("A title", "Title") + p("Text."), "", "<dc:title>Stated</dc:title>", "A title", None),
        (
            p("A  title", "P7") + p("Text."),
            '<style:style style:name="P7" style:parent-style-name="Title"/>',
            "<meta:initial-creator>Jane Doe</meta:initial-creator><dc:creator>John Roe</dc:creator>",
            "A title",
            "Jane Doe",
        ),
        (
            p("First line") + p("Text."),
            "",
            "<dc:title>Stated</dc:title><dc:creator>Jane Doe</dc:creator>",
            "Stated",
            "Jane Doe",
        ),
        (
            p("First line") + p("Text."),
            "",
            "<dc:title>untitled</dc:title><dc:creator>user</dc:creator>",
            "First line",
            None,
        ),
    ],
)
def test_title_and_author(body: str, styles: str, meta: str, title: str, byline: str | None) -> None:
    one = article(odt(body, styles=styles, meta=meta + "<meta:creation-date>2019-03-04</meta:creation-date>"), "a.odt")
    assert (one.title, one.byline, one.published) == (title, byline, None)


@pytest.mark.parametrize("name", ["a.odt", "a.zip", "a.docx", "a"])
@pytest.mark.parametrize("kind", ["text", "text-template", "text-web", "text-master"])
def test_a_document_is_known_by_its_content(name: str, kind: str) -> None:
    assert article(odt(p("One"), kind=kind), name).body == "One"


ENCRYPTED = "<file-entry><encryption-data/></file-entry>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(p("")), "no-text"),
        (odt(p("One"), manifest=ENCRYPTED), "encrypted"),
        (odt(p("One"))[:-200], "damaged"),
        (odt("<text:p>"), "damaged"),
        (pack({"mimetype": "application/vnd.oasis.opendocument.text", "a.xml": "<a/>"}), "damaged"),
        (odt("<text:section>" * 400 + p("One") + "</text:section>" * 400), "damaged"),
        (odt(p("x" * 100) * 30_000), "compressed-bomb"),
        (odt(p("One"), kind="spreadsheet"), "unsupported"),
    ],
)
def test_unreadable_documents_say_why(data: bytes, reason: str) -> None:
    assert reasons(read(data, "a.odt", ReadOptions(max_bytes=1_000_000))) == [reason]


@pytest.mark.parametrize(
    "entities",
    [
        "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + '<!ENTITY l0 "lol">',
        '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_not_followed(entities: str) -> None:
    content = f'<!DOCTYPE x [{entities}]><o xmlns:text="t"><text:p>a &l9; b</text:p></o>'
    data = pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    [item] = read(data, "a.odt")
    assert item.reason == "damaged" if isinstance(item, Failure) else isinstance(item, Article) and len(item.body) < 20


@settings(max_examples=examples(100))
@given(data=st.data())
def test_broken_documents_never_raise(data: st.DataObject) -> None:
    document = bytearray(odt(p("One") + p("two"), meta="<dc:title>x</dc:title>"))
    for _ in range(data.draw(st.integers(1, 20))):
        document[data.draw(st.integers(0, len(document) - 1))] = data.draw(st.integers(0, 255))
    assert "reader-error" not in reasons(read(bytes(document), "a.odt"))
