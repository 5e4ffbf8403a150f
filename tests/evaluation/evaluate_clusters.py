"""Measures who is taken for whom, B-cubed: mentions marked by hand go in, our entities come out."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path

from index.identity.across_archive import resolve_names
from index.identity.linking import link_article
from index.identity.records import LocalLink, Name, NameId
from index.model import ENTITY_KINDS, Mention, Span
from index.packs.loader import load_packs
from index.settings import Settings
from tests.evaluation.evaluate_identity import Scores, bcubed, evaluate_articles, evaluate_pairs
from tests.evaluation.sets.gold import GoldSet, GoldText
from tests.evaluation.tables.rows import Row

__all__ = ["CLUSTER_FILE", "PAIRS_FILE", "measure_clusters", "measure_ecb", "measure_pairs"]

CLUSTER_FILE = "entities/ecbplus_1_35_docs.jsonl.gz"
PAIRS_FILE = "entities/name_bench.csv"
MentionId = tuple[str, int]


def measure_clusters(gold: GoldSet) -> Iterator[Row]:
    """B-cubed over all named mentions of a set whose texts say who is meant, as one archive."""
    wanted: dict[MentionId, Hashable] = {}
    exact: dict[MentionId, Hashable] = {}
    links: dict[MentionId, LocalLink] = {}
    beside: defaultdict[NameId, Counter[NameId]] = defaultdict(Counter)
    for text in gold.texts:
        mentions, entities = _as_mentions(text)
        linked, _ = link_article(text.as_article(), mentions, packs=load_packs(Settings().packs))
        for one, other in permutations({(link.name.kind, link.name.key) for link in linked}, 2):
            beside[one][other] += 1
        for link in linked:
            mention = (text.name, link.mention_index)
            wanted[mention] = entities[link.mention_index]
            exact[mention] = mentions[link.mention_index].text
            links[mention] = link
    yield from _rows("clusters", gold.name, "exact string", bcubed(wanted, exact))
    yield from _rows("clusters", gold.name, "dossier", bcubed(wanted, _resolve(links, beside)))


def measure_ecb(data: Path) -> Iterator[Row]:
    """B-cubed on the news of ECB+, topics 1 to 35."""
    scores, _ = evaluate_articles(data / CLUSTER_FILE, load_packs(Settings().packs))
    names = {"ours": "dossier", "names": "dossier, names alone", "contexts too": "dossier"}
    for system, score in scores.items():
        yield from _rows("clusters", "ecbplus_1_35", names.get(system, system), score)


def measure_pairs(data: Path) -> Iterator[Row]:
    """Precision, recall and F1 on pairs of names that are, or are not, one: linked, and linked or suggested."""
    scores, _ = evaluate_pairs(data / PAIRS_FILE, load_packs(Settings().packs))
    for label, score in scores.items():
        yield from _rows("pairs", "name_bench", "dossier", score, kind=label)


def _as_mentions(text: GoldText) -> tuple[list[Mention], list[Hashable]]:
    """The mentions of entities as extraction would have given them, and who is meant by each."""
    marked = [mention for mention in text.mentions if mention.kind in ENTITY_KINDS]
    mentions = []
    for mention in marked:
        span = Span(mention.span.start, mention.span.end)
        mentions.append(Mention(span, text.text[span.start : span.end], mention.kind, "gold", "gold"))
    return mentions, [(mention.kind, mention.entity) for mention in marked]


def _resolve(
    links: Mapping[MentionId, LocalLink], beside: Mapping[NameId, Counter[NameId]]
) -> dict[MentionId, Hashable]:
    counted: Counter[Name] = Counter(link.name for link in links.values())
    names = [replace(name, mentions=count, documents=count) for name, count in counted.items()]
    assigned = resolve_names(
        names, packs=load_packs(Settings().packs), decisions=(), companions=lambda _: beside
    ).assignments
    return {mention: assigned[link.name.kind, link.name.key].entity_id for mention, link in links.items()}


def _rows(subject: str, data: str, system: str, scores: Scores, *, kind: str = "entities") -> Iterator[Row]:
    for measure, value in (("precision", scores.precision), ("recall", scores.recall), ("F1", scores.f1)):
        yield Row(subject, data, kind, system, measure, value)
