import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import Article, Failure
from index.readers.base import ReadOptions
from tests.support.examples import examples
from tests.unit.index.readers.reading import article, articles, found, read, reasons

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)
A = "http://example.org/a"


def rss(*items: str, head: str = "<title>Island Wire</title><link>http://example.org/</link>") -> bytes:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>{head}{entries}</channel></rss>'.encode()


def atom(*entries: str, head: str = "<title>Island Wire</title>") -> bytes:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{head}{inner}</feed>'.encode()


def rdf(*items: str) -> bytes:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{NAMESPACES}><channel rdf:about="http://example.org/"><title>Island Wire</title>'
        f"</channel>{''.join(items)}</rdf:RDF>"
    ).encode()


def test_an_entry_of_rss_is_an_article() -> None:
    item = (
        f"<title>Ferries return</title><link>{A}</link><guid isPermaLink='false'>tag:1</guid>"
        "<pubDate>Mon, 04 Mar 2019 10:00:00 +0000</pubDate><dc:creator>Jane Doe</dc:creator>"
        "<description>Short.</description><content:encoded><![CDATA[<p>The ferries <b>sail</b>.</p>"
        "<p>All of them.</p>]]>"
        "</content:encoded>"
    )
    one = article(rss(item, head="<title>Island Wire</title><language>en-gb</language>"), "a.xml")
    assert one.body == "Ferries return\n\nThe ferries sail.\n\nAll of them."
    assert (one.title, one.source, one.byline, one.url) == ("Ferries return", "Island Wire", "Jane Doe", A)
    assert (one.locator, one.language) == ("a.xml#tag:1", "en")
    assert one.published is not None
    assert (one.published.start, one.published_origin) == (date(2019, 3, 4), "feed pubDate")


def test_an_entry_of_atom_is_an_article() -> None:
    entry = (
        f"<id>tag:2</id><title type='html'>Ferries &lt;i&gt;return&lt;/i&gt;</title><link rel='self' href='{A}.xml'/>"
        f"<link href='{A}'/><published>2019-03-04T23:30:00+01:00</published><updated>2020-01-01T00:00:00Z</updated>"
        "<author><name>Jane Doe</name></author><summary>Short.</summary>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>The ferries <b>sail</b>.</p>"
        "<p>All.</p></div></content>"
    )
    one = article(atom(entry), "a.atom")
    assert one.body == "Ferries return\n\nThe ferries sail.\n\nAll."
    assert (one.title, one.source, one.byline, one.url) == ("Ferries return", "Island Wire", "Jane Doe", A)
    assert one.published is not None
    assert (one.published.start, one.published_origin) == (date(2019, 3, 4), "feed published")


def test_an_entry_of_rdf_is_an_article() -> None:
    inner = "<title>Ferries return</title><description>They sail.</description><dc:date>2019-03-04</dc:date>"
    item = f'<item rdf:about="{A}">{inner}</item>'
    one = article(rdf(item), "a.rdf")
    assert (one.body, one.url, one.published_origin) == ("Ferries return\n\nThey sail.", A, "feed dc:date")


BODY = "<description>The ferries sail.</description>"


@pytest.mark.parametrize(
    ("item", "body"),
    [
        ("<description>They &amp;amp; we &lt; they</description>", "They & we < they"),
        ("<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</description>", "One\n\ntwo"),
        ("<description><![CDATA[<p>One&nbsp;two&#8217;s</p>]]></description>", "One two’s"),
        ("<description>One&nbsp;two &eacute;t&eacute;</description>", "One\xa0two été"),
        ("<description>Plain\nlines</description>", "Plain\nlines"),
        ("<title>Only a headline</title>", "Only a headline"),
        (
            "<media:title>Photo</media:title><media:description>Of a ship</media:description>" + BODY,
            "The ferries sail.",
        ),
        ("<description></description><content:encoded>All of it.</content:encoded>", "All of it."),
        ("<description>&#1055;&#1086;&#1088;&#1090;</description>", "Порт"),
        ("<description>a &lt;img src='x'/&gt; b</description>", "a b"),
    ],
)
def test_text_of_an_entry_has_no_markup(item: str, body: str) -> None:
    assert article(rss(item), "a.rss").body == body


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("<content type='html'>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</content>", "One\n\ntwo"),
        ("<content>One &amp;lt; two</content>", "One &lt; two"),
        ("<content type='text'>AT&amp;T</content>", "AT&T"),
        ("<content type='image/png' src='x.png'/><summary>A ship.</summary>", "A ship."),
        ("<content type='application/pdf'>SGVsbG8=</content><summary>A ship.</summary>", "A ship."),
        ("<content type='text/html' mode='escaped'>&lt;b&gt;One&lt;/b&gt; two</content>", "One two"),
    ],
)
def test_types_of_atom_are_respected(content: str, body: str) -> None:
    assert article(atom(content), "a.xml").body == body


