"""Measure who is taken for whom: `python -m tests.evaluation.evaluate_identity --data DIR`.

DIR holds `entities/ecbplus_1_35_docs.jsonl.gz` (news with entities marked across documents; its mentions go in, our
clusters come out, B-cubed over named mentions of people, organizations and places that occur in more than one document)
and `entities/name_bench.csv` (pairs of names that are, or are not, one). Neither is part of the project.
"""

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path

from index.identity.across_archive import resolve_names
from index.identity.naming.words import words_of
from index.identity.records import LocalLink, Name, NameId
from index.identity.similarity.likeness import Grade, same_name
from index.identity.within_article import link_mentions
from index.model import Kind, Mention, Span
from index.packs.loader import Packs, load_packs

_ECB = Path("entities/ecbplus_1_35_docs.jsonl.gz")
_PAIRS = Path("entities/name_bench.csv")
_KINDS = {"PER": Kind.PEOPLE, "ORG": Kind.ORGANIZATIONS, "LOC": Kind.PLACES}
_PAIR_KINDS = {"Person": Kind.PEOPLE, "Vessel": Kind.SYSTEMS}
_NOT_A_NAME_BEFORE = re.compile(r"^(?:[a-z][\w'-]*[\s,]+)+(?=[A-Z0-9])")
_NOT_A_NAME_AFTER = re.compile(r"(?:[\s,]+[a-z][\w'-]*)+$")
_PREPOSITION = re.compile(r"^(?:In|At|On|Near|From|To|Of|For|With|By)\s+(?=[A-Z])")

MentionId = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1, in percent."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:5.2f}  recall {self.recall:5.2f}  F1 {self.f1:5.2f}"


def bcubed(gold: Mapping[MentionId, Hashable], found: Mapping[MentionId, Hashable]) -> Scores:
    """B-cubed: for each mention, how much of its found cluster is right and how much of its gold cluster was found."""
    gold_sizes, found_sizes = Counter(gold.values()), Counter(found[mention] for mention in gold)
    both = Counter((gold[mention], found[mention]) for mention in gold)
    precision = sum(count * count / found_sizes[cluster] for (_, cluster), count in both.items())
    recall = sum(count * count / gold_sizes[cluster] for (cluster, _), count in both.items())
    return Scores(100 * precision / len(gold), 100 * recall / len(gold))


