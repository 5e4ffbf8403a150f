from datetime import date

import pytest

from index.model import Article
from index.readers.base import ReadOptions
from tests.unit.index.readers.reading import article, articles, found, read, reasons, skipped

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.3/specification/dtd/nitf-3-3.dtd">
<nitf change.date="June 10, 2005"><head><title>FERRIES</title>
<docdata><doc-id id-string="17"/><doc.copyright holder="Island Press" year="2019"/></docdata>
<pubdata date.publication="20190304T000000" ex-ref="http://example.org/a" name="Island Wire"/></head>
<body><body.head><hedline><hl1>Ferries return</hl1><hl2>All of them</hl2></hedline>
<byline class="print_byline">By Jane Doe</byline><dateline><location>Oslo</location></dateline></body.head>
<body.content><media media-type="image"><media-caption>A ferry.</media-caption></media>
<p>The <org>ferries</org>
sail.&nbsp;All.</p><hl2>Later</hl2><p>More of them.</p></body.content><body.end><tagline>Ends</tagline></body.end>
</body></nitf>
"""
TIMES = """<nitf><head><title>T</title><pubdata date.publication="19870301T000000" name="Island Wire"/></head><body>
<body.content><block class="lead_paragraph"><p>One.</p></block><block class="full_text"><p>One.</p>
<p>Two <byline>By Nobody</byline>.</p></block>
</body.content></body></nitf>"""
RCV1 = """<?xml version="1.0" encoding="iso-8859-1" ?>
<newsitem itemid="2286" id="root" date="1996-08-20" xml:lang="en">
<title>NORWAY: Ferries return</title>
<headline>Ferries return</headline><byline>Jane Doe</byline><dateline>OSLO 1996-08-20</dateline>
<text><p>The ferries sail \N{LATIN SMALL LETTER O WITH STROKE}.</p>
<p>All of them.</p></text><copyright>(c) Island Press 1996</copyright>
<metadata><dc element="dc.publisher" value="Island Wire"/>
<dc element="dc.date.published" value="1996-08-21"/></metadata>
</newsitem>"""
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:{guid}" version="3" xml:lang="en-GB">
<itemMeta><provider literal="Island Wire"/><versionCreated>2019-03-06T08:00:00Z</versionCreated>
<firstCreated>2019-03-04T08:00:00Z</firstCreated></itemMeta>
<contentMeta><by>Jane Doe</by><headline>Ferries return</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = """<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head>
<body><p>The ferries <b>sail</b>.</p><p>All of them.</p></body></html></inlineXML>"""
NEWSML = """<NewsML><NewsEnvelope><DateAndTime>20190305T080000Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>example.org</ProviderId><DateId>20190304</DateId>
<NewsItemId>n1</NewsItemId></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20190304T101500+0100</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Ferries return</HeadLine><ByLine>By Jane Doe</ByLine></NewsLines>
<ContentItem><DataContent><nitf><body><body.content><p>The ferries sail.</p><p>All of them.</p></body.content></body>
</nitf></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""


def g2(*items: str) -> str:
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>'