@pytest.mark.parametrize(
    ("item", "url"),
    [
        (f"<link>{A}</link>", A),
        ("<link>/a</link>", A),
        ("<link>  /a\n</link>", A),
        (f"<guid>{A}</guid>", A),
        (f"<guid isPermaLink='false'>{A}</guid>", None),
        (f"<link>http://feeds.example.org/1</link><feedburner:origLink>{A}</feedburner:origLink>", A),
        (f"<link>{A}</link><atom:link href='http://example.org/feed'/>", A),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>http://[bad/</link>", None),
        ("", None),
    ],
)
def test_address_of_an_entry_is_that_of_its_page(item: str, url: str | None) -> None:
    assert article(rss(item + BODY), "a.rss").url == url


@pytest.mark.parametrize(
    ("links", "url"),
    [
        (f"<link rel='replies' href='{A}#c'/><link rel='alternate' href='{A}'/>", A),
        (f"<link rel='enclosure' href='{A}.mp3'/>", None),
        (f"<link href='{A}'/><link href='{A}2'/>", A),
    ],
)
def test_address_of_an_atom_entry_is_its_alternate_link(links: str, url: str | None) -> None:
    assert article(atom(links + "<summary>The ferries sail.</summary>"), "a.xml").url == url


@pytest.mark.parametrize(
    ("dates", "day", "origin"),
    [
        ("<pubDate>Tue, 05 Mar 2019 23:30:00 EST</pubDate>", "2019-03-05", "feed pubDate"),
        ("<pubDate>2019-03-05</pubDate>", "2019-03-05", "feed pubDate"),
        ("<pubDate>soon</pubDate><dc:date>2019-03-05T01:00Z</dc:date>", "2019-03-05", "feed dc:date"),
        ("<media:pubDate>2019-03-05</media:pubDate>", None, None),
        ("<pubDate></pubDate>", None, None),
        ("", None, None),
    ],
)
def test_dates_come_with_their_origin(dates: str, day: str | None, origin: str | None) -> None:
    one = article(rss(dates + BODY), "a.rss")
    assert (one.published.value if one.published else None, one.published_origin) == (day, origin)


def test_the_date_of_the_last_change_counts_only_when_there_is_no_other() -> None:
    entries = ("<summary>One.</summary><updated>2020-01-01T00:00:00Z</updated>", "<summary>Two.</summary>")
    one, two = articles(read(atom(*entries), "a.xml"))
    assert (one.published_origin, two.published_origin) == ("feed updated", None)


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("<author>jane@example.org (Jane Doe)</author>", "Jane Doe"),
        ("<author>Jane Doe</author>", "Jane Doe"),
        ("<dc:creator><![CDATA[Jane Doe]]></dc:creator>", "Jane Doe"),
    ],
)
def test_authors_are_named_without_their_mail_address(author: str, byline: str) -> None:
    assert article(rss(author + BODY), "a.rss").byline == byline


@pytest.mark.parametrize(
    ("source", "expected"),
    [("<source url='http://x.example'>Gulf Times</source>", "Gulf Times"), ("", "Island Wire")],
)
def test_the_publisher_is_the_source_of_the_entry_else_the_feed(source: str, expected: str) -> None:
    assert article(rss(source + BODY), "a.rss").source == expected


def test_entries_are_known_by_their_id_else_their_address_else_their_number() -> None:
    items = read(
        rss(f"<guid>one</guid>{BODY}", f"<link>{A}</link>{BODY}", BODY, f"<guid>one</guid>{BODY}", "<guid></guid>"),
        "a.rss",
    )
    assert found(items) == {
        "a.rss#one": "article",
        f"a.rss#{A}": "article",
        "a.rss#3": "article",
        "a.rss#4~": "article",
        "a.rss#5": "no-text",
    }


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.rdf", "a.txt", "a.html", "a", "feed.php"])
@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\n\n",
        b"<!-- made by hand -->\n",
        b'<?xml-stylesheet href="a.xsl"?>',
        b"<!DOCTYPE rss SYSTEM 'x'>",
    ],
)
def test_a_feed_is_known_by_its_content(name: str, start: bytes) -> None:
    data = start + rss(BODY).partition(b"?>")[2]
    assert found(read(data, name)) == {f"{name}#1": "article"}


