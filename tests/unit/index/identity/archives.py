"""Small archives for the tests of resolution."""

from collections.abc import Collection, Sequence

from index.identity.across_archive import resolve_names
from index.identity.naming.keys import key_of
from index.identity.naming.words import builtin_words, words_of
from index.identity.records import AnyDecision, Definition, MadeDecision, Name, Resolution
from index.identity.within_article import link_mentions
from index.model import Kind, Mention, Span
from index.packs.loader import PackEntry, Packs

PEOPLE, ORGANIZATIONS, PLACES, SYSTEMS = Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS

PACKS = Packs(
    entries=(
        PackEntry("core:united-states", PLACES, "United States", ("US", "U.S.", "America"), "country"),
        PackEntry("core:georgia", PLACES, "Georgia", (), "country"),
        PackEntry("core:georgia-us-state", PLACES, "Georgia", (), "state, United States"),
        PackEntry("core:ssb", ORGANIZATIONS, "Presidency of Defense Industries", ("SSB",)),
        PackEntry("core:turkey", PLACES, "Turkey", ("Türkiye",), attributes={"ambiguous": "Turkey"}),
        PackEntry("core:vladimir-putin", PEOPLE, "Vladimir Putin", ("Putin",)),
        PackEntry("defence:s-400", SYSTEMS, "S-400", ("S-400 Triumf", "S-400 Triumph"), "air defence, Russia"),
        PackEntry("defence:s-300", SYSTEMS, "S-300", (), "air defence, Russia"),
    )
)

# What resolution knows with places and given names of a pack besides the built-in ones.
WORDS = words_of(
    Packs(
        entries=(
            *PACKS.entries,
            *(PackEntry(f"core:{name.lower()}", PLACES, name) for name in ("Iran", "Iraq", "Niger", "Nigeria")),
        ),
        tables={"given_names": ({"names": "Tim|Tom|Mario|Maria|Ali"},)},
    )
)


def mentions_in(body: str, *marked: tuple[Kind, str]) -> list[Mention]:
    """Mentions of a body in the order given, each looked for after the one before."""
    found = []
    start = 0
    for kind, text in marked:
        start = body.index(text, start)
        found.append(Mention(Span(start, start + len(text)), text, kind, "test", f"test: {text}"))
        start += len(text)
    return found


def links_in(body: str, *marked: tuple[Kind, str]) -> list[tuple[str, str]]:
    """The text of the name that each mention stands for, and the rule."""
    return [(link.name.text, link.rule) for link in link_mentions(mentions_in(body, *marked), body=body)]


def name(kind: Kind, text: str, mentions: int = 1, reference: str | None = None) -> Name:
    """A name of an archive."""
    key = key_of(text, kind, reference=reference, words=builtin_words())
    return Name(kind, key, text, reference, documents=mentions, mentions=mentions)


def names(kind: Kind, *texts: str) -> list[Name]:
    """Names of one kind, each mentioned once."""
    return [name(kind, text) for text in texts]


def resolve(
    archive: Sequence[Name],
    *decisions: AnyDecision,
    undone: Collection[int] = (),
    packs: Packs = PACKS,
    definitions: Sequence[Definition] = (),
) -> Resolution:
    """The resolution of an archive with decisions, numbered from 1, of which some were undone."""
    made = made_of(decisions, undone=undone)
    return resolve_names(archive, packs=packs, decisions=made, definitions=definitions)


def made_of(decisions: Sequence[AnyDecision], *, undone: Collection[int] = ()) -> list[MadeDecision]:
    """Decisions as a catalog gives them, numbered from 1; `undone` are the numbers of those that were undone."""
    return [
        MadeDecision(
            number,
            decision,
            "2021-01-01T00:00:00",
            undone_at="2021-01-02T00:00:00" if number in undone else None,
        )
        for number, decision in enumerate(decisions, start=1)
    ]


def clusters(resolution: Resolution) -> set[frozenset[str]]:
    """The keys of the names of each entity."""
    found: dict[str, set[str]] = {}
    for (_, key), assignment in resolution.assignments.items():
        found.setdefault(assignment.entity_id, set()).add(key)
    return {frozenset(keys) for keys in found.values()}


def entity_id(resolution: Resolution, text: str, kind: Kind) -> str:
    """The id of the entity that a text means."""
    key = key_of(text, kind, reference=None, words=builtin_words())
    return resolution.assignments[kind, key].entity_id


def is_one(kind: Kind, *texts: str, packs: Packs = PACKS) -> bool:
    """True when an archive with these names and no other has one entity."""
    return len(resolve(names(kind, *texts), packs=packs).entities) == 1


__all__ = [
    "ORGANIZATIONS",
    "PACKS",
    "PEOPLE",
    "PLACES",
    "SYSTEMS",
    "WORDS",
    "clusters",
    "entity_id",
    "is_one",
    "links_in",
    "made_of",
    "mentions_in",
    "name",
    "names",
    "resolve",
]