@pytest.mark.parametrize(
    ("text", "locator", "body", "facts"),
    [
        pytest.param(
            NITF,
            "a.xml",
            "Ferries return\n\nThe ferries sail.\N{NO-BREAK SPACE}All.\n\nLater\n\nMore of them.",
            (
                "Island Wire",
                "Jane Doe",
                None,
                date(2019, 3, 4),
                "news pubdata@date.publication",
                "http://example.org/a",
            ),
            id="nitf",
        ),
        pytest.param(
            TIMES,
            "a.xml",
            "T\n\nOne.\n\nTwo By Nobody.",
            ("Island Wire", None, None, date(1987, 3, 1), "news pubdata@date.publication", None),
            id="nitf that repeats its beginning",
        ),
        pytest.param(
            RCV1,
            "a.xml",
            "Ferries return\n\nThe ferries sail ø.\n\nAll of them.",
            ("Island Wire", "Jane Doe", "en", date(1996, 8, 21), "news dc.date.published", None),
            id="rcv1",
        ),
        pytest.param(
            ITEM.format(guid="1", content=XHTML),
            "a.xml",
            "Ferries return\n\nThe ferries sail.\n\nAll of them.",
            ("Island Wire", "Jane Doe", "en", date(2019, 3, 4), "news firstCreated", None),
            id="newsml-g2",
        ),
        pytest.param(
            NEWSML,
            "a.xml#n1",
            "Ferries return\n\nThe ferries sail.\n\nAll of them.",
            ("example.org", "Jane Doe", "en", date(2019, 3, 4), "news FirstCreated", None),
            id="newsml 1",
        ),
    ],
)
def test_news_is_an_article(
    text: str, locator: str, body: str, facts: tuple[str | None, str | None, str | None, date, str, str | None]
) -> None:
    one = article(text.encode("latin-1" if "iso-8859-1" in text else "utf-8"), "a.xml")
    assert (one.locator, one.body.replace("\N{NO-BREAK SPACE}", " ")) == (
        locator,
        body.replace("\N{NO-BREAK SPACE}", " "),
    )
    assert one.published is not None
    assert (one.source, one.byline, one.language, one.published.start, one.published_origin, one.url) == facts


def test_a_message_has_an_article_for_each_item_with_text() -> None:
    picture = ITEM.format(guid="2", content='<remoteContent href="http://example.org/a.jpg"/>').replace(
        "Ferries return", ""
    )
    data = g2(ITEM.format(guid="1", content=XHTML), picture, ITEM.format(guid="3", content=XHTML)).encode()
    items = read(data, "a.xml")
    assert [item.locator for item in articles(items)] == ["a.xml#urn:newsml:1", "a.xml#urn:newsml:3"]
    assert skipped(items) == ["items of news without text"]


def test_an_item_without_text_is_its_headline() -> None:
    assert article(ITEM.format(guid="1", content="").encode(), "a.xml").body == "Ferries return"


def test_escaped_markup_is_text() -> None:
    content = "<inlineData>&lt;p&gt;The ferries sail.&lt;/p&gt;&lt;p&gt;All.&lt;/p&gt;</inlineData>"
    assert article(ITEM.format(guid="1", content=content).encode(), "a.xml").body == (
        "Ferries return\n\nThe ferries sail.\n\nAll."
    )


def test_the_name_of_the_file_does_not_matter() -> None:
    for name in ("a", "a.txt", "a.nitf", "a.newsml", "a.xml"):
        assert article(NITF.encode(), name).title == "Ferries return"


def test_other_xml_is_not_read() -> None:
    assert reasons(read(b"<?xml version='1.0'?><project><title>no</title></project>", "a.xml")) == ["unsupported"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(NITF[: NITF.index("More of")].encode(), {"a.xml": "damaged"}, id="cut off"),
        pytest.param(b"<nitf>" + b"<a>" * 300, {"a.xml": "damaged"}, id="too deep"),
        pytest.param(b"<nitf></nitf>", {"a.xml": "no-text"}, id="empty"),
        pytest.param(
            g2(ITEM.format(guid="1", content=XHTML), "<newsItem><itemMeta>").encode(),
            {"a.xml#urn:newsml:1": "article", "a.xml": "damaged"},
            id="cut off in the second",
        ),
    ],
)
def test_damage_loses_nothing_else(data: bytes, expected: dict[str, str]) -> None:
    assert found(read(data, "a.xml")) == expected


def test_nothing_is_fetched_or_expanded() -> None:
    text = '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bbb">]>' + NITF[NITF.index("<nitf") :]
    one = read(text.replace("More of them", "&a;&b; of them").encode(), "a.xml", ReadOptions())[0]
    assert not isinstance(one, Article) or ("bbb" not in one.body and "\n\nof them" not in one.body)
