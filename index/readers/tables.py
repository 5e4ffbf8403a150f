"""The readers' own data files: tab-separated tables with a header line, `#` for comments."""

from functools import cache
from importlib.resources import files

__all__ = ["agency_names", "read_table"]


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `name` ("agencies"), in order, each by column; read once for a process."""
    text = files("index.readers").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])


@cache
def agency_names() -> frozenset[str]:
    """The press and photo agencies of agencies.tsv."""
    return frozenset(row["name"] for row in read_table("agencies"))
