import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize(
    "path", ["/", "/search?q=S-400", "/help", "/api/v1/search?q=S-400", "/search.csv?q=S-400", "/search.json?q=S-400"]
)
def test_a_compressed_answer_says_the_same(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=20)
    assert packed.headers["Vary"] == plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"].split(", ")


def _lines(name: str, data: bytes) -> list[str]:
    """The lines of a file without comments: no comment of ours stands within a line of code, or is longer than one."""
    begins = "//" if name.endswith(".js") else "/*"
    return [line.strip() for line in data.decode().splitlines() if line.strip() and not line.strip().startswith(begins)]


def _without_blanks(text: str) -> str:
    return re.sub(r"\s|;(?=\s*})", "", text)


_STATIC = sorted(path.name for path in (Path(__file__).parents[4] / "web" / "static").iterdir())


@pytest.mark.parametrize("name", _STATIC)
def test_static_files_are_compressed(client: FlaskClient, name: str) -> None:
    with client.get(f"/static/{name}") as plain, client.get(f"/static/{name}", headers=GZIP) as packed:
        sent, lines = gzip.decompress(packed.data).decode(), _lines(name, plain.data)
        assert _without_blanks(sent) == _without_blanks("".join(lines))
        assert packed.headers["Content-Length"] == str(len(packed.data))
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"


@pytest.mark.parametrize("name", [name for name in _STATIC if name.endswith(".js")])
def test_a_script_keeps_its_lines(client: FlaskClient, name: str) -> None:
    with client.get(f"/static/{name}") as plain, client.get(f"/static/{name}", headers=GZIP) as packed:
        assert [line for line in gzip.decompress(packed.data).decode().splitlines() if line] == _lines(name, plain.data)


@pytest.mark.parametrize("name", [name for name in _STATIC if name.endswith(".css")])
def test_a_style_sheet_keeps_its_texts_and_the_blanks_between_words(client: FlaskClient, name: str) -> None:
    between = re.compile(r'"[^"]*"|(?<=[\w)\]%"*]) (?=[\w.#:>+"(*-])')
    with client.get(f"/static/{name}") as plain, client.get(f"/static/{name}", headers=GZIP) as packed:
        known = between.findall("".join(_lines(name, plain.data)))
        assert between.findall(gzip.decompress(packed.data).decode()) == known
        assert len(known) > 5


def test_a_stream_is_compressed_piece_by_piece(client: FlaskClient) -> None:
    answer = client.get("/mentions.csv?q=S-400", headers=GZIP, buffered=False)
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers
    assert gzip.decompress(b"".join(answer.iter_encoded())).decode().count("S-400") > 10


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_nothing_is_compressed_for_who_does_not_ask(client: FlaskClient, accepted: str) -> None:
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": accepted}).headers


def test_an_unchanged_page_is_told_by_its_tag_compressed_or_not(client: FlaskClient) -> None:
    tag = client.get("/search?q=S-400", headers=GZIP).headers["ETag"]
    assert client.get("/search?q=S-400", headers={**GZIP, "If-None-Match": tag}).status_code == 304
    assert client.get("/search?q=S-400", headers={"If-None-Match": tag}).status_code == 304
