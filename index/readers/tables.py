"""Data files of the readers: tab-separated tables with a header line, `#` for comments."""

from importlib.resources import files

__all__ = ["parse_table"]


def parse_table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table `name` ("agencies") beside the modules of `package`, in order, each by column."""
    text = files(package).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])
