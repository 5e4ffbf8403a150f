import io

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import Article, Failure
from index.readers.base import ReadOptions
from tests.support.examples import examples
from tests.unit.index.readers.formats.documents.packages import docx, pack
from tests.unit.index.readers.reading import article, read, reasons


def p(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_document_of_another_program_is_read_in_its_order() -> None:
    document = python_docx.Document()
    document.add_heading("Ferries return", level=0)
    document.add_paragraph("The strike is over.")
    document.add_heading("Background", level=1)
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("Port", "Ferries", "Izmir", "12")):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("All of them sail.", style="List Bullet")
    document.core_properties.author = "Jane Doe"
    document.core_properties.title = "Another title"
    output = io.BytesIO()
    document.save(output)
    one = article(output.getvalue(), "a.docx")
    assert one.body.split("\n\n") == [
        *("Ferries return", "The strike is over.", "Background", "Port", "Ferries", "Izmir", "12", "All of them sail.")
    ]
    assert (one.title, one.byline, one.published) == ("Ferries return", "Jane Doe", None)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("One "), r("two")), "One two"),
        (p("<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>"), "One\ttwo\nthree"),
        (p(r("co"), "<w:r><w:noBreakHyphen/></w:r>", r("operate")), "co-operate"),
        (p(r("A "), "<w:ins>" + r("new ") + "</w:ins>", r("word")), "A new word"),
        (p(r("A "), "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>", r("word")), "A word"),
        (p(r("A "), "<w:del>" + r("old ") + "</w:del>", r("word")), "A word"),
        (
            p("<w:moveFrom>" + r("x") + "</w:moveFrom>", r("One")) + p("<w:moveTo>" + r("moved") + "</w:moveTo>"),
            "One\n\nmoved",
        ),
        (p(r("A "), r("secret ", "<w:vanish/>"), r("word")), "A word"),
        (p(r("A "), r("shown ", '<w:vanish w:val="0"/>'), r("word")), "A shown word"),
        (p("<w:hyperlink>" + r("a link") + "</w:hyperlink>"), "a link"),
        (p("<w:r><w:instrText>PAGEREF x</w:instrText></w:r>", r("7")), "7"),
        ("<w:sdt><w:sdtContent>" + p(r("In a control")) + "</w:sdtContent></w:sdt>", "In a control"),
        (p(r("One"), style="Heading1") + p() + p(r(" ")) + p(r("two")), "One\n\ntwo"),
        (
            p(
                r("Outer"),
                '<w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:txbxContent>' + p(r("Box")) + "</w:txbxContent>"
                "</mc:Choice><mc:Fallback><w:txbxContent>" + p(r("Box")) + "</w:txbxContent></mc:Fallback>"
                "</mc:AlternateContent></w:r>",
                r(" text"),
            ),
            "Outer text\n\nBox",
        ),
        (
            p("<w:r><w:ruby><w:rt>" + r("かんじ") + "</w:rt><w:rubyBase>" + r("漢字") + "</w:rubyBase></w:ruby></w:r>"),
            "漢字",
        ),
        (
            "<w:tbl><w:tr><w:tc>" + p(r("a")) + "</w:tc><w:tc>" + p(r("b")) + "</w:tc></w:tr></w:tbl>" + p(r("c")),
            "a\n\nb\n\nc",
        ),
    ],
)
def test_text_is_what_a_reader_of_the_document_sees(body: str, text: str) -> None:
    assert article(docx(body), "a.docx").body == text


def test_notes_follow_the_text() -> None:
    separator = f'<w:footnote w:type="separator">{p(r("---"))}</w:footnote>'
    notes = f'{separator}<w:footnote w:id="1">{p(r("See page 7."))}</w:footnote>'
    data = docx(p(r("One"), '<w:r><w:footnoteReference w:id="1"/></w:r>') + p(r("two")), footnotes=notes)
    assert article(data, "a.docx").body == "One\n\ntwo\n\nSee page 7."


