"""The readers' own data files: tab-separated tables with a header line, `#` for comments."""

from functools import cache
from importlib.resources import files

__all__ = ["agency_names", "publisher_name", "read_table"]


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `name` ("agencies"), in order, each by column; read once for a process."""
    text = files("index.readers").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])


@cache
def agency_names() -> frozenset[str]:
    """The press and photo agencies of agencies.tsv, as they sign."""
    return frozenset(_agencies())


def publisher_name(text: str) -> str:
    """The name to list a publisher under: "Reuters" for "REUTERS", what is no agency as it is."""
    return _agencies().get(text, text)


@cache
def _agencies() -> dict[str, str]:
    return {row["name"]: row["publisher"] for row in read_table("agencies")}
