"""The texts that are part of the project: the five seeds, and the articles written to measure with."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from index.model import Amount, Kind
from tests.evaluation.scores.span_scores import GoldSpan
from tests.evaluation.sets.gold import GoldMention, GoldSet, GoldText, read_days
from tests.evaluation.sets.marked_text import read_marked

__all__ = [
    "ARTICLES",
    "HALVES",
    "HELD_OUT",
    "NEVER_EXAMINED",
    "SEEDS",
    "TUNING",
    "WORLD_HELD_OUT",
    "WORLD_TUNING",
    "read_articles",
    "read_own_sets",
    "read_seeds",
]

SEEDS, TUNING, HELD_OUT = "seeds", "articles_tuning", "articles_held_out"
WORLD_TUNING, WORLD_HELD_OUT = "articles_world_tuning", "articles_world_held_out"
HALVES = (TUNING, HELD_OUT, WORLD_TUNING, WORLD_HELD_OUT)
"""The sets of our own articles."""
NEVER_EXAMINED = frozenset({HELD_OUT, WORLD_HELD_OUT})
"""The sets of which only the figures are looked at, never the mistakes."""
ARTICLES = Path(__file__).with_name("articles")
_SEEDS_FOLDER = Path(__file__).parents[3] / "seeds"
_SEEDS_GOLD = Path(__file__).with_name("seeds_gold.json")
_FOLDERS = {
    TUNING: "tuning",
    HELD_OUT: "held_out",
    WORLD_TUNING: "world_tuning",
    WORLD_HELD_OUT: "world_held_out",
}


def read_own_sets() -> list[GoldSet]:
    """The seeds and all sets of our articles."""
    return [read_seeds(), *map(read_articles, HALVES)]


def read_seeds() -> GoldSet:
    """The five sample articles, with every mention marked."""
    content = _SEEDS_GOLD.read_bytes()
    texts = tuple(
        GoldText(
            name,
            (_SEEDS_FOLDER / name).read_text(encoding="utf-8"),
            tuple(sorted(map(_seed_mention, gold["entities"]), key=lambda mention: mention.span.start)),
            date.fromisoformat(gold["publication_date"]) if gold["publication_date"] else None,
        )
        for name, gold in json.loads(content).items()
    )
    return GoldSet(SEEDS, tuple(Kind), texts, hashlib.sha256(content).hexdigest())


def read_articles(half: str) -> GoldSet:
    """One set of our own articles; raises `MarkError` for a file that is not marked as it should be."""
    digest = hashlib.sha256()
    texts: list[GoldText] = []
    for path in sorted((ARTICLES / _FOLDERS[half]).glob("*.txt")):
        content = path.read_text(encoding="utf-8")
        digest.update(f"{path.name}\n{content}".encode())
        texts.append(read_marked(path.name, content))
    return GoldSet(half, tuple(Kind), tuple(texts), digest.hexdigest())


def _seed_mention(marked: dict[str, Any]) -> GoldMention:  # Any: one object of a JSON file
    kind = Kind(marked["type"])
    alternatives = tuple((start, end) for start, end in marked.get("alt_spans", ()))
    span = GoldSpan(marked["start"], marked["end"], alternatives, marked.get("optional", False))
    if kind is Kind.AMOUNTS:
        value = None if marked["value"] is None else Decimal(str(marked["value"]))
        return GoldMention(span, kind, amounts=(Amount(marked["currency"], value),))
    if kind is Kind.DATES:
        return GoldMention(span, kind, days=(read_days(marked["canonical"] or "?"),))
    return GoldMention(span, kind, marked["canonical"])