@pytest.mark.parametrize(
    ("core", "title", "byline"),
    [
        ("<dc:title>Stated title</dc:title><dc:creator>Jane Doe</dc:creator>", "Stated title", "Jane Doe"),
        (
            "<dc:title>Microsoft Word - draft.doc</dc:title><dc:creator>Microsoft Office User</dc:creator>",
            "First line",
            None,
        ),
        ("<dc:title></dc:title><dc:creator>jane@example.org</dc:creator>", "First line", None),
        ("<dc:title>Word Document</dc:title><dc:creator>python-docx</dc:creator>", "First line", None),
        ("<broken", "First line", None),
    ],
)
def test_stated_title_and_author_count_when_people_wrote_them(core: str, title: str, byline: str | None) -> None:
    dates = "<dcterms:created>2019-03-04T10:00:00Z</dcterms:created>"
    one = article(docx(p(r("First line")) + p(r("Then a longer line of the text.")), core=core + dates), "a.docx")
    assert (one.title, one.byline, one.published) == (title, byline, None)


def test_the_style_of_a_title_has_another_id_in_other_languages() -> None:
    names = {"Titel": "Title", "Titre": "Anything"}
    styles = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in names.items())
    body = p(r("Before"), style="Titre") + p(r("Fähren  kehren zurück"), style="Titel")
    assert article(docx(body, styles=styles), "a.docx").title == "Fähren kehren zurück"


@pytest.mark.parametrize("main", ["word/document.xml", "word/document2.xml", "word/sub/main.xml"])
@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a.zip", "a.doc", "a"])
def test_a_document_is_known_by_its_content(main: str, name: str) -> None:
    assert article(docx(p(r("One")), main=main), name).body == "One"


def test_a_strict_document_is_read() -> None:
    strict = pack(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
            + p(r("One"), style="Title")
            + "</w:body></w:document>",
        }
    )
    assert article(strict, "a.docx").title == "One"


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + '<!ENTITY l0 "lol">'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(""), "no-text"),
        (docx(p(r(" "))), "no-text"),
        (docx(p(r("One")))[:-300], "damaged"),
        (docx(p(r("One")) + "<w:p>"), "damaged"),
        (pack({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<styles/>"}), "damaged"),
        (pack({"[Content_Types].xml": "<Types/>", "word/document.xml": "no XML"}), "damaged"),
        (docx("<w:x>" * 400 + p(r("One")) + "</w:x>" * 400), "damaged"),
        (docx(p(r("x" * 100)) * 30_000), "compressed-bomb"),
    ],
)
def test_unreadable_documents_say_why(data: bytes, reason: str) -> None:
    assert reasons(read(data, "a.docx", ReadOptions(max_bytes=1_000_000))) == [reason]


@pytest.mark.parametrize("entities", [BOMB, '<!ENTITY l9 SYSTEM "file:///etc/passwd">'])
def test_entities_are_not_followed(entities: str) -> None:
    document = (
        f'<!DOCTYPE x [{entities}]><w:document xmlns:w="w"><w:p><w:r><w:t>a &l9; b</w:t></w:r></w:p></w:document>'
    )
    [item] = read(pack({"[Content_Types].xml": "<Types/>", "word/document.xml": document}), "a.docx")
    assert item.reason == "damaged" if isinstance(item, Failure) else isinstance(item, Article) and len(item.body) < 20


@settings(max_examples=examples(100))
@given(data=st.data())
def test_broken_documents_never_raise(data: st.DataObject) -> None:
    document = bytearray(docx(p(r("One")) + p(r("two"), style="Title"), core="<dc:title>x</dc:title>"))
    for _ in range(data.draw(st.integers(1, 20))):
        document[data.draw(st.integers(0, len(document) - 1))] = data.draw(st.integers(0, 255))
    assert "reader-error" not in reasons(read(bytes(document), "a.docx"))
