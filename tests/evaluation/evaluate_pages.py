"""Dates of publication and texts of web pages, read as files without their address.

    python -m tests.evaluation.evaluate_pages --data DIR --mistakes

DIR, by default the folder in DOSSIER_EVALUATION_DATA, holds `reading/dated_pages.jsonl.gz` (url, date, html_base64) and
`reading/page_bodies.jsonl.gz` (id, body, html_base64).
"""

import argparse
import base64
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from index.model import Article
from index.readers.base import Source
from index.readers.registry import read_source
from tests.evaluation.sets.public_sets import read_lines
from tests.evaluation.tables.rows import Row, as_markdown

__all__ = ["PAGE_MEASURES", "PAGE_SETS"]

PAGE_SETS = {"dated_pages": "reading/dated_pages.jsonl.gz", "page_bodies": "reading/page_bodies.jsonl.gz"}
"""The file of each set in the folder."""
_OURS = "dossier"
_SHINGLE = 4


def _measure_dates(data: Path) -> Iterator[Row]:
    """The share of pages with the right day, and of those with no wrong one: a date that a page has not is wrong."""
    pairs = [(row["date"], _day(_read(row))) for row in read_lines(data / PAGE_SETS["dated_pages"])]
    right = sum(found == wanted for wanted, found in pairs)
    undated = sum(found is None for _, found in pairs)
    for measure, count in (("right", right), ("right or undated", right + undated)):
        yield Row("page_dates", "dated_pages", "dates", _OURS, measure, 100 * count / len(pairs))


def _measure_texts(data: Path) -> Iterator[Row]:
    """Precision, recall and F1 of runs of four words in the story, without title and boilerplate: means over pages."""
    rows = read_lines(data / PAGE_SETS["page_bodies"])
    scores = [_text_scores(row["body"], _story(_read(row))) for row in rows]
    precision, recall = fmean(score[0] for score in scores), fmean(score[1] for score in scores)
    figures = {"precision": precision, "recall": recall, "F1": 2 * precision * recall / (precision + recall)}
    for measure, value in figures.items():
        yield Row("page_texts", "page_bodies", "texts", _OURS, measure, 100 * value)


def _read(row: dict[str, Any]) -> Article | None:  # Any: rows of formats that are not ours
    found = next(iter(read_source(Source("page.html", data=base64.b64decode(row["html_base64"])))))
    return found if isinstance(found, Article) else None


def _day(article: Article | None) -> str | None:
    return article.published.value if article is not None and article.published is not None else None


def _story(article: Article | None) -> str:
    if article is None:
        return ""
    left_out = [furniture.span for furniture in article.furniture]
    left_out += [article.title_span] if article.title_span is not None else []
    text = article.body
    for span in sorted(left_out, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text


def _text_scores(wanted: str, found: str) -> tuple[float, float]:
    """Precision and recall of the runs of four words.

    >>> _text_scores("one two three four five", "one two three four")
    (1.0, 0.5)
    """
    ours, theirs = _shingles(found), _shingles(wanted)
    common = (ours & theirs).total()
    return (common / ours.total() if ours else 0.0, common / theirs.total() if theirs else 1.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(
        tuple(words[place : place + _SHINGLE]) for place in range(max(len(words) - _SHINGLE + 1, min(len(words), 1)))
    )


def _mistakes(data: Path) -> Iterator[str]:
    for row in read_lines(data / PAGE_SETS["dated_pages"]):
        article = _read(row)
        found = _day(article)
        if found != row["date"]:
            origin = article.published_origin if article is not None else "not read"
            yield f"{row['date']}  {found}  {origin}  {row['url'][:120]}"


PAGE_MEASURES: Mapping[str, tuple[str, Callable[[Path], Iterator[Row]]]] = {
    "page_dates": (PAGE_SETS["dated_pages"], _measure_dates),
    "page_texts": (PAGE_SETS["page_bodies"], _measure_texts),
}
"""The file of each subject, and what measures it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit code 2 when the folder does not hold the sets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("DOSSIER_EVALUATION_DATA", "")))
    parser.add_argument("--mistakes", action="store_true", help="also print the pages whose day is not the right one")
    options = parser.parse_args(arguments)
    if not all((options.data / file).is_file() for file in PAGE_SETS.values()):
        print(f"{options.data} has to hold {' and '.join(PAGE_SETS.values())}.", file=sys.stderr)
        return 2
    print("\n".join(as_markdown([*_measure_dates(options.data), *_measure_texts(options.data)])))
    if options.mistakes:
        print("\n".join(_mistakes(options.data)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
