"""A small archive to put into a catalog: articles with mentions given as (written form, kind, key of its name)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from hashlib import sha256

from index.catalog.records import ExtractedArticle, ResolutionChanges
from index.catalog.store import Catalog
from index.identity.records import Assignment, LocalLink, Name, Resolution
from index.identity.stored import Update
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
    Mention,
    Span,
)

YEAR = DateInterval(date(2019, 1, 1), date(2019, 12, 31), DatePrecision.YEAR, "2019")
RELATIVE = DateInterval(None, None, DatePrecision.DAY)
PRICE = Amount("USD", Decimal("2500000000.00"), Decimal("3E+9"), approximate=True)
VAGUE = Amount(None, None)


@contextmanager
def rolled_back(catalog: Catalog) -> Iterator[None]:
    """A transaction that fails at its end."""
    with suppress(ZeroDivisionError), catalog.transaction():
        yield
        raise ZeroDivisionError


def store_resolution(catalog: Catalog, resolution: Resolution, *, fingerprint: str) -> ResolutionChanges:
    """Store a resolution without what the next one needs, so that everything will be resolved again."""
    update = Update(
        entities=resolution.entities,
        assignments=resolution.assignments,
        redirects=resolution.redirects,
        suggestions=resolution.suggestions,
        heads=(),
        states={},
        keys={},
        pairs=(),
        taken_back=resolution.taken_back,
    )
    return catalog.store_update(update, fingerprint=fingerprint)


def make_article(article_id: str, body: str, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": article_id,
        "locator": f"news/{article_id}.txt",
        "content_hash": sha256(body.encode()).hexdigest(),
        "title": body.split(".", maxsplit=1)[0],
        "body": body,
    }
    return Article(**{**values, **changes})  # type: ignore[arg-type]  # the tests give what the fields take


def mention(article: Article, text: str, kind: Kind, **changes: object) -> Mention:
    start = article.body.index(text)
    values: dict[str, object] = {"component": "gazetteer", "evidence": f"pack core: {kind}"}
    return Mention(Span(start, start + len(text)), text, kind, **{**values, **changes})  # type: ignore[arg-type]  # as above


def extracted(
    article: Article, *found: tuple[str, Kind, str], values: Sequence[Mention] = (), file: str | None = None
) -> ExtractedArticle:
    """`found` must come in the order of the text; the text of a name is its key with capitals."""
    mentions = sorted([*(mention(article, text, kind) for text, kind, _ in found), *values], key=lambda item: item.span)
    keys = {text: (kind, key) for text, kind, key in found}
    links = tuple(
        LocalLink(index, Name(*keys[item.text], keys[item.text][1].title()), "name", "the name as it is written")
        for index, item in enumerate(mentions)
        if item.text in keys
    )
    return ExtractedArticle(article, file or article.locator, tuple(mentions), links)


ANKARA = make_article(
    "ankara",
    "Ismail Demir spoke in Ankara. Demir paid $2.5 billion in 2019. Menu: Moscow",
    title_span=Span(0, 28),
    source="Example Times",
    language="en",
    url="https://example.org/ankara",
    byline="A. Writer",
    published=DateInterval(date(2019, 7, 12), date(2019, 7, 12), DatePrecision.DAY, "2019-07-12"),
    published_origin="front matter date",
    furniture=(Furniture(Span(63, 75), FurnitureReason.MENU),),
)
MOSCOW = make_article("moscow", "Moscow sold S-400s. İsmail Demir said so.", title_is_derived=True)
QUIET = make_article("quiet", "Nothing happened anywhere.")

ARCHIVE = (
    extracted(
        ANKARA,
        ("Ismail Demir", Kind.PEOPLE, "ismail demir"),
        ("Ankara", Kind.PLACES, "ankara"),
        values=(
            mention(ANKARA, "$2.5 billion", Kind.AMOUNTS, amount=PRICE),
            mention(ANKARA, "2019", Kind.DATES, interval=YEAR),
        ),
    ),
    extracted(
        MOSCOW,
        ("Moscow", Kind.PLACES, "moscow"),
        ("S-400s", Kind.SYSTEMS, "s 400"),
        ("İsmail Demir", Kind.PEOPLE, "ismail demir"),
    ),
    extracted(QUIET),
)

IDS = {
    (Kind.PEOPLE, "ismail demir"): "ismail-demir",
    (Kind.PLACES, "ankara"): "ankara",
    (Kind.PLACES, "moscow"): "moscow",
    (Kind.SYSTEMS, "s 400"): "s-400",
}


def resolve(names: Iterable[Name], **ids: str) -> Resolution:
    """Every name is an entity of its own, but those whose id (with "_" for "-") `ids` gives another."""
    entities: dict[str, Entity] = {}
    assignments: dict[tuple[Kind, str], Assignment] = {}
    for name in names:
        own = name.key.replace(" ", "-")
        entity_id = ids.get(own.replace("-", "_"), own)
        entities.setdefault(
            entity_id, Entity(entity_id, name.kind, entity_id.replace("-", " ").title(), (Alias("Other"),))
        )
        assignments[name.kind, name.key] = Assignment(entity_id, "folded name", f"“{name.key}”")
    return Resolution(tuple(entities[key] for key in sorted(entities)), assignments)
