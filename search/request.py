"""One request for the command line, the page and the API, and its one form as URL parameters (D10)."""

from enum import StrEnum

from msgspec import Struct

from search.engines.base import Selection, Sort
from search.query.ast import Axis

__all__ = ["PAGE_SIZES", "SearchRequest", "WordMode"]

PAGE_SIZES = (10, 20, 50, 100)


class WordMode(StrEnum):
    """Which of the words must be in an article. AUTO: all, and any of them when nothing has all."""

    AUTO = "auto"
    ALL = "all"
    ANY = "any"


class SearchRequest(Struct, frozen=True):
    """Everything that decides what a search shows.

    Parameters in a URL and options of the command line have the same names: `q`, `person`, `org`, `place`,
    `system`, `source`, `lang` (each many times; a leading `-` excludes; `person.op=all`), `amount`
    (a range such as ">1bn" or "1bn..3bn USD", as after `amount:`), `cur`, `from`, `to`, `axis` ("dates" or
    "published"), `undated` ("yes"), `words`, `exact`, `sort`, `page` (from 1), `size`.
    Entity selections hold ids. `sort` None: relevance when there is a query, else newest.
    """

    q: str = ""
    selections: tuple[Selection, ...] = ()
    amount: str = ""
    date_from: str = ""
    date_to: str = ""
    axis: Axis = Axis.MENTIONED
    is_undated: bool = False
    words: WordMode = WordMode.AUTO
    is_exact: bool = False
    sort: Sort | None = None
    page: int = 1
    size: int = 20
