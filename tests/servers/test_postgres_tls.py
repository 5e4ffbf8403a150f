"""Connections to PostgreSQL over the network: encrypted, certificates checked, and noticed when they are gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from index.catalog.postgres.database import PostgresDatabase
from index.errors import CatalogError
from tests.conftest import SEEDS
from tests.servers.postgres import running_postgres
from tests.servers.test_postgres import settings_at, work


@pytest.fixture(scope="module")
def address(postgres_programs: Path, certificate: Path) -> Iterator[str]:
    with running_postgres(postgres_programs, on_network=True, certificate=certificate) as url:
        yield url


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGSSLMODE", "PGSSLROOTCERT"):
        monkeypatch.delenv(name, raising=False)


def asked(url: str, question: str) -> object:
    database = PostgresDatabase(url)
    try:
        with database.connect() as connection:
            return connection.scalar(text(question))
    finally:
        database.close()


@pytest.mark.parametrize(
    ("setting", "is_encrypted"),
    [
        ("", True),
        ("?sslmode=prefer", True),
        ("?sslmode=require", True),
        ("?sslmode=disable", False),
        ("?sslmode=verify-ca&sslrootcert={root}", True),
        ("?sslmode=verify-full&sslrootcert={root}", True),
        ("?sslrootcert={root}", True),
    ],
)
def test_a_mode_encrypts_as_it_says(address: str, certificate: Path, setting: str, is_encrypted: bool) -> None:
    url = address + setting.format(root=certificate / "cert.pem")
    assert asked(url, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") is is_encrypted


@pytest.mark.parametrize("mode", ["verify-ca", "verify-full"])
def test_a_certificate_that_nobody_knows_is_not_trusted(address: str, mode: str) -> None:
    with pytest.raises(CatalogError, match=r"is not trusted \(self-signed.*\?sslmode=verify-full&sslrootcert=FILE"):
        asked(f"{address}?sslmode={mode}", "SELECT 1")


def test_only_verify_full_looks_at_the_name(address: str, certificate: Path) -> None:
    elsewhere = address.replace("127.0.0.1", "localhost") + f"?sslrootcert={certificate / 'cert.pem'}"
    with pytest.raises(CatalogError, match=r"is not trusted \(Hostname mismatch.*localhost"):
        asked(f"{elsewhere}&sslmode=verify-full", "SELECT 1")
    assert asked(f"{elsewhere}&sslmode=verify-ca", "SELECT 1") == 1


def test_variables_of_the_tools_of_postgresql_are_read(
    address: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    with pytest.raises(CatalogError, match="is not trusted"):
        asked(address, "SELECT 1")
    monkeypatch.setenv("PGSSLROOTCERT", str(certificate / "cert.pem"))
    assert asked(address, "SELECT 1") == 1


def test_a_server_that_does_not_encrypt_is_named(postgres_programs: Path) -> None:
    with running_postgres(postgres_programs, on_network=True) as url:
        assert asked(url, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") is False
        with pytest.raises(CatalogError, match=r"the server does not encrypt\. Turn it on there \(ssl = on\)"):
            asked(f"{url}?sslmode=require", "SELECT 1")


def test_a_machine_that_is_gone_is_noticed(address: str) -> None:
    """On a socket of this machine the server says 0 for each of these."""
    found = [asked(address, f"SHOW tcp_keepalives_{name}") for name in ("idle", "interval", "count")]
    assert found == ["20", "5", "3"]


def test_an_archive_is_made_searched_and_changed_over_tls(address: str, certificate: Path, tmp_path: Path) -> None:
    url = f"{address}?sslmode=verify-full&sslrootcert={certificate / 'cert.pem'}&schema=served"
    settings = settings_at(tmp_path, url)
    work(settings)
    assert len(list(SEEDS.glob("*.txt"))) == asked(url, "SELECT count(*) FROM articles")
