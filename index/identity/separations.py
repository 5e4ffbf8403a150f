"""Mentions that a person took out of an entity: they stand for a name of their own, which no rule joins to anything.

A split that takes a whole name out needs nothing of this: it is a verdict about the archive. One that takes out a form
that was linked within articles ("Demir" where the article names Ismail Demir), or the mentions of one article, changes
what those mentions stand for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.identity.keys import key_of, words_of_key
from index.identity.records import Assignment, Decision, DecisionAction, LocalLink, Name, NameId
from index.identity.verdicts import effective, name_ids
from index.identity.words import builtin_words
from index.model import Mention
from index.normalize.name_words import NameWords

__all__ = ["Separation", "own_name", "separate", "separations_of", "taken_back"]


@dataclass(frozen=True, slots=True)
class Separation:
    """Mentions that stand for one of `names`, to stand for `own` from now on.

    `forms` are those ways of writing that are meant, by kind and key, all when it is empty; `article` is the id of
    the article that is meant, None for all. `evidence` says in words who decided what.
    """

    names: frozenset[NameId]
    forms: frozenset[NameId]
    article: str | None
    own: Name
    evidence: str


def separations_of(decisions: Iterable[Decision]) -> tuple[Separation, ...]:
    """Those of the decisions that hold which set mentions apart, in their order."""
    return tuple(
        _separation(decision)
        for decision in decisions
        if decision.action is DecisionAction.SPLIT and name_ids(decision.arguments.get("own", ""))
    )


def taken_back(decisions: Sequence[Decision], assignments: Mapping[NameId, Assignment]) -> dict[NameId, str]:
    """The names that decisions set apart which were undone, each with the entity its mentions are part of again."""
    holding = {decision.id for decision in effective(decisions)}
    undone = separations_of(decision for decision in decisions if decision.id not in holding)
    entities = {
        (separation.own.kind, separation.own.key): {
            assignments[name].entity_id for name in separation.names & assignments.keys()
        }
        for separation in undone
    }
    return {own: found.pop() for own, found in entities.items() if len(found) == 1 and own not in assignments}


def own_name(separation: Separation) -> NameId:
    """Return the name that mentions which were set apart stand for."""
    return separation.own.kind, separation.own.key


def _separation(decision: Decision) -> Separation:
    arguments = decision.arguments
    kind, key = name_ids(arguments["own"])[0]
    article = arguments.get("article")
    evidence = f"taken out of “{arguments.get('entity_name', '')}” by a person"
    return Separation(
        names=frozenset(name_ids(arguments["names"])),
        forms=frozenset(name_ids(arguments.get("forms", ""))),
        article=article,
        own=Name(kind, key, arguments["name"]),
        evidence=evidence if article is None else f"{evidence}, in this article",
    )


def separate(
    links: Sequence[LocalLink],
    mentions: Sequence[Mention],
    *,
    article_id: str,
    separations: Sequence[Separation],
    words: NameWords | None = None,
) -> tuple[LocalLink, ...]:
    """The links of an article's mentions with what was set apart, one separation after the other."""
    known = builtin_words() if words is None else words
    here = [separation for separation in separations if separation.article in (None, article_id)]
    return tuple(_separate(link, mentions[link.mention_index], here, known) for link in links)


def _separate(link: LocalLink, mention: Mention, separations: Iterable[Separation], words: NameWords) -> LocalLink:
    for separation in separations:
        name_id = (link.name.kind, link.name.key)
        if name_id in separation.names and (not separation.forms or _is_written(mention, name_id, separation, words)):
            link = LocalLink(link.mention_index, separation.own, "split", separation.evidence)
    return link


def _is_written(mention: Mention, name_id: NameId, separation: Separation, words: NameWords) -> bool:
    kind = name_id[0]
    written = words_of_key(key_of(mention.text, kind, reference=None, words=words))
    return any(form_kind is kind and words_of_key(key) == written for form_kind, key in separation.forms)
