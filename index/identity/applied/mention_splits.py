"""Mentions that a person took out of an entity: they stand for a name of their own, which no rule joins to anything.

A split that takes a whole name out is applied to clusters instead (`index.identity.applied.decided_clusters`). One
that takes out a form that was linked within articles ("Demir" where the article names Ismail Demir), or the mentions of
one article, changes the links of those mentions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.identity.naming.keys import key_of, words_of_key
from index.identity.naming.words import builtin_words
from index.identity.records import AnyDecision, Assignment, LocalLink, MadeDecision, Name, NameId, Split
from index.model import Mention
from index.normalize.name_words import NameWords

__all__ = ["MentionSplit", "apply_mention_splits", "mention_splits_of", "own_name", "taken_back"]


@dataclass(frozen=True, slots=True)
class MentionSplit:
    """Mentions that stand for one of `names`, to stand for `own` from now on.

    `forms` are those ways of writing that are meant, by kind and key, all when it is empty; `article` is the id of
    the article that is meant, None for all. `evidence` says in words who decided what.
    """

    names: frozenset[NameId]
    forms: frozenset[NameId]
    article: str | None
    own: Name
    evidence: str


def mention_splits_of(decisions: Iterable[AnyDecision]) -> tuple[MentionSplit, ...]:
    """Return the splits of mentions among decisions, in their order."""
    return tuple(
        _mention_split(decision, decision.own)
        for decision in decisions
        if isinstance(decision, Split) and decision.own is not None
    )


def taken_back(made: Iterable[MadeDecision], assignments: Mapping[NameId, Assignment]) -> dict[NameId, str]:
    """Return the names that undone splits had set apart, each with the entity that its mentions belong to again."""
    undone = mention_splits_of(item.decision for item in made if item.undone_at is not None)
    entities = {
        (mention_split.own.kind, mention_split.own.key): {
            assignments[name].entity_id for name in mention_split.names & assignments.keys()
        }
        for mention_split in undone
    }
    return {own: found.pop() for own, found in entities.items() if len(found) == 1 and own not in assignments}


def own_name(mention_split: MentionSplit) -> NameId:
    """Return the name that the split mentions stand for."""
    return mention_split.own.kind, mention_split.own.key


def _mention_split(decision: Split, own: NameId) -> MentionSplit:
    kind, key = own
    article = decision.article
    evidence = f"taken out of “{decision.entity_name}” by a person"
    return MentionSplit(
        names=frozenset(decision.names),
        forms=frozenset(decision.forms),
        article=article,
        own=Name(kind, key, decision.name),
        evidence=evidence if article is None else f"{evidence}, in this article",
    )


def apply_mention_splits(
    links: Sequence[LocalLink],
    mentions: Sequence[Mention],
    *,
    article_id: str,
    mention_splits: Sequence[MentionSplit],
    words: NameWords | None = None,
) -> tuple[LocalLink, ...]:
    """Return the links of an article's mentions after all splits, applied in order."""
    known = builtin_words() if words is None else words
    here = [mention_split for mention_split in mention_splits if mention_split.article in (None, article_id)]
    return tuple(_split(link, mentions[link.mention_index], here, known) for link in links)


def _split(link: LocalLink, mention: Mention, mention_splits: Iterable[MentionSplit], words: NameWords) -> LocalLink:
    for mention_split in mention_splits:
        name_id = (link.name.kind, link.name.key)
        if name_id in mention_split.names and (
            not mention_split.forms or _is_written(mention, name_id, mention_split, words)
        ):
            link = LocalLink(link.mention_index, mention_split.own, "split", mention_split.evidence)
    return link


def _is_written(mention: Mention, name_id: NameId, mention_split: MentionSplit, words: NameWords) -> bool:
    kind = name_id[0]
    written = words_of_key(key_of(mention.text, kind, reference=None, words=words))
    return any(form_kind is kind and words_of_key(key) == written for form_kind, key in mention_split.forms)
