import time

import pytest

from index.readers.formats.mail.fields import decode_field, parse_field
from index.readers.formats.mail.mailboxes import first_mailbox

# Repeated a million times, each makes a simple parser look at all that follows again and again.
PIECES = (b'"', b"(", b"<", b" ,", b"a:", b"@:", b'\\"', b"=?", b"=?a?q?", b";", b';a="\\', b"?", b"\xe9", b" ")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe_an_alle?=", "Grüße an alle"),
        (b"=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        (b"=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"),
        (b"=?UTF-8?B?R3LD\n vMOfZQ==?=", "Grüße"),
        (b"=?utf-8?b?R3LD?= =?utf-8?b?vMOfZQ==?=", "Grüße"),
        (b"=?utf-8?b?R3L?= =?utf-8?b?DvMOfZQ==?=", "Grüße"),
        (b"=?utf-8?q?Gr=C3?=\r\n =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?q?a?= =?iso-8859-1?q?=E9?= b", "aé b"),
        (b"Re: =?utf-8?q?a?= b =?utf-8?q?c?=", "Re: a b c"),
        (b"x=?utf-8?q?=C3=BC?=y", "xüy"),
        (b"=?utf-8?q?two words?=", "two words"),
        (b"=?utf-8?q?Why? Because=2E?=", "Why? Because."),
        (b"=?utf-8?q?cut off", "cut off"),
        (b"=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?q??= end", "end"),
        (b"=?utf-8?q?=3D?=", "="),
        (b"=?utf-8?q?a=ZZb?=", "a=ZZb"),
        (b"=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        (b"=?gb2312?B?1tC5+g==?=", "中国"),
        (b"=?gb2312?B?6UY=?=", "镕"),
        (b"=?gb2312?B?xKM=?=", "模"),  # Its bytes are valid UTF-8.
        (b"=?gb2312?B?5Lit5Zu9?=", "中国"),  # UTF-8 with a wrong label.
        (b"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        (b"=?iso-2022-jp?B?GyRCLSEbKEI=?=", "①"),
        (b"=?x-unknown?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?x-gbk?B?1tC5+g==?=", "中国"),
        (b"=?utf-7?q?Gr+APwA3w-e?=", "Grüße"),
        (b"=?us-ascii?q?Gr=FC=DFe?=", "Grüße"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("cp1252"), "Grüße"),
        (b"a\r\n\tb", "a b"),
        (b"", ""),
    ],
)
def test_value_of_a_field_is_decoded(raw: bytes, text: str) -> None:
    assert decode_field(raw) == text


@pytest.mark.parametrize(
    ("charset", "codec"), [("windows-1251", "cp1251"), ("koi8-r", "koi8_r"), ("iso-8859-5", "iso8859_5")]
)
def test_raw_text_has_the_charset_of_its_message(charset: str, codec: str) -> None:
    assert decode_field("Отчёт".encode(codec), charset) == "Отчёт"


def test_raw_escapes_of_japanese_are_decoded() -> None:
    assert decode_field("日本".encode("iso2022_jp"), "iso-2022-jp") == "日本"


@pytest.mark.parametrize(
    ("raw", "first", "parameters"),
    [
        (b"text/plain; charset=utf-8", "text/plain", {"charset": "utf-8"}),
        (b'TEXT/Plain ;Charset="UTF-8"; format=flowed', "text/plain", {"charset": "UTF-8", "format": "flowed"}),
        (b'multipart/mixed\n\tboundary="a;b"', "multipart/mixed", {"boundary": "a;b"}),
        (b'x; boundary="foo\n bar"', "x", {"boundary": "foo bar"}),
        (b"; filename=a.txt", "", {"filename": "a.txt"}),
        (b"attachment; filename=my report.pdf; size=3", "attachment", {"filename": "my report.pdf", "size": "3"}),
        (b'a; filename="a \\"b\\" c"', "a", {"filename": 'a "b" c'}),
        (b'a; filename="C:\\temp\\new.txt"', "a", {"filename": "C:\\temp\\new.txt"}),
        (b"a; filename*=utf-8''%C3%BCber.txt", "a", {"filename": "über.txt"}),
        (b"a; filename*=iso-8859-1'de'%FCber.txt; filename=uber.txt", "a", {"filename": "über.txt"}),
        (b'a; filename*0=one; filename*1=" two.txt"', "a", {"filename": "one two.txt"}),
        (b"a; filename*1*=%BCber.txt; filename*0*=utf-8''%C3", "a", {"filename": "über.txt"}),
        (b"a; filename*0*=gb2312''%D6%D0; filename*1=.txt", "a", {"filename": "中.txt"}),
        (b"a; filename*=nonsense%C3%BC", "a", {"filename": "nonsenseü"}),
        (b'a; filename="=?utf-8?q?=C3=BCber.txt?="', "a", {"filename": "über.txt"}),
        ("a; filename=über.txt".encode(), "a", {"filename": "über.txt"}),
        (b'a; filename="open', "a", {"filename": "open"}),
        (b"a;;; ; =x; b", "a", {}),
        (b"", "", {}),
    ],
)
def test_parameters_are_read(raw: bytes, first: str, parameters: dict[str, str]) -> None:
    value = parse_field(raw)
    assert (value.first, value.parameters) == (first, parameters)


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        (b"Alma Reyes <alma@example.org>", "Alma Reyes", "alma@example.org"),
        (b'"Katz, Bruno" <b@example.net>, c@example.net', "Katz, Bruno", "b@example.net"),
        (b"a@example.org, b@example.org", "", "a@example.org"),
        (b"a@example.org (Alma Reyes)", "Alma Reyes", "a@example.org"),
        (b"<a@example.org>", "", "a@example.org"),
        (b"Desk: Alma <a@example.org>, Bruno <b@example.org>;", "Alma", "a@example.org"),
        (b"=?utf-8?q?Katz=2C_J=C3=BCrgen?= <j@example.net>", "Katz, Jürgen", "j@example.net"),
        (b'"=?utf-8?q?J=C3=BCrgen?=" <j@example.net>', "Jürgen", "j@example.net"),
        (b'"A \\"B\\" C" <a@example.org>', 'A "B" C', "a@example.org"),
        (b"A (the (old) one) B <a@example.org>", "A B", "a@example.org"),
        (b"Moderator-Address", "Moderator-Address", ""),
        (b'"Alma <a@example.org>', "Alma", "a@example.org"),
        (b" , ,, Alma <a@example.org>", "Alma", "a@example.org"),
        (b"<<>>", "", ""),
        (b",", "", ""),
        (b"", "", ""),
    ],
)
def test_first_mailbox_has_name_and_address(raw: bytes, name: str, address: str) -> None:
    assert first_mailbox(raw) == (name, address)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("start", [b"", b'"', b"=?a?b?", b"a; b=", b"\\a" * 16_000 + b"@"])
def test_hostile_value_of_a_megabyte_is_read_at_once(start: bytes, piece: bytes) -> None:
    raw = start + piece * (1_000_000 // len(piece))
    before = time.perf_counter()
    decode_field(raw)
    parse_field(raw)
    first_mailbox(raw)
    # It takes a tenth of a second; with the square of the length it would take hours.
    assert time.perf_counter() - before < 10
