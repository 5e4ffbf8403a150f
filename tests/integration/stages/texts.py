"""Small articles in several formats, by file name: fixed inputs of the stages. Who changes one renews the digests."""

import io
import zipfile
from collections.abc import Mapping

__all__ = ["TEXTS"]


def _pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file with the same bytes at any time on any machine."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return output.getvalue()


_PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>Ankara waits"
    b"</title></head><body><p>"
    b"Turkey waits for an answer from Washington, Hulusi Akar said in Ankara on 5 May 2020.</p></body></html>"
)

TEXTS: dict[str, bytes] = {
    "talks.txt": (
        b"Turkey and Russia hold talks in Ankara\n\n12 March 2019\n\nIsmail Demir, head of the Presidency of Defense"
        b" Industries (SSB), met officials of Rosoboronexport in Ankara on Monday. Demir said that the S-400 deal is"
        b" worth $2.5 billion.\n\nVladimir Putin and Recep Tayyip Erdogan spoke on Tuesday. Mr Putin left for Sochi.\n"
    ),
    "patriot.txt": (
        b"Patriot offer expires\n\nWASHINGTON, 5 April 2019 - The United States withdrew its offer of Patriot missiles,"
        b" a spokesman of the State Department said. Raytheon Co gave no comment.\n\nRead more: Turkey buys S-400\n"
    ),
    "latin1.txt": (
        "Erdoğan à Paris\n\nLe président turc a rencontré Emmanuel Macron à l'Élysée en janvier 2018.\n"
    ).encode("iso-8859-9"),
    "empty.txt": b"",
    "binary.txt": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "note.md": (
        b"---\ntitle: Second batch of S-400\ndate: 2021-09-26\nauthor: Newsroom\n---\n\n# Second batch of S-400\n\n"
        b"Turkey may buy a **second** batch of the S-400, Erdogan told CBS News.\n\n- Ankara\n- Moscow\n"
    ),
    "page.html": (
        b"<html lang='en'><head><title>Deal signed | Example News</title>"
        b"<meta property='article:published_time' content='2017-12-29T10:00:00Z'></head><body><article>"
        b"<h1>Deal signed</h1><p>Turkey and Russia signed the deal for the S-400 in Ankara on Friday, the ministry"
        b" said. Moscow will lend part of the price, 55 percent of 2.5 billion dollars.</p><p>The first battery is due"
        b" in early 2020, said the Undersecretariat for Defence Industries.</p></article></body></html>"
    ),
    "one.json": (
        b'{"title": "F-35 pilots leave", "body": "Turkish pilots left Luke Air Force Base in July 2019.",'
        b' "published": "2019-07-31", "source": "Example Wire"}'
    ),
    "rows.jsonl": (
        b'{"id": "a", "title": "Sanctions", "body": "Congress passed CAATSA in 2017. Turkey was sanctioned in 2020."}\n'
        b"not JSON\n"
        b'{"title": "No text"}\n'
        b'{"body": "Almaz-Antey makes the S-400. Almaz-Antey said so on 3 May 2018."}\n'
    ),
    "table.csv": (
        b"title,body,date\n"
        b'Loan,"Russia gave a loan of 1.2bn euros, Kommersant reported.",2018-01-09\n'
        b'Visit,"Sergei Lavrov met Mevlut Cavusoglu in Antalya; Lavrov stayed two days.",2018-08-14\n'
    ),
    "mail.eml": (
        b"From: desk@example.org\r\nTo: all@example.org\r\nSubject: Press review\r\n"
        b"Date: Tue, 16 Jul 2019 08:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        b"Reuters: the third S-400 shipment landed at Murted air base near Ankara.\r\n"
    ),
    "box.mbox": (
        b"From desk@example.org Tue Jul 16 08:00:00 2019\nSubject: First\nDate: Tue, 16 Jul 2019 08:00:00 +0000\n\n"
        b"NATO voiced concern. Jens Stoltenberg spoke in Brussels.\n\n"
        b"From desk@example.org Wed Jul 17 08:00:00 2019\nSubject: Second\nDate: Wed, 17 Jul 2019 08:00:00 +0000\n\n"
        b"The White House said Turkey cannot have the F-35. Mr Stoltenberg agreed.\n"
    ),
    "wire.xml": (
        b"<rss version='2.0'><channel><title>Example Wire</title><item><title>Akar in Moscow</title><guid>w1</guid>"
        b"<link>http://example.org/w1</link><pubDate>Tue, 10 Mar 2020 08:00:00 GMT</pubDate>"
        b"<description>&lt;p&gt;Hulusi"
        b" Akar met Sergei Shoigu in Moscow.&lt;/p&gt;</description></item></channel></rss>"
    ),
    "crawl.warc": (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/2020/05/06/ankara-waits\r\n"
        b"WARC-Date: 2020-05-07T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(_PAGE), _PAGE)
    ),
    "texts.zip": _pack(
        {
            "news/one.txt": b"Letter to Trump\n\nErdogan wrote to Donald Trump in October 2019.\n",
            "rows.csv": b"title,body\nPrice,The S-400 costs $2.5 billion.\n",
            "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
        }
    ),
    "letter.docx": _pack(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": (
                b"<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r>"
                b"<w:t>A reply</w:t></w:r>"
                b"</w:p><w:p><w:r><w:t>Mike Pompeo answered on 3 June 2020.</w:t></w:r></w:p></w:body></w:document>"
            ),
        }
    ),
    "letter.odt": _pack(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<o:d xmlns:o='o' xmlns:t='t'><t:h>A reply</t:h>"
            b"<t:p>Mark Esper answered from Brussels.</t:p></o:d>",
        }
    ),
}
