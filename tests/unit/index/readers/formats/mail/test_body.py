import pytest

from index.model import Article
from tests.unit.index.readers.formats.mail.samples import article_of, failures_of, multipart, read

HEAD = "From: Alma Reyes <alma@example.org>\nDate: Tue, 03 Mar 2020 10:00:00 +0100\nSubject: S\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"
PICTURE = 'Content-Type: image/png\nContent-Disposition: inline; filename="x.png"\n\nx'
STORY = "The ferries between the islands returned to service on Monday morning, said the harbor master."
INNER = (
    "From: Bruno Katz <bruno@example.net>\nTo: Alma Reyes <alma@example.org>\n"
    "Date: Mon, 02 Mar 2020 08:00:00 +0000\nSubject: =?utf-8?q?Zahlung_f=C3=BCr?= Zephyrine\n"
)


def body_of(text: str) -> str:
    return article_of(HEAD + text).body.removeprefix("S\n\n").strip()


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (multipart(PLAIN + "One.", PLAIN + "Two."), "One.\n\nTwo."),
        (multipart(PLAIN + "One.", PICTURE, PLAIN + "Two."), "One.\n\nAttachment: x.png (not read: image/png)\n\nTwo."),
        (multipart(PLAIN + "One.", HTML + "<p>Two</p>"), "One.\n\nTwo"),
        (multipart("\nNo header.", "Content-Type: nonsense\n\nTwo."), "No header.\n\nTwo."),
        (multipart(multipart(PLAIN + "One.", boundary="c"), PLAIN + "Two."), "One.\n\nTwo."),
        (multipart(multipart(PLAIN + "One.", boundary="bb"), PLAIN + "Two."), "One.\n\nTwo."),
        (multipart(PLAIN + "One.", PLAIN + "Two.").replace("--b--\n", ""), "One.\n\nTwo."),
        (multipart(PLAIN + "One.") + "\n--b\n" + PLAIN + "Two.\n", "One.\n\nTwo."),
        (multipart(PLAIN + "One.", PLAIN + "Two.").replace('="b"', '="x"'), "One.\n\nTwo."),
        (multipart(PLAIN + "One.", PLAIN + "Two.").replace('; boundary="b"', ""), "One.\n\nTwo."),
        ("Content-Type: multipart/mixed; boundary=b\n\nOne.\n", "One."),
        (multipart(PLAIN + "One.", "Content-Type: application/pgp-signature\n\nx", kind="signed"), "One."),
        ("Content-Type: text/enriched\n\n<bold>One</bold> <<two>\n", "One <two>"),
        ("Content-Type: text/plain; name=body.txt\n\nOne.\n", "One."),
        ("Content-Type: text/x-patch\n\nOne.\n", "One."),
        (multipart(PLAIN + "One.", HTML + "<img>", kind="related"), "One."),
        (
            multipart(HTML + "<p>One</p>", "Content-Type: image/gif\n\nx", PICTURE, kind="related"),
            "One\n\nAttachment: x.png (not read: image/png)",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_text_parts_are_read_in_order(text: str, body: str, line_end: str) -> None:
    article = article_of((HEAD + text).replace("\n", line_end))
    assert article.body.removeprefix("S\n\n").strip() == body


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ((PLAIN + STORY, HTML + f"<p>{STORY}</p><p>Unsubscribe</p>"), STORY),
        ((HTML + f"<p>{STORY}</p>", PLAIN + STORY + " plain"), STORY + " plain"),
        ((PLAIN + " \n", HTML + f"<p>{STORY}</p>"), STORY),
        ((HTML + f"<p>{STORY}</p>",), STORY),
        ((PLAIN + "View this mail in your browser: https://example.org/1", HTML + f"<p>{STORY}</p>"), STORY),
        ((PLAIN + "Ihr Programm zeigt kein HTML an.", HTML + f"<p>{STORY}</p>"), STORY),
        (
            (PLAIN + "Peter Quill docked at Narva.", HTML + "<p>Ferries returned</p>"),
            "Peter Quill docked at Narva.\n\nFerries returned",
        ),
        ((PLAIN + STORY, "Content-Type: text/calendar\n\nBEGIN:VCALENDAR"), STORY),
        (("Content-Type: text/calendar\n\nBEGIN:VCALENDAR",), "BEGIN:VCALENDAR"),
        ((PLAIN + "港口的仓库已满。", HTML + "<p>港口的<b>仓库</b>已满。</p>"), "港口的仓库已满。"),
        (
            (PLAIN + STORY, multipart(HTML + f"<p>{STORY}</p>", PICTURE, kind="related", boundary="c")),
            f"{STORY}\n\nAttachment: x.png (not read: image/png)",
        ),
    ],
)
def test_plain_text_is_chosen_unless_it_is_a_stub(parts: tuple[str, ...], body: str) -> None:
    assert body_of(multipart(*parts, kind="alternative")) == body


