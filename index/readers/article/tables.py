"""Data files of the readers: tab-separated tables with a header line, `#` for comments."""

from functools import cache
from importlib.resources import files

__all__ = ["agency_names", "publisher_name", "read_table"]


@cache
def read_table(name: str, *, package: str = "index.readers.article") -> tuple[dict[str, str], ...]:
    """Return the rows of the table `name` ("agencies"), in order, each by column; read once for each process."""
    text = files(package).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])


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
