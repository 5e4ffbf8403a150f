"""Writes tables into a page, each between two marks, so that a page is never older than the figures by hand."""

from collections.abc import Sequence

from tests.evaluation.tables.rows import Row, as_markdown

__all__ = ["fill"]


def fill(page: str, rows: Sequence[Row]) -> str:
    """The page with the tables of each subject of `rows` between `<!-- SUBJECT -->` and `<!-- /SUBJECT -->`.

    What stood there is replaced; subjects without marks, and marks without rows, are left alone.

    >>> print(fill("<!-- dates -->old<!-- /dates -->", [Row("dates", "news", "dates", "ours", "strict", 81.2)]))
    <!-- dates -->
    **dates: strict**
    <BLANKLINE>
    | | news |
    |---|---|
    | ours | 81.2 |
    <BLANKLINE>
    <!-- /dates -->
    """
    for subject in dict.fromkeys(row.subject for row in rows):
        tables = "\n".join(as_markdown([row for row in rows if row.subject == subject]))
        before, opening, rest = page.partition(f"<!-- {subject} -->")
        _, closing, after = rest.partition(f"<!-- /{subject} -->")
        if closing:
            page = f"{before}{opening}\n{tables}\n{closing}{after}"
    return page
