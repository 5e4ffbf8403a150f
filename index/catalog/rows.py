"""Records as the values of columns, and back. Shared by writing and reading; knows no SQL."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from index.errors import CatalogError, DecisionError
from index.identity.decision_json import read_decision
from index.identity.records import MadeDecision
from index.model import (
    Alias,
    Amount,
    Article,
    DateInterval,
    DatePrecision,
    Entity,
    Furniture,
    FurnitureReason,
    Kind,
    Span,
)

__all__ = [
    "ARTICLE_COLUMNS",
    "CATALOG_FILE",
    "DECISION_COLUMNS",
    "ENCODING_COLUMNS",
    "Ground",
    "article_values",
    "join_grounds",
    "make_amount",
    "make_article",
    "make_decision",
    "make_entity",
    "make_interval",
    "now",
]

CATALOG_FILE = "catalog.sqlite3"

# The columns that `make_article` expects, in its order, and behind them those of `ENCODING_COLUMNS`.
ARTICLE_COLUMNS = (
    "id",
    "locator",
    "content_hash",
    "title",
    "title_start",
    "title_end",
    "title_is_derived",
    "source",
    "byline",
    "language",
    "url",
    "published_start",
    "published_end",
    "published_precision",
    "published_value",
    "published_approximate",
    "published_anchor",
    "published_origin",
    "furniture",
    "body",
)

# The columns of the table "encodings" for an article, NULL where it has no row there.
ENCODING_COLUMNS = ("encoding", "is_guessed")

# The columns that `make_decision` expects, in its order.
DECISION_COLUMNS = ("id", "action", "arguments", "decided", "decided_by", "undone_at", "undone_by")

# Rules by which a mention stands for its own name, which explain nothing.
_PLAIN_RULES = frozenset({"name"})

Value = str | int | None

Ground = tuple[str, str]
"""A rule and its evidence in words."""


def article_values(article: Article) -> dict[str, Value]:
    """The columns of `ARTICLE_COLUMNS` for an article."""
    published = article.published
    span = article.title_span
    return {
        "id": article.id,
        "locator": article.locator,
        "content_hash": article.content_hash,
        "title": article.title,
        "title_start": span.start if span else None,
        "title_end": span.end if span else None,
        "title_is_derived": article.title_is_derived,
        "source": article.source,
        "byline": article.byline,
        "language": article.language,
        "url": article.url,
        "published_start": _day(published.start) if published else None,
        "published_end": _day(published.end) if published else None,
        "published_precision": published.precision.value if published else None,
        "published_value": published.value if published else None,
        "published_approximate": published.approximate if published else False,
        "published_anchor": published.anchor if published else None,
        "published_origin": article.published_origin,
        "furniture": json.dumps(
            [[item.span.start, item.span.end, item.reason.value] for item in article.furniture], separators=(",", ":")
        ),
        "body": article.body,
    }


# Rows come from a database: their values have the types of the columns, which no type checker can see.
def make_article(row: Sequence[object]) -> Article:
    """The article of a row with the columns of `ARTICLE_COLUMNS` and `ENCODING_COLUMNS`."""
    (
        article_id,
        locator,
        content_hash,
        title,
        title_start,
        title_end,
        title_is_derived,
        source,
        byline,
        language,
        url,
        start,
        end,
        precision,
        value,
        approximate,
        anchor,
        origin,
        furniture,
        body,
        encoding,
        is_guessed,
    ) = row
    return Article(
        id=str(article_id),
        locator=str(locator),
        content_hash=str(content_hash),
        title=str(title),
        body=str(body),
        title_span=Span(title_start, title_end)
        if isinstance(title_start, int) and isinstance(title_end, int)
        else None,
        title_is_derived=bool(title_is_derived),
        source=_text(source),
        byline=_text(byline),
        language=_text(language),
        url=_text(url),
        published=make_interval((start, end, precision, value, approximate, anchor)) if precision is not None else None,
        published_origin=_text(origin),
        furniture=tuple(
            Furniture(Span(start, end), FurnitureReason(reason)) for start, end, reason in json.loads(str(furniture))
        )
        if furniture != "[]"
        else (),
        encoding=_text(encoding),
        encoding_is_guessed=bool(is_guessed),
    )


def make_interval(row: Sequence[object]) -> DateInterval:
    """The interval of (first, last, precision, value, approximate, anchor)."""
    first, last, precision, value, approximate, anchor = row
    return DateInterval(
        start=date.fromisoformat(first) if isinstance(first, str) else None,
        end=date.fromisoformat(last) if isinstance(last, str) else None,
        precision=DatePrecision(str(precision)),
        value=_text(value),
        approximate=bool(approximate),
        anchor=_text(anchor),
    )


def make_amount(row: Sequence[object]) -> Amount:
    """The amount of (currency, value, upper, approximate)."""
    currency, value, upper, approximate = row
    return Amount(
        currency=_text(currency),
        value=Decimal(value) if isinstance(value, str) else None,
        upper=Decimal(upper) if isinstance(upper, str) else None,
        approximate=bool(approximate),
    )


def make_entity(row: Sequence[object], aliases: Sequence[Alias]) -> Entity:
    """The entity of (id, kind, name, reference, description, documents, mentions)."""
    entity_id, kind, name, reference, description, documents, mentions = row
    return Entity(
        id=str(entity_id),
        kind=Kind(str(kind)),
        name=str(name),
        aliases=tuple(aliases),
        reference=_text(reference),
        description=_text(description),
        documents=documents if isinstance(documents, int) else 0,
        mentions=mentions if isinstance(mentions, int) else 0,
    )


def make_decision(row: Sequence[object]) -> MadeDecision:
    """The decision of a row with the columns of `DECISION_COLUMNS`. Raises `CatalogError` when it makes no sense."""
    number, action, arguments, decided_at, decided_by, undone_at, undone_by = row
    try:
        decision = read_decision(str(action), json.loads(str(arguments)))
    except (ValueError, TypeError, DecisionError) as error:
        raise CatalogError(
            f"Decision {number} cannot be read. Index the articles anew: search-cli index FOLDER -C NEW"
        ) from error
    made_by = str(decided_at), str(decided_by)
    return MadeDecision(int(str(number)), decision, *made_by, _text(undone_at), _text(undone_by))


def join_grounds(local: Ground, archive: Ground) -> Ground:
    """Return why a mention means an entity: why it stands for its name, and why that name means the entity."""
    if local[0] in _PLAIN_RULES:
        return archive
    if archive[0] in _PLAIN_RULES or local[0] == archive[0]:
        return local
    return f"{local[0]}, {archive[0]}", f"{local[1]}; {archive[1]}"


def now() -> str:
    """The time in UTC, in ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