@pytest.mark.parametrize(
    "data", [b"<?xml version='1.0'?><note><item>x</item></note>", b"<opml><body/></opml>", b"<feed>a</feed>"]
)
def test_other_xml_is_not_read(data: bytes) -> None:
    assert reasons(read(data, "a.xml")) == ["unsupported"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("cp1251", "windows-1251"),
        ("utf-16", "utf-16"),
        ("utf-8", "iso-8859-1"),
        ("koi8-r", "KOI8-R"),
    ],
)
def test_encodings_are_detected_as_for_other_texts(encoding: str, declared: str) -> None:
    text = "Порт Риги снова открыт для судов"
    data = rss(f"<title>{text}</title>").decode().replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1)
    assert article(data.encode(encoding), "a.xml").title == text


@pytest.mark.parametrize(
    "data",
    [
        rss("<title>Fish & chips</title>" + BODY),
        rss("<title>a\x0b\x01b</title>" + BODY),
        rss("<title>One<br>two</title>" + BODY),
        rss("<unknown:tag>x</unknown:tag>" + BODY),
        rss(BODY).replace(b"</channel></rss>", b""),
        b"<rss>" + rss(BODY).partition(b"?>")[2] + b"</rss>",
    ],
)
def test_faults_of_the_xml_are_passed_over(data: bytes) -> None:
    [one] = articles(read(data, "a.xml"))
    assert "The ferries sail." in one.body


@pytest.mark.parametrize("title", ["One<br>two", "<p>One", "<b>One<i>", "One</title>"])
def test_an_entry_with_broken_xml_does_not_swallow_the_others(title: str) -> None:
    data = rss(f"<title>{title}</title>{BODY}", "<title>Second</title>" + BODY, "<title>Third</title>" + BODY)
    titles = {item.title for item in articles(read(data, "a.rss"))}
    assert {"Second", "Third"} <= titles


@pytest.mark.parametrize("make", [rss, atom])
def test_a_feed_that_is_cut_off_says_so(make: object) -> None:
    items = [f"<title>Story {number}</title><summary>Text {number} of it.</summary>" for number in range(3)]
    data = make(*items)  # type: ignore[operator]
    results = read(data[: data.index(b"Text 2") + 3], "a.xml")
    assert [type(item) for item in results] == [Article, Article, Failure]
    assert reasons(results) == ["damaged"]


def test_an_empty_feed_is_empty() -> None:
    assert found(read(rss(), "a.rss")) == {"a.rss": "empty"}


@pytest.mark.parametrize(
    "subset",
    [
        "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + '<!ENTITY l0 "lol">',
        '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;<!ENTITY l9 "y">',
    ],
)
def test_entities_are_not_followed(subset: str) -> None:
    data = rss("<title>Start &l9; end</title><description>The ferries sail.</description>")
    data = data.replace(b"<rss", f"<!DOCTYPE rss [{subset}]><rss".encode(), 1)
    started = time.monotonic()
    items = read(data, "a.rss")
    assert time.monotonic() - started < 5
    assert all(len(item.body) < 200 and "root:" not in item.body for item in articles(items))
    assert len(items) == 1


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<![CDATA[", "<a ", "&lt;!--", "&amp;", "<item>", "</item>", "<x>", "&x;", "<!DOCTYPE a [", "]]>", "<?a "],
)
def test_repetition_takes_linear_time(piece: str) -> None:
    started = time.monotonic()
    assert "reader-error" not in reasons(read(rss(f"<description>{piece * 30_000}</description>"), "a.rss"))
    assert "reader-error" not in reasons(read(f"<rss {piece * 30_000}".encode(), "a.rss"))
    assert time.monotonic() - started < 10


def test_a_feed_beyond_the_limit_is_too_large() -> None:
    assert reasons(read(rss(BODY * 200), "a.rss", ReadOptions(max_bytes=5000))) == ["too-large"]


@settings(max_examples=examples(100))
@given(data=st.data())
def test_broken_feeds_never_raise(data: st.DataObject) -> None:
    feed = bytearray(data.draw(st.sampled_from([rss(BODY, f"<link>{A}</link>{BODY}"), atom("<summary>x</summary>")])))
    for _ in range(data.draw(st.integers(1, 20))):
        feed[data.draw(st.integers(0, len(feed) - 1))] = data.draw(st.integers(0, 255))
    items = read(bytes(feed), "a.rss")
    assert items
    assert "reader-error" not in reasons(items)
