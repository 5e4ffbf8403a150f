"""One table of the packs without loading the rest: fast enough for a search."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from index.packs.rows import read_rows

__all__ = ["read_table"]

_FOLDER = Path(__file__).parent


def read_table(packs: Sequence[str], table: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `<table>.tsv` of every pack that has one, in the order of `packs`.

    Malformed lines are skipped; `load_packs` reports them.

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
    text = file.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    rows = [cells for _, cells in read_rows(text)]
    for cells in rows[1:]:
        yield dict(zip_longest(rows[0], cells[: len(rows[0])], fillvalue=""))
