"""Data files of the analyzer: tab-separated tables with a header line, `#` for comments."""

from importlib.resources import files

__all__ = ["read_table"]


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table `name` ("languages") in order, each by column."""
    text = files("index.analyzer").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])
