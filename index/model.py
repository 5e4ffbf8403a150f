"""The records that pass between the layers: what is read, what is found in it, and what is searched.

All are frozen. All ranges are half-open `[start, end)`, counted in characters (code points) of `Article.body`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

__all__ = [
    "ENTITY_KINDS",
    "GUESSED_ENCODING",
    "KIND_OF",
    "REFUSED",
    "SKIPPED",
    "VALUE_KINDS",
    "Alias",
    "Amount",
    "Article",
    "DateInterval",
    "DatePrecision",
    "Document",
    "Entity",
    "Failure",
    "Furniture",
    "FurnitureReason",
    "Kind",
    "Link",
    "Mention",
    "Notice",
    "Span",
]


class Kind(StrEnum):
    """Kind of a mention. The first four are entities, the last two are values."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    PLACES = "places"
    SYSTEMS = "systems"
    AMOUNTS = "amounts"
    DATES = "dates"


ENTITY_KINDS = (Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS)
VALUE_KINDS = (Kind.AMOUNTS, Kind.DATES)
# The kind of each value: several times faster than a call of the class, for rows by the hundred thousand.
KIND_OF = {kind.value: kind for kind in Kind}


class Span(Struct, frozen=True, order=True, gc=False):
    """A half-open range of characters of a body; `0 <= start < end`."""

    start: int
    end: int


class FurnitureReason(StrEnum):
    """Why a part of a page is not part of the story."""

    MENU = "menu"
    CAPTION = "caption"
    FOOTER = "footer"
    PROMOTION = "promotion"


class Furniture(Struct, frozen=True, order=True, gc=False):
    """A part of the body that belongs to the page and not to the story: dimmed and weighted low, never deleted."""

    span: Span
    reason: FurnitureReason


class DatePrecision(StrEnum):
    """The unit in which a date was given; an interval made of two dates has the precision INTERVAL."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class DateInterval(Struct, frozen=True, gc=False):
    """A date in the text as an interval of days.

    `start` and `end` are both inside the interval; a side that is open ("since 2014") is None; both None means
    that the expression is relative and no anchor was known. `value` is the ISO 8601 or TIMEX3 form
    ("2019-07", "2019-09-01/2019-12-31"), None when unresolved. `anchor` is the date that a relative expression
    was resolved against, in ISO form, None for absolute ones.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    value: str | None = None
    approximate: bool = False
    anchor: str | None = None

    @property
    def is_resolved(self) -> bool:
        """True when at least one side of the interval is known."""
        return self.start is not None or self.end is not None


class Amount(Struct, frozen=True, gc=False):
    """A sum of money. `currency` is an ISO 4217 code (None: unknown, as in "$" with no country to tell which).

    `value` is in major units; None for vague amounts ("billions of dollars"). `upper` is the other end of a
    range ("$500-$600 million"), else None.
    """

    currency: str | None
    value: Decimal | None
    upper: Decimal | None = None
    approximate: bool = False


class Article(Struct, frozen=True):
    r"""One text with its metadata, as a reader yields it.

    `body` is the whole text with `\\n` line ends and without NULs; a title that the source keeps apart is its
    first paragraph, so that offsets have one meaning. `title_span` is where the title stands in the body (None:
    nowhere). `locator` is the path (relative to the folder that holds the index where possible, POSIX slashes)
    or URL it came from, with `#row` for one of many in a file; `id` is derived from the locator alone and
    `content_hash` (SHA-256, hex) from everything else, so that a changed article keeps its id.
    `published_origin` says where the publication date was found ("json-ld datePublished", "front matter date",
    "dateline", ...), None when `published` is None. `language` is an ISO 639-1 code or None. `encoding` is that of its
    text in the file, None for formats without one; `encoding_is_guessed` when only statistics told it.
    """

    id: str
    locator: str
    content_hash: str
    title: str
    body: str
    title_span: Span | None = None
    title_is_derived: bool = False
    source: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    published: DateInterval | None = None
    published_origin: str | None = None
    furniture: tuple[Furniture, ...] = ()
    encoding: str | None = None
    encoding_is_guessed: bool = False


class Failure(Struct, frozen=True):
    """One file or row that could not be indexed: where, a stable reason code, the message, and what to do."""

    locator: str
    reason: str
    message: str
    hint: str = ""


REFUSED = "refused"
"""Reason of a failure: the engine cannot store the document of an article that was read."""


class Notice(Struct, frozen=True):
    """News for the owner of a file that was read: where, a stable reason code, and the message.

    The message of GUESSED_ENCODING is the encoding and nothing else, that of SKIPPED names in the plural what was left
    out ("links and devices in archives"), so that they can be counted.
    """

    locator: str
    reason: str
    message: str


GUESSED_ENCODING = "encoding-guessed"
"""Reason of a notice: nothing but statistics told the encoding of the file."""
SKIPPED = "skipped"
"""Reason of a notice: something in a file is no article by its nature, such as a picture in a web archive."""


class Mention(Struct, frozen=True, gc=False):
    """A span of an article's body that names an entity or a value, and what made us think so.

    `component` is the pipeline component that proposed it ("gazetteer", "money", "recognizer", ...), `evidence`
    the rule or row in words a reader understands ("pack core/places: Turkey", "title 'Foreign Minister' before
    name"). `reference` is the pack entry that it matched ("core:turkey"), None when no pack knows it. `amount` is
    set for AMOUNTS, `interval` for DATES. `in_furniture` is true inside a menu, caption, footer or promotion.
    """

    span: Span
    text: str
    kind: Kind
    component: str
    evidence: str
    reference: str | None = None
    amount: Amount | None = None
    interval: DateInterval | None = None
    in_furniture: bool = False


class Alias(Struct, frozen=True, gc=False):
    """A written form of an entity and how many mentions use it (0 when only a pack knows it)."""

    text: str
    mentions: int = 0


class Entity(Struct, frozen=True, gc=False):
    """The thing meant by mentions. `id` is a slug, unique in the catalog over all kinds and fit for a URL.

    `reference` is the pack entry behind it, `description` a few words from the pack ("air defence"),
    `documents` and `mentions` count over the whole archive.
    """

    id: str
    kind: Kind
    name: str
    aliases: tuple[Alias, ...] = ()
    reference: str | None = None
    description: str | None = None
    documents: int = 0
    mentions: int = 0


class Link(Struct, frozen=True, gc=False):
    """The decision that one mention of an article means one entity, with the rule and evidence it rests on."""

    mention: Mention
    entity_id: str
    rule: str
    evidence: str


class Document(Struct, frozen=True):
    """An article as an engine stores it, with its entities resolved and its values normalized.

    The four entity tuples hold entity ids, each once, in order of first mention; `mentioned` holds all of them, once
    for each mention, in order. `furniture` is sorted and disjoint.
    """

    id: str
    title: str
    body: str
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateInterval, ...] = ()
    published: DateInterval | None = None
    source: str | None = None
    language: str | None = None
    furniture: tuple[Furniture, ...] = ()
