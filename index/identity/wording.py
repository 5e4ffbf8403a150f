"""Decisions in words."""

from typing import assert_never

from index.identity.records import AnyDecision, KeepApart, Merge, Reject, Rename, Retype, Split

__all__ = ["describe"]


def describe(decision: AnyDecision) -> str:
    """Return a decision in words, for lists and confirmations.

    >>> describe(Rename("ssb", "Defence Agency", entity_name="SSB"))
    'renamed “SSB” to “Defence Agency”'
    """
    entity = decision.entity_name or decision.entity
    match decision:
        case Merge():
            return f"merged “{entity}” into “{decision.into_name or decision.into}”"
        case Split():
            return _describe_split(decision, entity)
        case Rename():
            return f"renamed “{entity}” to “{decision.name}”"
        case Retype():
            return f"moved “{entity}” to {decision.kind}"
        case Reject():
            return f"rejected “{entity}” as not an entity"
        case KeepApart():
            return f"kept “{entity}” apart from “{decision.other_name or decision.other}”"
        case _:
            assert_never(decision)


def _describe_split(split: Split, entity: str) -> str:
    name = f"“{split.name}”"
    if split.own is None:
        return f"took the name {name} out of “{entity}”"
    if split.article is None:
        return f"took {name} out of “{entity}”, in articles that name it in full"
    return f"took {name if split.forms else 'all'} in article {split.article} out of “{entity}”"
