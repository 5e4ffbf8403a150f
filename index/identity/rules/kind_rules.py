"""Rule for a name that articles give two or three kinds: the kind with far better evidence is that of all of them.

"Quebec" is a place that a pack knows 40 times and an organization that a recognizer was 61% sure of once. The second is
linked to the first, unless it has strong evidence of its own, such as a title before it, or a person decided its kind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.identity.clusters import Clusters, Stage
from index.identity.name_groups import NameGroup
from index.identity.records import Companions, NameId, Witness, Witnesses
from index.identity.rules.testimony import OWN, STRONG, Testimony, testimony_of
from index.model import Kind
from index.normalize.name_words import NameWords, Words

__all__ = ["link_kinds", "written_alike", "written_without_form"]

_RULE = "kind"
# Against 142 names of two kinds in 3,000 stories of a news agency: at these ratios none of the linked ones was another
# thing in fact, but for two.
_TIMES = 5
# A name means one thing in one article.
_TIMES_TOGETHER = 2
# A surname alone that a recognizer is fairly sure of may be somebody, though most articles mean the town.
_TIMES_A_PERSON = 20
_TIMES_A_FOUNDER = 10
# "Hughes" is a man in most articles, and a firm in one.
_TIMES_A_FIRM_LIKE_A_PERSON = 50
_LEAST_WEIGHT = 120
# "Brontek ASA" tells only against a weak reading what "Brontek" alone is.
_WEAK_BESIDE_FORM = 100
_A = {
    Kind.PEOPLE: "a person",
    Kind.ORGANIZATIONS: "an organization",
    Kind.PLACES: "a place",
    Kind.SYSTEMS: "a system",
}


class _Side(NamedTuple):
    """The groups of one kind with the same letters, and what speaks for that kind."""

    kind: Kind
    groups: Sequence[NameGroup]
    testimony: Testimony
    is_decided: bool
    is_known: bool


class _Contest(NamedTuple):
    """Two kinds of a name, of which the one may be the other; `target` is the only entity of the winner.

    With `is_by_form`, the winner is a firm that has the name with its legal form.
    """

    loser: _Side
    winner: _Side
    target: NameId
    is_by_form: bool = False


def written_alike(full: Words) -> str:
    """Return the letters of a name, in which its words do not count: "S 400" as a firm is "S-400"."""
    return "".join(full)


def written_without_form(group: NameGroup, words: NameWords) -> str | None:
    """Return the letters of a firm's name without its legal form; None when it has none."""
    bare = words.without_legal_forms(group.words) if group.kind is Kind.ORGANIZATIONS else group.words
    return written_alike(bare) if bare and bare != group.words and not words.is_generic(bare) else None


def link_kinds(
    clusters: Clusters, witnesses: Witnesses, companions: Companions | None = None, *, words: NameWords
) -> None:
    """Link names that stand for themselves to the same name of another kind that has far better evidence.

    Less better evidence is enough where an article has the name in both kinds, as `companions` tells.
    """
    clusters.begin(Stage.KIND)
    alike = list(_in_several_kinds(clusters, words))
    asked = {given for groups in alike for group in groups for given in group.ids}
    heard = witnesses(asked) if asked else {}
    contests = [contest for groups in alike for contest in _contests(_sides(groups, clusters, heard), clusters)]
    unsettled = {
        given for contest in contests if _is_close(contest) for group in contest.loser.groups for given in group.ids
    }
    beside = companions(unsettled) if unsettled and companions is not None else {}
    for contest in contests:
        together = _is_close(contest) and _are_together(contest, beside)
        if together or _is_settled(contest):
            evidence = _evidence(contest.loser, contest.winner)
            for group in contest.loser.groups:
                if clusters.stands_alone(group.id):
                    said = f"{evidence}; both in one article" if together else evidence
                    clusters.link(group.id, contest.target, _RULE, said)


def _contests(sides: Sequence[_Side], clusters: Clusters) -> Iterator[_Contest]:
    """Yield the kinds that may be overruled, each with the kind that has the best evidence."""
    winner = _winner(sides)
    target = None if winner is None else _only_head(winner, clusters)
    if winner is None or target is None:
        return
    for side in sides:
        choices = (clusters.choices.get(group.id) for group in side.groups)
        has_bearers = any(choice is not None and choice.rule == "surname" for choice in choices)
        is_open = not side.is_decided and not side.is_known and not has_bearers
        if side is not winner and is_open and not _has_form(side, sides):
            yield _Contest(side, winner, target, _has_form(winner, sides))


def _has_form(side: _Side, sides: Sequence[_Side]) -> bool:
    """True when a side has the name with a legal form, more than the letters that all sides have in common."""
    shortest = min(len(written_alike(group.words)) for each in sides for group in each.groups)
    return any(len(written_alike(group.words)) > shortest for group in side.groups)


