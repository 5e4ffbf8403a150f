"""The floors on the five seed articles: every mention marked by hand, spans exact, values exact."""

import json
from calendar import monthrange
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.extract.pipeline import Extractor
from index.model import Article, DateInterval, DatePrecision, Kind, Mention
from index.packs.loader import load_packs
from tests.evaluation.span_scores import GoldSpan, Score, match_strictly

_SEEDS = Path(__file__).parents[2] / "seeds"
_GOLD: dict[str, Any] = json.loads(Path(__file__).with_name("seeds_gold.json").read_text(encoding="utf-8"))
_FLOORS = {
    Kind.SYSTEMS: 0.99,
    Kind.AMOUNTS: 1.0,
    Kind.DATES: 1.0,
    Kind.PLACES: 0.97,
    Kind.ORGANIZATIONS: 0.90,
    Kind.PEOPLE: 0.75,
}


def _published(gold: dict[str, Any]) -> DateInterval | None:
    stated = gold["publication_date"]
    day = date.fromisoformat(stated) if stated else None
    return DateInterval(day, day, DatePrecision.DAY, value=stated) if day else None


@pytest.fixture(scope="module")
def mentions() -> dict[str, tuple[Mention, ...]]:
    articles = [
        Article(name, name, "", name, (_SEEDS / name).read_text(encoding="utf-8"), published=_published(gold))
        for name, gold in _GOLD.items()
    ]
    found = Extractor(packs=load_packs(("core", "defence"))).extract(articles)
    return {article.id: of_article for article, of_article in zip(articles, found, strict=True)}


def _gold_spans(name: str, kind: Kind) -> list[GoldSpan]:
    return [
        GoldSpan(
            entity["start"],
            entity["end"],
            tuple((start, end) for start, end in entity.get("alt_spans", ())),
            entity.get("optional", False),
        )
        for entity in _GOLD[name]["entities"]
        if entity["type"] == kind
    ]


def _describe(name: str, score: Score, mentions: tuple[Mention, ...]) -> list[str]:
    text = (_SEEDS / name).read_text(encoding="utf-8")
    why = {(mention.span.start, mention.span.end): mention.evidence for mention in mentions}
    missed = [f"{name}:{span.start} missed {text[span.start : span.end]!r}" for span in score.missed]
    return missed + [f"{name}:{start} wrong {text[start:end]!r} ({why[start, end]})" for start, end in score.wrong]


@pytest.mark.parametrize("kind", list(_FLOORS), ids=str)
def test_strict_f1_stays_above_its_floor(kind: Kind, mentions: dict[str, tuple[Mention, ...]]) -> None:
    total = Score()
    differences: list[str] = []
    for name, of_article in mentions.items():
        spans = [(mention.span.start, mention.span.end) for mention in of_article if mention.kind is kind]
        score = match_strictly(_gold_spans(name, kind), spans)
        total += score
        differences += _describe(name, score, of_article)
    report = "\n".join(differences)
    print(f"\n{kind}: strict F1 {total.f1:.3f} ({total.right} of {total.wanted}, {total.found} found)\n{report}")
    assert total.f1 >= _FLOORS[kind], report


def _interval(canonical: str | None) -> tuple[date | None, date | None]:
    """The first and last day of "2019", "2019-07", "2020-08-25" or "2019-09-01/2020-04-30"."""
    if canonical is None:
        return None, None
    start, _, end = canonical.partition("/")
    return _first_day(start), _last_day(end or start)


def _first_day(value: str) -> date:
    return date.fromisoformat(f"{value}-01-01"[:10])


def _last_day(value: str) -> date:
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    last_month = int(month or 12)
    return date(int(year), last_month, int(day or monthrange(int(year), last_month)[1]))


def _values(kind: Kind) -> list[tuple[str, dict[str, Any]]]:
    return [(name, entity) for name, gold in _GOLD.items() for entity in gold["entities"] if entity["type"] == kind]


def _mention_of(entity: dict[str, Any], mentions: tuple[Mention, ...]) -> Mention:
    spans = {(entity["start"], entity["end"]), *map(tuple, entity.get("alt_spans", ()))}
    return next(mention for mention in mentions if (mention.span.start, mention.span.end) in spans)


@pytest.mark.parametrize(("name", "entity"), _values(Kind.AMOUNTS), ids=lambda value: str(value)[:3])
def test_amount_has_the_value_and_currency_given_by_hand(
    name: str, entity: dict[str, Any], mentions: dict[str, tuple[Mention, ...]]
) -> None:
    amount = _mention_of(entity, mentions[name]).amount
    assert amount is not None
    wanted = None if entity["value"] is None else Decimal(str(entity["value"]))
    assert (amount.currency, amount.value, amount.approximate) == (
        entity["currency"],
        wanted,
        entity.get("approx", False),
    )


@pytest.mark.parametrize(("name", "entity"), _values(Kind.DATES), ids=lambda value: str(value)[:3])
def test_date_covers_the_days_given_by_hand(
    name: str, entity: dict[str, Any], mentions: dict[str, tuple[Mention, ...]]
) -> None:
    interval = _mention_of(entity, mentions[name]).interval
    assert interval is not None
    wanted = _interval(entity["canonical"])
    assert (interval.start, interval.end) == wanted
