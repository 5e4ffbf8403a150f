"""Small articles in several formats, by file name: fixed inputs of the stages. Who changes one renews the digests."""

__all__ = ["TEXTS"]

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
}
