"""One plain table of the packs without loading the rest: what a search may afford to read."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

__all__ = ["read_table"]

_FOLDER = Path(__file__).parent


def read_table(packs: Sequence[str], table: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `<table>.tsv` of those packs that have it, in order; what is malformed is left to `load_packs`.

    >>> "Gen" in {name for row in read_table(["core"], "abbreviations") for name in row["abbreviation"].split("|")}
    True
    """
    return tuple(row for pack in packs for row in _rows(pack, table))


def _rows(pack: str, table: str) -> Iterator[Mapping[str, str]]:
    file = next(
        (path for path in (_FOLDER / pack / f"{table}.tsv", Path(pack) / f"{table}.tsv") if path.is_file()), None
    )
    if file is None:
        return
    lines = [
        line.rstrip("\r").split("\t")
        for line in file.read_text(encoding="utf-8-sig", errors="replace").split("\n")
        if line.strip() and not line.startswith("#")
    ]
    for cells in lines[1:]:
        yield dict(zip(lines[0], cells, strict=False))
