import gzip

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


def without_comments(name: str, data: bytes) -> bytes:
    lines = data.decode().splitlines(keepends=True)
    if name.endswith(".js"):
        return "".join(line for line in lines if not line.strip().startswith("//")).encode()
    # No comment of ours stands within a line of code, and none is longer than a line.
    kept = [line for line in lines if not line.startswith("/*")]
    return "".join(kept).lstrip().encode()


@pytest.mark.parametrize("name", ["site.css", "site.js"])
def test_static_files_are_compressed(client: FlaskClient, name: str) -> None:
    with client.get(f"/static/{name}") as plain, client.get(f"/static/{name}", headers=GZIP) as packed:
        assert gzip.decompress(packed.data) == without_comments(name, plain.data)
        assert len(plain.data) - len(gzip.decompress(packed.data)) < len(plain.data) / 5
        assert packed.headers["Content-Length"] == str(len(packed.data))
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"


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