def _in_several_kinds(clusters: Clusters, words: NameWords) -> Iterator[Sequence[NameGroup]]:
    """Yield the open groups with the same letters, where they have several kinds; they are open together."""
    alike: dict[str, list[NameGroup]] = {}
    for kind in Kind:
        for group in clusters.open_of_kind(kind):
            alike.setdefault(written_alike(group.words), []).append(group)
            bare = written_without_form(group, words)
            if bare is not None:
                alike.setdefault(bare, []).append(group)
    for groups in alike.values():
        if len({group.kind for group in groups}) > 1:
            yield groups


def _sides(
    groups: Sequence[NameGroup], clusters: Clusters, heard: Mapping[NameId, Mapping[Witness, int]]
) -> list[_Side]:
    found = []
    for kind in sorted({group.kind for group in groups}):
        own = [group for group in groups if group.kind is kind]
        parts = [
            testimony_of(
                kind,
                _sum(heard.get(given, {}) for given in group.ids),
                words=len(group.words),
                has_entry=_is_known(group, clusters),
            )
            for group in own
        ]
        best = max(parts, key=lambda part: (part.best, part.evidence))
        total = Testimony(
            sum(part.weight for part in parts), best.best, best.evidence, sum(part.mentions for part in parts)
        )
        is_decided = any(given[0] is not kind for group in own for given in group.ids)
        is_known = any(_is_known(group, clusters) for group in own)
        found.append(_Side(kind, own, total, is_decided, is_known))
    return found


def _is_known(group: NameGroup, clusters: Clusters) -> bool:
    """True for a name of a pack."""
    link = clusters.links.get(group.id)
    return group.id in clusters.entries or (link is not None and link.stage is Stage.REFERENCE)


def _sum(heard: Iterable[Mapping[Witness, int]]) -> dict[Witness, int]:
    total: dict[Witness, int] = {}
    for witnesses in heard:
        for witness, count in witnesses.items():
            total[witness] = total.get(witness, 0) + count
    return total


def _winner(sides: Sequence[_Side]) -> _Side | None:
    """Return the side that a person decided for, else the one with the most weight; None when two have as much."""
    decided = [side for side in sides if side.is_decided]
    if decided:
        return decided[0] if len(decided) == 1 else None
    first, second = sorted(sides, key=lambda side: -side.testimony.weight)[:2]
    return first if first.testimony.weight >= max(_LEAST_WEIGHT, second.testimony.weight + 1) else None


def _only_head(side: _Side, clusters: Clusters) -> NameId | None:
    """Return the head of the groups of a side; None when they are several entities."""
    heads = {clusters.head(group.id) for group in side.groups}
    return heads.pop() if len(heads) == 1 else None


def _is_settled(contest: _Contest) -> bool:
    """True when the evidence for the winner is so many times that for the loser that it decides alone."""
    own = contest.loser.testimony
    if contest.winner.is_decided:
        return own.best < OWN
    if contest.is_by_form and own.best >= _WEAK_BESIDE_FORM:
        return False
    times = _times(contest.loser, contest.winner)
    return own.best < STRONG and contest.winner.testimony.weight >= times * own.weight


def _is_close(contest: _Contest) -> bool:
    """True when the evidence for the winner decides only where an article has the name in both kinds."""
    own = contest.loser.testimony
    is_enough = own.best < OWN and contest.winner.testimony.weight >= _TIMES_TOGETHER * own.weight
    return is_enough and not _is_settled(contest)


def _are_together(contest: _Contest, beside: Mapping[NameId, Mapping[NameId, int]]) -> bool:
    winners = {given for group in contest.winner.groups for given in group.ids}
    losers = (given for group in contest.loser.groups for given in group.ids)
    return any(not winners.isdisjoint(beside.get(given, {})) for given in losers)


def _times(side: _Side, winner: _Side) -> int:
    """Return how many times the weight of the loser that of the winner must be."""
    is_surname = len(side.groups[0].words) == 1
    if winner.kind is Kind.PEOPLE and is_surname and not winner.is_known:
        return _TIMES_A_FIRM_LIKE_A_PERSON
    if side.kind is Kind.PEOPLE and is_surname and side.testimony.best >= OWN:
        return _TIMES_A_FOUNDER if winner.kind is Kind.ORGANIZATIONS else _TIMES_A_PERSON
    return _TIMES


def _evidence(side: _Side, winner: _Side) -> str:
    said = f"{_A[winner.kind]} in {_times_said(winner)}"
    if winner.is_decided:
        return f"{_A[winner.kind]}, as a person decided; {_A[side.kind]} in {_times_said(side)}"
    return f"{said}; {_A[side.kind]} only in {_times_said(side)}"


def _times_said(side: _Side) -> str:
    mentions, evidence = side.testimony.mentions, side.testimony.evidence
    number = "1 mention" if mentions == 1 else f"{mentions:,} mentions"
    return f"{number} ({evidence})" if evidence else number
