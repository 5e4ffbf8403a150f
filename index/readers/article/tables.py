"""Tables of patterns and names for reading articles, and the names of agencies in them."""

from functools import cache

from index.readers.tables import parse_table

__all__ = ["agency_names", "publisher_name", "read_table"]


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table `name` ("agencies"), in order, each by column; read once for each process."""
    return parse_table("index.readers.article", name)


@cache
def agency_names() -> frozenset[str]:
    """Return the press and photo agencies of agencies.tsv, as they sign."""
    return frozenset(_agencies())


def publisher_name(text: str) -> str:
    """Return the display name of a publisher: "Reuters" for "REUTERS"; unknown names stay as they are."""
    return _agencies().get(text, text)


@cache
def _agencies() -> dict[str, str]:
    return {row["name"]: row["publisher"] for row in read_table("agencies")}