def read_articles(path: Path) -> Iterator[tuple[str, str, list[Mention], list[str | None]]]:
    """Each article's id, text and named mentions, with the gold cluster of those that count."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            mentions: list[Mention] = []
            gold: list[str | None] = []
            for marked in row["mentions"]:
                if marked["named"] and marked["type"] in _KINDS:
                    mentions.append(_mention(marked))
                    gold.append(marked["instance"] if marked["cross"] else None)
            yield row["id"], row["text"], mentions, gold


def evaluate_articles(path: Path, packs: Packs) -> tuple[dict[str, Scores], list[str]]:
    """B-cubed of the exact string, of ours by names alone and by contexts too, and the largest mistakes of these."""
    gold: dict[MentionId, Hashable] = {}
    exact: dict[MentionId, Hashable] = {}
    links: dict[MentionId, LocalLink] = {}
    texts: dict[MentionId, str] = {}
    names: Counter[Name] = Counter()
    beside: defaultdict[NameId, Counter[NameId]] = defaultdict(Counter)
    for article_id, body, mentions, instances in read_articles(path):
        linked = link_mentions(mentions, body=body)
        for one, other in permutations({(link.name.kind, link.name.key) for link in linked}, 2):
            beside[one][other] += 1
        for link in linked:
            names[link.name] += 1
            mention_id = (article_id, link.mention_index)
            if instances[link.mention_index] is not None:
                gold[mention_id] = instances[link.mention_index]
                exact[mention_id] = texts[mention_id] = mentions[link.mention_index].text
                links[mention_id] = link
    counted = [replace(name, mentions=count, documents=count) for name, count in names.items()]
    scores = {"exact string": bcubed(gold, exact)}
    for label, companions in (("names", None), ("contexts too", lambda _: beside)):
        assigned = resolve_names(counted, packs=packs, decisions=(), companions=companions).assignments
        found = {mention: assigned[link.name.kind, link.name.key].entity_id for mention, link in links.items()}
        scores[label] = bcubed(gold, found)
    return scores, list(_mistakes(gold, found, texts))


def evaluate_pairs(path: Path, packs: Packs) -> tuple[dict[str, Scores], list[str]]:
    """Pairs of names that rules link, and that rules link or suggest to a person, with the mistakes of the latter."""
    words = words_of(packs)
    outcomes: dict[str, Counter[tuple[bool, bool]]] = {"linked": Counter(), "linked or suggested": Counter()}
    mistakes: list[str] = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            kind = _PAIR_KINDS.get(row["schema"], Kind.ORGANIZATIONS)
            same = row["is_match"] == "true"
            likeness = same_name(row["name1"], row["name2"], kind=kind, words=words)
            is_linked = is_one_entity(row["name1"], row["name2"], kind)
            is_found = is_linked or likeness.grade is not Grade.DIFFERENT
            outcomes["linked"][same, is_linked] += 1
            outcomes["linked or suggested"][same, is_found] += 1
            if same != is_found:
                verdict = "missed" if same else f"WRONG, {likeness.rule}"
                mistakes.append(f"{verdict}: {row['name1']} | {row['name2']} ({row['notes']})")
    return {label: _pair_scores(counts) for label, counts in outcomes.items()}, mistakes


def _pair_scores(outcomes: Mapping[tuple[bool, bool], int]) -> Scores:
    right = outcomes.get((True, True), 0)
    precision = 100 * right / max(1, right + outcomes.get((False, True), 0))
    return Scores(precision, 100 * right / max(1, right + outcomes.get((True, False), 0)))


def is_one_entity(left: str, right: str, kind: Kind) -> bool:
    """True when an archive that has two names and nothing else would take them for one entity; no pack knows them."""
    mentions = [Mention(Span(0, 1), text, kind, "gold", "gold") for text in (left, right)]
    names = [link.name for mention in mentions for link in link_mentions([mention])]
    assigned = resolve_names(names, packs=Packs(), decisions=()).assignments
    return len(names) == 2 and len({assigned[name.kind, name.key].entity_id for name in names}) == 1


def _mention(marked: Mapping[str, object]) -> Mention:
    """A gold mention with the borders that extraction would give it: "in Albany" is "Albany"."""
    text = str(marked["text"])
    start = int(str(marked["start"]))
    for pattern in (_NOT_A_NAME_BEFORE, _PREPOSITION):
        cut = pattern.match(text)
        if cut is not None:
            text, start = text[cut.end() :], start + cut.end()
    after = _NOT_A_NAME_AFTER.search(text)
    if after is not None and after.start() > 0:
        text = text[: after.start()]
    return Mention(Span(start, start + len(text)), text, _KINDS[str(marked["type"])], "gold", "gold")


def _mistakes(
    gold: Mapping[MentionId, Hashable], found: Mapping[MentionId, Hashable], texts: Mapping[MentionId, str]
) -> Iterator[str]:
    """The pairs of clusters that cost most: apart in ours and one in gold, then the other way round."""
    yield from _confusions("apart", gold, found, texts)
    yield from _confusions("joined", found, gold, texts)


def _confusions(
    label: str, one: Mapping[MentionId, Hashable], many: Mapping[MentionId, Hashable], texts: Mapping[MentionId, str]
) -> Iterator[str]:
    parts: defaultdict[Hashable, defaultdict[Hashable, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for mention, cluster in one.items():
        parts[cluster][many[mention]][texts[mention]] += 1
    costs = [(_cost(inside.values()), str(cluster), inside) for cluster, inside in parts.items() if len(inside) > 1]
    for cost, cluster, inside in sorted(costs, key=lambda entry: (-entry[0], entry[1]))[:80]:
        shown = "  //  ".join(
            ", ".join(f"{text} {count}" for text, count in counted.most_common(3))
            for counted in sorted(inside.values(), key=lambda counted: -counted.total())[:6]
        )
        yield f"{label} {cost:5d} {cluster}: {shown}"


def _cost(parts: Iterable[Counter[str]]) -> int:
    sizes = [part.total() for part in parts]
    return sum(sizes) ** 2 - sum(size * size for size in sizes)


def main() -> int:
    """Print the scores; with --mistakes also what went wrong."""
    parser = argparse.ArgumentParser(description="Measure resolution on data sets that are not part of the project.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds entities/")
    parser.add_argument("--packs", default="core,defence", help="names of packs, separated by commas; may be empty")
    parser.add_argument("--mistakes", action="store_true", help="list the largest mistakes")
    options = parser.parse_args()
    missing = [str(options.data / file) for file in (_ECB, _PAIRS) if not (options.data / file).is_file()]
    if missing:
        print(f"Not there: {', '.join(missing)}. Give the folder that holds them with --data.", file=sys.stderr)
        return 2
    packs = load_packs([name for name in options.packs.split(",") if name])
    scores, mistakes = evaluate_articles(options.data / _ECB, packs)
    for label, score in scores.items():
        print(f"ECB+ 1-35, B-cubed, {label:13s} {score}")
    pairs, wrong = evaluate_pairs(options.data / _PAIRS, packs)
    for label, score in pairs.items():
        print(f"name pairs, {label:21s} {score}")
    if options.mistakes:
        print("\n".join([*mistakes, *wrong]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
