"""Pairs of entities that may be one: what the rules saw and did not dare to link.

Candidates come from the choices that rules left open and from blocks of names with a key in common, never from
comparing every name with every other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.resolve.clusters import Clusters
from index.resolve.records import NameId, Resolution, Suggestion
from index.resolve.verdicts import Verdicts

__all__ = ["make_suggestions"]

# A person looks at a few candidates; "Smith" with a hundred bearers is no question that anybody can answer.
_MOST_CHOICES = 4
_MOST_OF_ENTITY = 5
_SCORE_OF_CHOICE = 60


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two names that may be one entity; `left` is the one that would be merged."""

    left: NameId
    right: NameId
    rule: str
    evidence: str
    score: int


def make_suggestions(clusters: Clusters, verdicts: Verdicts, resolution: Resolution) -> tuple[Suggestion, ...]:
    """The suggestions over the entities of a resolution, likeliest first, then by kind and ids.

    Two entities are suggested once, by their best pair of names; an entity is in at most five suggestions.
    """
    best: dict[tuple[str, str], Suggestion] = {}
    for pair in _open_choices(clusters):
        suggestion = _suggestion(pair, clusters, verdicts, resolution)
        if suggestion is None:
            continue
        both = (min(suggestion.entity, suggestion.into), max(suggestion.entity, suggestion.into))
        if both not in best or _rank(suggestion) < _rank(best[both]):
            best[both] = suggestion
    return tuple(_few_of_each(sorted(best.values(), key=_rank)))


def _open_choices(clusters: Clusters) -> Iterator[_Pair]:
    """The short names that could mean several entities, with each of them."""
    for name_id, choice in clusters.choices.items():
        heads = {clusters.head(head) for head in choice.heads} - {clusters.head(name_id)}
        if name_id in clusters.links or not 0 < len(heads) <= _MOST_CHOICES:
            continue
        others = "" if len(heads) == 1 else f", one of {len(heads)} in the archive"
        for head in sorted(heads):
            named = choice.phrase.partition(",")[0].format(clusters.groups[head].text)
            yield _Pair(name_id, head, choice.rule, named + others, _SCORE_OF_CHOICE - 10 * len(heads))


def _suggestion(pair: _Pair, clusters: Clusters, verdicts: Verdicts, resolution: Resolution) -> Suggestion | None:
    """The pair as entities; None when they are one already, of two kinds, or kept apart by a person."""
    left, right = (clusters.groups[name_id].ids[0] for name_id in (pair.left, pair.right))
    entity, into = resolution.assignments[left].entity_id, resolution.assignments[right].entity_id
    heads = verdicts.head_by_rules(pair.left), verdicts.head_by_rules(pair.right)
    if entity == into or pair.left[0] is not pair.right[0] or clusters.are_apart(*heads):
        return None
    return Suggestion(pair.left[0], entity, into, pair.rule, pair.evidence, pair.score)


def _few_of_each(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    counts: dict[str, int] = {}
    for suggestion in suggestions:
        if max(counts.get(suggestion.entity, 0), counts.get(suggestion.into, 0)) < _MOST_OF_ENTITY:
            counts[suggestion.entity] = counts.get(suggestion.entity, 0) + 1
            counts[suggestion.into] = counts.get(suggestion.into, 0) + 1
            yield suggestion


def _rank(suggestion: Suggestion) -> tuple[int, str, str, str, str, str]:
    return (
        -suggestion.score,
        suggestion.kind.value,
        suggestion.entity,
        suggestion.into,
        suggestion.rule,
        suggestion.evidence,
    )
