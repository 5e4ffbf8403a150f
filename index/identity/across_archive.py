"""Who is who in the whole archive: every distinct name to exactly one entity, by rules and by what people decided."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from index.identity.archive_rules import link_names
from index.identity.clusters import Clusters, group_names
from index.identity.contexts import link_by_context
from index.identity.entities import make_resolution
from index.identity.pack_names import PackNames
from index.identity.records import Companions, Decision, Definition, Name, Resolution
from index.identity.separations import taken_back
from index.identity.suggestions import make_suggestions
from index.identity.verdicts import Verdicts, effective, rejected_names, retyped_names, sides_kept_apart
from index.identity.words import words_of
from index.packs.loader import Packs

__all__ = ["resolve_names"]


def resolve_names(
    names: Iterable[Name],
    *,
    packs: Packs,
    decisions: Sequence[Decision],
    definitions: Iterable[Definition] = (),
    companions: Companions | None = None,
) -> Resolution:
    """The entities of an archive, the entity of each name, and pairs of entities that a person should look at.

    A pure function: the order of `names` and `definitions` makes no difference; that of `decisions` is the order
    in which they were made. `definitions` are short names that articles explain themselves. `companions` tells who
    is named beside whom; without it a short name that may mean several entities is left apart, whatever stands
    beside it.
    """
    with _collector_at_rest():
        resolution = _resolve(names, packs, effective(decisions), tuple(definitions), companions)
        return replace(resolution, taken_back=taken_back(decisions, resolution.assignments))


def _resolve(
    names: Iterable[Name],
    packs: Packs,
    holding: Sequence[Decision],
    definitions: Sequence[Definition],
    companions: Companions | None,
) -> Resolution:
    words = words_of(packs)
    groups = group_names(names, words=words, retyped=retyped_names(holding), rejected=rejected_names(holding))
    clusters = Clusters(groups, sides_kept_apart(holding, groups))
    pack_names = PackNames.from_packs(packs, words=words)
    link_names(clusters, pack_names=pack_names, definitions=definitions, words=words)
    contexts = link_by_context(clusters, companions) if companions is not None else {}
    verdicts = Verdicts(clusters)
    verdicts.apply(holding)
    resolution = make_resolution(clusters, verdicts)
    return replace(resolution, suggestions=make_suggestions(clusters, verdicts, resolution, words, contexts))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No garbage collection meanwhile: millions of records without a cycle, walked again and again, double the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
