"""Pairs of entities that may be one: what the rules saw and did not dare to link.

Candidates come from the choices that rules left open and from blocks of names with a key in common, never from
comparing every name with every other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from index.identity.applied.decided_clusters import DecidedClusters
from index.identity.clusters import BY_COMPANY, Choice, Clusters
from index.identity.name_groups import NameGroup
from index.identity.records import NameId, Resolution, Suggestion
from index.identity.rules.contexts import Beside
from index.identity.similarity.grades import Grade, Likeness
from index.identity.similarity.like_names import like_names
from index.identity.similarity.likeness import compare_names
from index.normalize.name_words import NameWords

__all__ = [
    "DECIDED",
    "MOST_OF_ENTITY",
    "Pair",
    "best_of_each",
    "choice_pairs",
    "few_of_each",
    "like_pairs",
    "make_pairs",
    "make_suggestions",
]

MOST_OF_ENTITY = 5
_SCORE_OF_CHOICE = 40
_SCORE_OF_CONTEXT = 15
_MOST_OF_CONTEXT = 25
# "Demir" with two bearers in many articles is no question about one entity: it means now one and now the other. It
# becomes one when what speaks for one bearer is so many times what speaks for the next.
_TIMES_THE_NEXT = 2.0
_FEWEST_SHARED = 2
_MOST_ALIKE = 4
# In a single article it means one, and a person who reads that can say which of two.
_MOST_BEARERS = 2
_LOWEST_SCORE = 40
# The rule of a name whose entity a person chose.
DECIDED = "decision"
# A slip of the pen is rare beside the right name.
_RARER = 10
_SCORE_OF_RARITY = 10


class Pair(NamedTuple):
    """Two names that may be one entity; `left` is the one that would be merged.

    `is_choice` is true when `left` has an open choice and `right` is one of its candidates.
    """

    left: NameId
    right: NameId
    rule: str
    evidence: str
    score: int
    is_choice: bool


def make_pairs(
    clusters: Clusters, words: NameWords, contexts: Mapping[tuple[NameId, NameId], Beside]
) -> Iterator[Pair]:
    """Yield all pairs of names that may be one entity, before people are asked what they decided."""
    yield from choice_pairs(clusters, words, contexts)
    yield from like_pairs(like_names(clusters, words), clusters)


def make_suggestions(
    pairs: Iterable[Pair], clusters: Clusters, decided: DecidedClusters, resolution: Resolution
) -> tuple[Suggestion, ...]:
    """Return the suggestions over the entities of a resolution, likeliest first, then by kind and ids.

    Two entities are suggested once, by their best pair of names; an entity is in at most five suggestions.
    """
    suggestions = (_suggestion(pair, clusters, decided, resolution) for pair in pairs)
    return few_of_each(best_of_each(suggestion for suggestion in suggestions if suggestion is not None))


def best_of_each(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the best suggestion about each two entities, the likeliest first."""
    best: dict[tuple[str, str], Suggestion] = {}
    for suggestion in suggestions:
        both = (min(suggestion.entity, suggestion.into), max(suggestion.entity, suggestion.into))
        if both not in best or _rank(suggestion) < _rank(best[both]):
            best[both] = suggestion
    return sorted(best.values(), key=_rank)


def choice_pairs(
    clusters: Clusters, words: NameWords, contexts: Mapping[tuple[NameId, NameId], Beside]
) -> Iterator[Pair]:
    """Yield the short names that a rule could not link, each with the entity that its company speaks for.

    Where a rule saw only one entity, or several with nearly the same name, company is not asked. A name of a single
    article comes with each of two entities.
    """
    for name_id, choice in clusters.choices.items():
        heads = sorted({clusters.head(head) for head in choice.heads} - {clusters.head(name_id)})
        if name_id in clusters.links or not heads:
            continue
        weighed = {head: contexts.get((name_id, head), Beside()) for head in heads}
        best, *others = sorted(heads, key=lambda head: (-weighed[head].weight, head))
        beside = weighed[best]
        named = choice.phrase.partition(",")[0].format(clusters.groups[best].text)
        if choice.rule not in BY_COMPANY and _are_alike([clusters.groups[head] for head in heads], words):
            said = f"{named}, and of names like that" if others else named
            yield Pair(name_id, best, choice.rule, said, _SCORE_OF_CHOICE, True)
            continue
        is_enough = len(beside.shared) >= _FEWEST_SHARED and not (others and choice.rule in BY_COMPANY)
        if is_enough and (not others or beside.weight >= _TIMES_THE_NEXT * weighed[others[0]].weight):
            several = "the only one in the archive" if not others else f"one of {len(heads)} in the archive"
            score = _SCORE_OF_CHOICE + min(_MOST_OF_CONTEXT, round(_SCORE_OF_CONTEXT * beside.weight))
            said = f"{named}, {several}; like that one named beside {beside}"
            yield Pair(name_id, best, choice.rule, said, score, True)
        elif _is_question(choice, len(heads), clusters.groups[name_id]):
            near = [head for head in heads if weighed[head].shared]
            # Bearers who are both named beside it stand in its article, which means now one and now the other.
            for head in near or heads if len(near) < len(heads) else ():
                named = choice.phrase.partition(",")[0].format(clusters.groups[head].text)
                like = f"; like that one named beside {weighed[head]}" if near else ""
                said = f"{named}, one of {len(heads)} in the archive{like}"
                yield Pair(name_id, head, choice.rule, said, _SCORE_OF_CHOICE, True)