@pytest.mark.parametrize(
    "text",
    [
        multipart(PLAIN + "See below.", f"Content-Type: message/rfc822\n\n{INNER}\nLarkspur paid."),
        multipart(PLAIN + "See below.", f"Content-Type: message/rfc822\n\n\n{INNER}\nLarkspur paid."),
        multipart(PLAIN + "See below.", f"Content-Type: message/rfc822\n\n{INNER}{HTML}<p>Larkspur paid.</p>"),
        multipart(
            PLAIN + "See below.",
            f"Content-Type: message/rfc822\n\n{INNER}" + multipart(PLAIN + "Larkspur paid.", boundary="c"),
        ),
        multipart(PLAIN + "See below.", multipart(f"\n{INNER}\nLarkspur paid.", kind="digest", boundary="c")),
    ],
)
def test_attached_message_is_read_with_its_own_fields(text: str) -> None:
    assert body_of(text) == (
        "See below.\n\nAttached message\nFrom: Bruno Katz <bruno@example.net>\n"
        "Date: Mon, 02 Mar 2020 08:00:00 +0000\nSubject: Zahlung für Zephyrine\n\nLarkspur paid."
    )
    article = article_of(HEAD + text)
    assert article.published is not None
    assert (article.title, article.byline, article.published.value) == ("S", "Alma Reyes", "2020-03-03")


def test_message_attached_to_an_attached_message_is_read() -> None:
    text = INNER + "\nThe innermost words."
    for depth in range(5):
        text = f"Subject: level {depth}\n" + multipart(
            PLAIN + f"Text {depth}.", f"Content-Type: message/rfc822\n\n{text}", boundary=f"b{depth}"
        )
    body = article_of(HEAD + text).body
    assert all(f"Text {depth}." in body for depth in range(5))
    assert "The innermost words." in body


def test_attached_message_has_a_charset_of_its_own() -> None:
    inner = "From: Иван\nSubject: Отчёт\nContent-Type: text/plain; charset=windows-1251\n\nСклад полон.".encode(
        "cp1251"
    )
    start, end = (HEAD + multipart("Content-Type: message/rfc822\n\n@")).encode().split(b"@\n--b--")
    body = article_of(start + inner + b"\n--b--" + end).body
    assert "From: Иван\nSubject: Отчёт\n\nСклад полон." in body


def test_nesting_without_end_is_told() -> None:
    text = HEAD + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000))
    assert [reason for _, reason in failures_of(text + "\nHello.\n")] == ["too-deep"]
    inside = "Content-Type: message/rfc822\n\nSubject: x\n" * 2_000
    found = read(HEAD + multipart(PLAIN + "Hello.", inside))
    assert isinstance(found[0], Article)
    assert "Hello." in found[0].body
    assert [reason for _, reason in failures_of(HEAD + multipart(PLAIN + "Hello.", inside))] == ["too-deep"]


def test_more_parts_than_any_message_has_are_told() -> None:
    text = HEAD + multipart(*(PLAIN + f"Text {number}." for number in range(2_002)))
    assert "Text 1999." in article_of(text).body
    assert "Text 2000." not in article_of(text).body
    assert failures_of(text) == [("a.eml#body", "too-large")]


def test_many_bad_parts_are_counted_not_listed() -> None:
    text = HEAD + multipart(PLAIN + "Hello.", *("Content-Transfer-Encoding: 9bit\n\nx",) * 50)
    assert len(failures_of(text)) == 21
    assert failures_of(text)[-1] == ("a.eml#other parts", "damaged")


def test_problems_of_one_part_are_one_failure() -> None:
    part = "Content-Transfer-Encoding: 9bit\nContent-Type: text/plain; charset=x-klingon\n\nGrüße"
    assert failures_of(HEAD + multipart(PLAIN + "Hello.", part)) == [("a.eml#part 2", "damaged")]


FLOWED = "Content-Type: text/plain; charset=utf-8; format=flowed"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"{FLOWED}\n\nA long \nline.\nNext.\n", "A long line.\nNext."),
        (f"{FLOWED}; delsp=yes\n\ntrans \nport of  \ncargo\n", "transport of cargo"),
        (f"{FLOWED}\n\n> quoted \n> line\n>> deeper \nown\n", "> quoted line\n>> deeper \nown"),
        (f"{FLOWED}\n\nText \n-- \nAlma\n", "Text \n-- \nAlma"),
        (f"{FLOWED}\n\n From the quay \n >no quote\n", "From the quay >no quote"),
        (f"{PLAIN}A long \nline.\n", "A long \nline."),
    ],
)
def test_lines_that_flow_are_joined(text: str, body: str) -> None:
    assert body_of(text) == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("\n\nCaf=C3=A9 open, caf=C3=A9=\n closed=2C he said.\n", "Café open, café closed, he said."),
        ("\n\n=D0=9F=D0=BE=D1=80=D1=82\n", "Порт"),
        ("\n\nSet x=C3=A9 once.\n", "Set x=C3=A9 once."),
        ("\n\nThe codes =C3=28 and =D0=FF\n", "The codes =C3=28 and =D0=FF"),
        ("\n\na=1 b=20\n", "a=1 b=20"),
    ],
)
def test_quoted_printable_is_known_by_its_letters(text: str, body: str) -> None:
    assert body_of("Content-Type: text/plain; charset=utf-8" + text) == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("UG9ydCBvZiBSaWdh\nIGlzIGNsb3NlZA==\n", "Port of Riga is closed"),
        ("UG9ydCBvZiBSaWdh\n IGlzIGNsb3NlZA==\n-- \nA list\n", "Port of Riga is closed\n-- \nA list"),
        (
            "UG9ydCBvZiBSaWdhIGlzIGNsb3NlZA==\n______\nhttp://list.example.org/\n",
            "Port of Riga is closed\n______\nhttp://list.example.org/",
        ),
        ("Text\nthis is plain, no code\n", "Text\nthis is plain, no code"),
    ],
)
def test_the_footer_of_a_list_behind_base64_is_text(text: str, body: str) -> None:
    assert body_of(f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{text}") == body
