"""Marks and data of PGP are no part of an article, and an encrypted text is told."""

import json

import pytest

from index.readers.article.armor import remove_armor
from tests.unit.index.readers.reading import article, articles, found, read

DATA = "iQEzBAEBCAAdFiEEq0x3l2Yh8nXcM1ZfVb7Q0m1kR2gFAmXkU1wACgkQVb7Q0m1k\nR2jLxQf+K9pVn4yq3bXoT1uWm8s=\n=aB3d\n"
SIGNATURE = f"-----BEGIN PGP SIGNATURE-----\nVersion: GnuPG v2\n\n{DATA}-----END PGP SIGNATURE-----\n"
SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
ENCRYPTED = f"-----BEGIN PGP MESSAGE-----\n\n{DATA}-----END PGP MESSAGE-----\n"
KEY = (
    f"-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: https://example.org\n\n{DATA}-----END PGP PUBLIC KEY BLOCK-----\n"
)
TEXT = "The ferries between the islands are back.\n\nThe strike is over.\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (SIGNED + TEXT + SIGNATURE, TEXT),
        ("-----BEGIN PGP SIGNED MESSAGE-----\n\n" + TEXT + SIGNATURE, TEXT),
        ("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\nHash: SHA256\n\n" + TEXT + SIGNATURE, TEXT),
        (SIGNED.replace("\n", "\r\n") + TEXT + SIGNATURE.replace("\n", "\r\n"), TEXT),
        (f"Before.\n\n{SIGNED}{TEXT}{SIGNATURE}\nAfter.\n", f"Before.\n\n{TEXT}\nAfter.\n"),
        (SIGNED + "- -- \nJane\n- From here on.\n- a point\n" + SIGNATURE, "-- \nJane\nFrom here on.\n- a point\n"),
        (SIGNED.replace("\n\n", "\nNotDashEscaped: yes\n\n") + "- -- \n" + SIGNATURE, "- -- \n"),
        (SIGNED + TEXT + SIGNATURE.partition("\n=aB3d")[0], TEXT),
        (SIGNED + TEXT + KEY + SIGNATURE, TEXT),
        (TEXT + KEY, TEXT),
        (
            "".join(f"> {line}\n" for line in (SIGNED + "Quoted.\n" + SIGNATURE).splitlines()) + TEXT,
            f"> Quoted.\n{TEXT}",
        ),
        (
            SIGNED
            + (SIGNED + TEXT + SIGNATURE).replace("-----B", "- -----B").replace("-----E", "- -----E")
            + SIGNATURE,
            TEXT,
        ),
    ],
)
def test_marks_and_data_are_removed(text: str, left: str) -> None:
    assert remove_armor(text).text == left
    assert not remove_armor(text).is_encrypted


@pytest.mark.parametrize(
    "text",
    [
        "A text without PGP.\r\n",
        "It begins with -----BEGIN PGP SIGNATURE----- and ends so.\n",
        "-----BEGIN PGP SIGNATURE-----\nThen comes the signature, a block of letters. It\nends.\n",
        "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n",
    ],
)
def test_a_text_about_pgp_stays(text: str) -> None:
    assert remove_armor(text).text == text


MAIL = "From: a@example.org\nSubject: Ferries\nDate: Mon, 4 Mar 2019 10:00:00 +0000\n\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "{}"),
        ("a.asc", "{}"),
        ("a.eml", MAIL + "{}"),
        ("a.mbox", "From a@example.org Mon Mar  4 10:00:00 2019\n" + MAIL + "{}"),
        ("a.html", "<html><body><h1>Ferries</h1><pre>{}</pre></body></html>"),
    ],
)
def test_every_format_is_read_without_armor_and_tells_what_is_encrypted(name: str, content: str) -> None:
    body = article(content.replace("{}", SIGNED + TEXT + SIGNATURE).encode(), name).body
    assert "The strike is over." in body
    assert "PGP" not in body
    assert "iQEz" not in body
    items = read(content.replace("{}", f"{TEXT}\n{ENCRYPTED}").encode(), name)
    assert "encrypted" in found(items).values()
    assert ["iQEz" in each.body for each in articles(items)] == [False]


@pytest.mark.parametrize(
    ("name", "content", "outcomes"),
    [
        ("a.txt", ENCRYPTED, {"a.txt": "encrypted"}),
        ("a.eml", MAIL + ENCRYPTED, {"a.eml": "encrypted"}),
        (
            "a.jsonl",
            json.dumps({"text": ENCRYPTED}) + "\n" + json.dumps({"text": TEXT}),
            {"a.jsonl#1": "encrypted", "a.jsonl#2": "article"},
        ),
        ("a.txt", TEXT + ENCRYPTED, {"a.txt": "article", "a.txt#body": "encrypted"}),
        (
            "a.jsonl",
            json.dumps({"text": TEXT + ENCRYPTED}) + "\n",
            {"a.jsonl#1": "article", "a.jsonl#1 body": "encrypted"},
        ),
        ("a.asc", KEY, {"a.asc": "empty"}),
    ],
)
def test_what_is_encrypted_is_a_failure(name: str, content: str, outcomes: dict[str, str]) -> None:
    assert found(read(content.encode(), name)) == outcomes
