"""Disambiguate a short name by the names beside it: "Demir" beside "SSB" is Ismail, not Ahmet.

A companion speaks for a candidate when it is named both beside the short name and beside the candidate; the rarer it
is in the archive, the more it says. The short name is linked only when what speaks for one candidate is several times
what speaks for any other; else the archive may well mean now one and now the other, and a person is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from typing import NamedTuple

from index.identity.clusters import BY_COMPANY, MOST_HEADS, Clusters, Stage
from index.identity.records import Companions, NameId

__all__ = ["Beside", "link_by_context", "names_to_weigh", "open_choices", "rounded_mentions"]

# A dozen ways to write a candidate say enough of its company.
_MOST_NAMES_OF_CANDIDATE = 12
# A single shared companion is chance as often as not, and so are two that half of the archive is named beside.
_FEWEST_SHARED = 2
_LEAST_WEIGHT = 0.4
_TIMES_THE_NEXT = 3.0
_MOST_SHOWN = 3
_DIGITS_OF_WEIGHT = 3


class Beside(NamedTuple):
    """Evidence for a candidate: its weight, and the names beside it and the short name, the strongest first.

    `heads` are the names behind the texts in `shared`.
    """

    weight: float = 0.0
    shared: tuple[str, ...] = ()
    heads: tuple[NameId, ...] = ()

    def __str__(self) -> str:
        shown = [f"“{text}”" for text in self.shared[:_MOST_SHOWN]]
        return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def link_by_context(clusters: Clusters, companions: Companions) -> Mapping[tuple[NameId, NameId], Beside]:
    """Link the short names that the company of only one candidate fits; return the evidence for every candidate.

    Candidates are heads of clusters. Every name is weighed by the clusters as they are before the first link, and none
    is linked to a name that is linked here itself.
    """
    choices = open_choices(clusters)
    members = _members(clusters, {head for heads in choices.values() for head in heads})
    asked = _asked(clusters, choices, members)
    company = companions(asked) if asked else {}
    weighed: dict[tuple[NameId, NameId], Beside] = {}
    for name_id, heads in choices.items():
        own = _company(clusters, [name_id], company)
        found = {head: _weigh(clusters, own, _company(clusters, members[head], company), heads) for head in heads}
        weighed.update({(name_id, head): beside for head, beside in found.items()})
        target = _only_fitting(found)
        if target is not None:
            clusters.fitting[name_id] = target
    clusters.begin(Stage.CONTEXT)
    for name_id, target in clusters.fitting.items():
        if not clusters.is_fitting(target):
            choice = clusters.choices[name_id]
            what = choice.phrase.partition(",")[0].format(clusters.groups[target].text)
            number = len(choices[name_id])
            several = "the only one in the archive" if number == 1 else f"one of {number} in the archive"
            evidence = f"{what}, {several}; like that one named beside {weighed[name_id, target]}"
            clusters.link(name_id, target, "context", evidence)
    _link_what_became_one(clusters, choices)
    return weighed


def _link_what_became_one(clusters: Clusters, choices: Mapping[NameId, Sequence[NameId]]) -> None:
    """Link "Cheeks" when its two bearers, "Maurice" and "Mo Cheeks", were found to be one."""
    found = {}
    for name_id, heads in choices.items():
        left = {clusters.head(head) for head in heads} - {name_id}
        if name_id not in clusters.links and len(left) == 1 < len(heads):
            found[name_id] = left.pop()
    for name_id, target in found.items():
        what = clusters.choices[name_id].phrase.partition(",")[0].format(clusters.groups[target].text)
        clusters.link(name_id, target, "context", f"{what}, as all others in the archive are the same")


def names_to_weigh(clusters: Clusters) -> frozenset[NameId]:
    """Return the names whose companions `link_by_context` asks for."""
    choices = open_choices(clusters)
    return _asked(clusters, choices, _members(clusters, {head for heads in choices.values() for head in heads}))


def _asked(
    clusters: Clusters, choices: Iterable[NameId], members: Mapping[NameId, Sequence[NameId]]
) -> frozenset[NameId]:
    asked = {given for name_id in choices for given in clusters.groups[name_id].ids}
    asked.update(given for names in members.values() for name in names for given in clusters.groups[name].ids)
    return frozenset(asked)


def open_choices(clusters: Clusters) -> dict[NameId, tuple[NameId, ...]]:
    """Return the names that company may link, each with the heads of the clusters that it could mean, in order."""
    found = {}
    for name_id, choice in clusters.choices.items():
        heads = sorted({clusters.head(head) for head in choice.heads} - {name_id})
        fewest = 1 if choice.rule in BY_COMPANY else 2
        if name_id not in clusters.links and fewest <= len(heads) <= MOST_HEADS:
            found[name_id] = tuple(heads)
    return found


def _members(clusters: Clusters, heads: set[NameId]) -> dict[NameId, list[NameId]]:
    """The names of some clusters: the head, and of the others the most frequent."""
    members: dict[NameId, list[NameId]] = {head: [] for head in heads}
    for name_id in clusters.links if heads else ():
        head = clusters.head(name_id)
        if head in members:
            members[head].append(name_id)
    for head, names in members.items():
        names.sort(key=lambda name: (-clusters.groups[name].mentions, name))
        members[head] = [head, *names[: _MOST_NAMES_OF_CANDIDATE - 1]]
    return members


def _company(
    clusters: Clusters, names: Sequence[NameId], company: Mapping[NameId, Mapping[NameId, int]]
) -> frozenset[NameId]:
    """The heads of the clusters that are named beside any of the names."""
    given = (given for name in names for given in clusters.groups[name].ids)
    beside = (other for name in given for other, articles in company.get(name, {}).items() if articles > 0)
    return frozenset(clusters.head(other) for other in beside if other in clusters.groups)


def _weigh(
    clusters: Clusters, own: frozenset[NameId], other: frozenset[NameId], candidates: Iterable[NameId]
) -> Beside:
    both = (own & other) - set(candidates)
    weights = {shared: 1 / log2(2 + rounded_mentions(clusters.groups[shared].mentions)) for shared in both}
    order = sorted(weights, key=lambda shared: (-weights[shared], shared))
    texts = tuple(clusters.groups[shared].text for shared in order)
    return Beside(sum(weights[shared] for shared in order), texts, tuple(order))


def rounded_mentions(mentions: int) -> int:
    """Mentions, rounded down to three binary digits: the weight of a companion does not change with every article.

    >>> [rounded_mentions(count) for count in (7, 9, 1000)]
    [7, 8, 896]
    """
    shift = max(0, mentions.bit_length() - _DIGITS_OF_WEIGHT)
    return mentions >> shift << shift


def _only_fitting(found: Mapping[NameId, Beside]) -> NameId | None:
    """Return the candidate with the most evidence, when it is enough and several times that of the next."""
    best, *others = sorted(found, key=lambda head: (-found[head].weight, head))
    beside = found[best]
    if len(beside.shared) < _FEWEST_SHARED or beside.weight < _LEAST_WEIGHT:
        return None
    return best if not others or beside.weight >= _TIMES_THE_NEXT * found[others[0]].weight else None
