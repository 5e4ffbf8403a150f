"""Identity in the five seed articles, over the real readers, extraction and packs."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from index.extract.pipeline import Extractor
from index.identity.across_archive import resolve_names
from index.identity.records import Name
from index.identity.within_article import link_mentions
from index.model import Article, Kind
from index.packs.loader import load_packs
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source
from index.readers.sources import find_sources

SEEDS = Path(__file__).parents[2] / "seeds"

Written = Mapping[str, frozenset[tuple[Kind, str]]]


@pytest.fixture(scope="module")
def written() -> Written:
    """Return the written forms of each entity of the seeds, with the kind of the mention, by entity id."""
    packs = load_packs(["core", "defence"])
    sources = [source for source in find_sources([str(SEEDS)], base=SEEDS.parent) if isinstance(source, Source)]
    read = [article for source in sources for article in read_source(source, ReadOptions())]
    articles = [article for article in read if isinstance(article, Article)]
    mentions: dict[Name, list[str]] = {}
    for article, found in zip(articles, Extractor(packs=packs, model="none").extract(articles), strict=True):
        for link in link_mentions(found, body=article.body):
            mentions.setdefault(link.name, []).append(found[link.mention_index].text)
    names = [replace(name, mentions=len(texts)) for name, texts in mentions.items()]
    assignments = resolve_names(names, packs=packs, decisions=()).assignments
    entities: dict[str, set[tuple[Kind, str]]] = {}
    for name, texts in mentions.items():
        forms = {(name.kind, text) for text in texts}
        entities.setdefault(assignments[name.kind, name.key].entity_id, set()).update(forms)
    return {entity_id: frozenset(forms) for entity_id, forms in entities.items()}


@pytest.mark.parametrize(
    ("entity_id", "kind", "forms"),
    [
        ("recep-tayyip-erdogan", Kind.PEOPLE, ["Erdogan", "Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"]),
        ("ismail-demir", Kind.PEOPLE, ["Demir", "Ismail Demir", "İsmail Demir"]),
        ("alexander-mikheev", Kind.PEOPLE, ["Mikheev", "Alexander Mikheev"]),
        ("hulusi-akar", Kind.PEOPLE, ["Akar", "Hulusi Akar"]),
        (
            "presidency-of-defense-industries",
            Kind.ORGANIZATIONS,
            ["SSB", "Presidency of Defense Industries", "Presidency of the Defense Industry", "Defense Industry"],
        ),
        ("united-states", Kind.PLACES, ["US", "U.S.", "United States", "America"]),
        ("s-400", Kind.SYSTEMS, ["S-400", "S-400 Triumf", 'S-400 "Triumph"', "S-400s"]),
        ("mim-104-patriot", Kind.SYSTEMS, ["Patriot", "Patriots"]),
    ],
)
def test_all_ways_to_write_a_name_are_one_entity(
    written: Written, entity_id: str, kind: Kind, forms: list[str]
) -> None:
    assert written[entity_id] == {(kind, form) for form in forms}


@pytest.mark.parametrize(
    ("left", "right"),
    [("f-16-fighting-falcon", "f-35-lightning-ii"), ("united-states", "united-states-congress"), ("turkey", "ankara")],
)
def test_different_things_stay_apart(written: Written, left: str, right: str) -> None:
    assert written[left].isdisjoint(written[right])
