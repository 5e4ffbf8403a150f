"""Addresses of catalogs on a server that are refused at once."""

import pytest

from index.catalog.postgres.address import read_address
from index.errors import UsageError


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://:secret@db.example.org/news", "there is a password and no user. Write postgresql://USER@HOST"),
        ("postgresql://desk:secret@db.example.org", "no database is named"),
        ("postgresql://desk@db.example.org/news?sslmode=allow", "sslmode cannot be 'allow'. Write one of: disable, "),
        ("postgresql+pg8000://desk:secret@db.example.org/news?sslrootcert=/no.pem", "/no.pem holds no certificates"),
        ("postgresql://desk@db.example.org/news?sslmode=require&sslrootcert=/ca.pem", "so sslrootcert does nothing"),
        (
            "postgresql://desk@db.example.org/news?sslcert=/me.pem",
            "sslcert is not a setting of this driver. Known: app",
        ),
        ("postgresql://desk@/news?host=/run/postgresql&colour=red", "colour is not a setting"),
        ("nonsense", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_at_once(address: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        read_address(address)
    assert "secret" not in str(error.value)


def test_other_drivers_have_settings_of_their_own() -> None:
    found = read_address("postgresql+psycopg://desk:secret@db.example.org/news?sslmode=verify-full&schema=wires")
    assert (found.schema, dict(found.url.query), found.url.password) == ("wires", {"sslmode": "verify-full"}, "secret")
