"""The request that the command line, the page and the API share, and the choices in it."""

from enum import StrEnum

from msgspec import Struct

from index.model import Kind
from search.query.ast import Axis

__all__ = [
    "PAGE_SIZES",
    "AmountChoice",
    "AmountOrder",
    "MatchMode",
    "MentionChoice",
    "Order",
    "SearchRequest",
    "Selection",
    "Sort",
    "WordMode",
]

PAGE_SIZES = (10, 20, 50, 100)


class MatchMode(StrEnum):
    """Require any or all of the selected values of a facet."""

    ANY = "any"
    ALL = "all"


class Sort(StrEnum):
    """Order of hits. Ties are broken by document id; undated documents come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Order(StrEnum):
    """The order by relevance: by words and meaning together, or by words alone."""

    MEANING = "meaning"
    WORDS = "words"


class Selection(Struct, frozen=True):
    """The values selected in one facet field. Documents with one of `excluded` never match, whatever the mode."""

    field: str
    values: tuple[str, ...] = ()
    mode: MatchMode = MatchMode.ANY
    excluded: tuple[str, ...] = ()


class WordMode(StrEnum):
    """Require all or any of the words of a query. AUTO: all, or any when no article has all or there are six."""

    AUTO = "auto"
    ALL = "all"
    ANY = "any"


class MentionChoice(Struct, frozen=True):
    """The mentions to list of the articles that a search finds.

    `kinds` are their kinds; none means all, or those that the search asks for. `beside` are ids of entities that the
    sentence of a mention names too, every one of them.
    """

    kinds: tuple[Kind, ...] = ()
    beside: tuple[str, ...] = ()


class AmountOrder(StrEnum):
    """Order of a table of amounts. Ties are broken by date, newest first; undated ones come last."""

    LARGEST = "largest"
    SMALLEST = "smallest"
    NEWEST = "newest"
    OLDEST = "oldest"


class AmountChoice(Struct, frozen=True):
    """The rows of a table of amounts: of one currency (ISO 4217 code, "" for the one in most articles), in an order."""

    currency: str = ""
    order: AmountOrder = AmountOrder.LARGEST
    limit: int = 50
    offset: int = 0


class SearchRequest(Struct, frozen=True):
    """Everything that determines the results of a search.

    Parameters in a URL and options of the command line have the same names: `q`, `person`, `org`, `place`,
    `system`, `source`, `lang` (each many times; a leading `-` excludes; `person.op=all`), `amount`
    (a range such as ">1bn" or "1bn..3bn USD", as after `amount:`), `cur`, `from`, `to`, `period`
    (such as "2010s", "2019-07" or "2019-XX", see `index.keywords.periods`), `axis` ("dates" or
    "published"), `undated` ("yes"), `none` (a facet: articles without any value in it), `words`, `exact`, `sort`,
    `order`, `page` (from 1), `size`. Entity selections hold ids; `unnamed` has names of fields.
    `axis` None: dates mentioned in the text.
    `sort` None: relevance when there is a query, else newest. `order` None: as the settings
    say.
    """

    q: str = ""
    selections: tuple[Selection, ...] = ()
    amount: str = ""
    date_from: str = ""
    date_to: str = ""
    period: str = ""
    axis: Axis | None = None
    is_undated: bool = False
    unnamed: tuple[str, ...] = ()
    words: WordMode = WordMode.AUTO
    is_exact: bool = False
    sort: Sort | None = None
    order: Order | None = None
    page: int = 1
    size: int = 20

    @property
    def range_axis(self) -> Axis:
        """The axis of the range of dates: `axis`, or dates mentioned in the text."""
        return self.axis or Axis.MENTIONED