def _is_question(choice: Choice, heads: int, group: NameGroup) -> bool:
    """True for a name of one article that could be either of two entities; initials are those of too many things."""
    is_apt = choice.rule not in BY_COMPANY and choice.rule != "acronym"
    return is_apt and heads == _MOST_BEARERS and group.documents <= 1


def _are_alike(groups: Sequence[NameGroup], words: NameWords) -> bool:
    """True when any two of the names are likely one; also for a single name."""
    return len(groups) <= _MOST_ALIKE and all(
        compare_names(one.words, other.words, kind=one.kind, words=words).grade is not Grade.DIFFERENT
        for one, other in combinations(groups, 2)
    )


def like_pairs(alike: Iterable[tuple[NameId, NameId, Likeness]], clusters: Clusters) -> Iterator[Pair]:
    """Names that are likely one; the rarer of two would be merged, and never what a pack knows."""
    for one, other, likeness in alike:
        left, right = sorted((one, other), key=lambda name_id: _weight(name_id, clusters))
        target = clusters.groups[right]
        rarer = clusters.groups[left].mentions * _RARER <= target.mentions
        score = likeness.score + (_SCORE_OF_RARITY if rarer else 0)
        if score >= _LOWEST_SCORE:
            said = f"like “{target.text}”: {likeness.evidence}" + (", and far rarer" if rarer else "")
            yield Pair(left, right, likeness.rule, said, min(score, 99), False)


def _weight(name_id: NameId, clusters: Clusters) -> tuple[bool, int, int, NameId]:
    group = clusters.groups[name_id]
    return name_id in clusters.entries, group.mentions, len(group.key), name_id


def _suggestion(pair: Pair, clusters: Clusters, decided: DecidedClusters, resolution: Resolution) -> Suggestion | None:
    """The pair as entities.

    None when they are one already, of two kinds, or kept apart by a person, and when a person decided what the left
    name means: "Demir" that was said to be one of two is no reason to ask whether the two are one.
    """
    left, right = (clusters.groups[name_id].ids[0] for name_id in (pair.left, pair.right))
    entity, into = resolution.assignments[left].entity_id, resolution.assignments[right].entity_id
    heads = decided.head_by_rules(pair.left), decided.head_by_rules(pair.right)
    if entity == into or pair.left[0] is not pair.right[0] or clusters.are_apart(*heads):
        return None
    if resolution.assignments[left].rule == DECIDED:
        return None
    return Suggestion(pair.left[0], entity, into, pair.rule, pair.evidence, pair.score)


def few_of_each(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the first suggestions about each entity, of suggestions in their order."""
    counts: dict[str, int] = {}
    kept = []
    for suggestion in suggestions:
        if max(counts.get(suggestion.entity, 0), counts.get(suggestion.into, 0)) < MOST_OF_ENTITY:
            counts[suggestion.entity] = counts.get(suggestion.entity, 0) + 1
            counts[suggestion.into] = counts.get(suggestion.into, 0) + 1
            kept.append(suggestion)
    return tuple(kept)


def _rank(suggestion: Suggestion) -> tuple[int, str, str, str, str, str]:
    return (
        -suggestion.score,
        suggestion.kind.value,
        suggestion.entity,
        suggestion.into,
        suggestion.rule,
        suggestion.evidence,
    )
