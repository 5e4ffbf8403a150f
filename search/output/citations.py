"""An article as a reference: in plain words, and in the formats of programs that keep references."""

import json
import re
from collections.abc import Callable, Mapping

from index.model import Article, DateInterval, DatePrecision
from search.output.wording import interval_in_words

__all__ = ["CITATION_FORMATS", "bibtex", "citation_parts", "csl_json", "plain_citation", "ris"]

_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_NO_KEY = re.compile(r"[^A-Za-z0-9]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def plain_citation(article: Article) -> str:
    """Return author, title, publisher, day and address of an article, as far as they are known, in one line."""
    return " ".join(citation_parts(article))


def citation_parts(article: Article) -> tuple[str, ...]:
    """Return the parts of `plain_citation`: each may be of another direction of writing."""
    day = interval_in_words(article.published) if article.published else "no date"
    parts = [
        f"{_line(article.byline)}." if article.byline else "",
        f"“{_line(article.title)}”.",
        f"{_line(article.source)}, {day}." if article.source else f"{day[0].upper()}{day[1:]}.",
        _line(article.url or article.locator),
    ]
    return tuple(part for part in parts if part)


def bibtex(article: Article) -> str:
    """Return an article as an entry of BibTeX; signs that mean something there are escaped."""
    year, month, day = _date(article.published)
    fields = {
        "title": f"{{{_escaped(article.title)}}}",
        "author": f"{{{_escaped(article.byline)}}}" if article.byline else "",
        "journal": _escaped(article.source or ""),
        "year": f"{year}" if year else "",
        "month": _MONTHS[month - 1] if month else "",
        "day": f"{day}" if day else "",
        "url": _line(article.url or "").replace("{", "%7B").replace("}", "%7D"),
        "note": "" if article.url else _escaped(article.locator),
    }
    # Names of months are macros, which stand without braces.
    lines = [f"  {name} = {text if name == 'month' else '{' + text + '}'},\n" for name, text in fields.items() if text]
    return f"@article{{{_NO_KEY.sub('-', article.id).strip('-')},\n{''.join(lines)}}}\n"


def ris(article: Article) -> str:
    """Return an article as a record of RIS, with the line ends that the format asks for."""
    year, month, day = _date(article.published)
    rows = [
        ("TY", "NEWS"),
        ("ID", article.id),
        ("TI", article.title),
        ("AU", article.byline),
        ("T2", article.source),
        ("PY", f"{year:04}" if year else ""),
        ("DA", f"{year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/" if year else ""),
        ("LA", article.language),
        ("UR", article.url),
        ("L1", "" if article.url else article.locator),
        ("ER", " "),
    ]
    return "".join(f"{tag}  - {_line(text)}\r\n" for tag, text in rows if text)


def csl_json(article: Article) -> str:
    """Return an article as an array of one item of CSL-JSON."""
    parts = [part for part in _date(article.published) if part]
    item = {
        "id": article.id,
        "type": "article-newspaper",
        "title": _line(article.title),
        "author": [{"literal": _line(article.byline)}] if article.byline else None,
        "container-title": _line(article.source) if article.source else None,
        "issued": {"date-parts": [parts]} if parts else None,
        "language": article.language,
        "URL": article.url,
        "source": None if article.url else article.locator,
    }
    known = {name: value for name, value in item.items() if value}
    return json.dumps([known], ensure_ascii=False, indent=2) + "\n"


CITATION_FORMATS: Mapping[str, tuple[str, str, str, Callable[[Article], str]]] = {
    "bibtex": ("BibTeX", "application/x-bibtex", "bib", bibtex),
    "ris": ("RIS", "application/x-research-info-systems", "ris", ris),
    "csl": ("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json),
}
"""Formats of references by name: what it is called, its media type, the ending of its files, and what writes it."""


def _date(published: DateInterval | None) -> tuple[int, int, int]:
    """Return year, month and day as far as they are known for sure; 0 for a part that is not."""
    if published is None or published.start is None or published.end is None:
        return 0, 0, 0
    start, end = published.start, published.end
    if start.year != end.year:
        return 0, 0, 0
    if start.month != end.month or published.precision is DatePrecision.YEAR:
        return start.year, 0, 0
    return start.year, start.month, start.day if start == end else 0


def _escaped(text: str) -> str:
    return "".join(_BIBTEX_SIGNS.get(sign, sign) for sign in _line(text))


def _line(text: str | None) -> str:
    """Return a text as one line: line ends would begin a new field."""
    return " ".join((text or "").split())
