"""The distinct names of an archive and which of them are one entity: a table of links, each with its reason.

Every name is linked at most once, and only to a name that stands for itself, so that the reason of a link is the whole
reason: there are no chains of likeness.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from index.identity.naming.key_numbers import key_number
from index.identity.naming.keys import is_set_apart, kept_apart, key_of, words_of_key
from index.identity.records import Name, NameId
from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.names import is_acronym
from index.packs.loader import PackEntry

__all__ = [
    "MOST_HEADS",
    "MOST_LONGER",
    "Choice",
    "Clusters",
    "Frozen",
    "NameGroup",
    "Stage",
    "StoredLink",
    "group_names",
]

# Two capitals in a person's name are initials, three may be a generation ("III"), which has no other way to be written.
_SHORTEST_SHOUTED = 3
_WORD = re.compile(r"[^\W\d_]+")


class NameGroup(NamedTuple):
    """A name with all the ways in which it is written; a tuple, as there are hundreds of thousands.

    `ids` are the names as they were given that it stands for (several when a decision gave them another kind),
    `texts` counts mentions by way of writing, sorted by text; `text` is the best of them: in mixed case, with its
    accents, as most mentions do. `acronym` is true when it is ever written as one.
    """

    id: NameId
    words: Words
    reference: str | None
    ids: tuple[NameId, ...]
    texts: tuple[tuple[str, int], ...]
    text: str
    mentions: int
    acronym: bool

    @property
    def kind(self) -> Kind:
        """The kind under which the clusters know it."""
        return self.id[0]

    @property
    def key(self) -> str:
        """The key under which the clusters know it."""
        return self.id[1]


class Stage(IntEnum):
    """The rules in the order in which they are applied; the number is stored with every link."""

    REFERENCE = 1
    SPELLING = 2
    SHORTER = 3
    LONGER = 4
    MISSPELLED = 5
    SURNAME = 6
    REGION = 7
    BUILDING = 8
    SYSTEM = 9
    TEAM = 10
    DEFINITION = 11
    ACRONYM = 12
    CONTEXT = 13


class StoredLink(NamedTuple):
    """The link of a name: the name that it was linked to, the rule with its evidence, and the stage that made it."""

    target: NameId
    rule: str
    evidence: str
    stage: Stage


class Frozen(NamedTuple):
    """Result of an earlier resolution for a name: its link, and whether it is the head of an entity of a pack.

    `fits` says that company spoke for one of the candidates of an open choice.
    """

    link: StoredLink | None = None
    has_entry: bool = False
    fits: bool = False


class Choice(NamedTuple):
    """A name that a rule could not link, because several clusters can be meant: their heads, in order of their ids.

    `phrase` says what the name is to one of them, with `{}` for what that is called. `heads` is empty when more than
    `MOST_HEADS` can be meant: nobody could choose among them.
    """

    heads: tuple[NameId, ...]
    rule: str
    phrase: str


# What more than a dozen bear is no name to ask about.
MOST_HEADS = 12
# A word that more names contain than this is the short form of none of them. The bound keeps the number of names that
# one short name depends on small, so that a change is resolved without reading half of the archive.
MOST_LONGER = 100

_DECIDED_AT_ONCE = frozenset(
    {Stage.REFERENCE, Stage.SPELLING, Stage.SHORTER, Stage.LONGER, Stage.MISSPELLED, Stage.REGION}
)


@dataclass(slots=True)
class Clusters:
    """Names and what they are linked to; a name without a link stands for itself and is the head of its cluster.

    `entries` has the pack entry behind a cluster, by its head. `choices` are the names that could mean several
    clusters when the rules asked; `fitting` has the one of them that company
    speaks for. `sides` tells which names people keep apart: for each name, the numbers of the decisions that it is part
    of, positive on their one side and negative on their other. What a person set apart is a group like any other, but
    no rule sees it.

    `frozen` are names whose links are known from an earlier resolution: rules see them, but give them no links; they
    get their known link, if any, when its stage comes. All other names are open. `crowded` are the keys of
    the short names that more than `MOST_LONGER` names contain, though not all of those are in `groups`.
    """

    groups: Mapping[NameId, NameGroup]
    sides: dict[NameId, frozenset[int]] = field(default_factory=dict)
    frozen: Mapping[NameId, Frozen] = field(default_factory=dict)
    crowded: Collection[int] = ()
    links: dict[NameId, StoredLink] = field(default_factory=dict)
    entries: dict[NameId, PackEntry] = field(default_factory=dict)
    choices: dict[NameId, Choice] = field(default_factory=dict)
    fitting: dict[NameId, NameId] = field(default_factory=dict)
    stage: Stage = Stage.REFERENCE
    _by_kind: dict[Kind, list[NameGroup]] = field(default_factory=dict)
    _open: dict[Kind, list[NameGroup]] = field(default_factory=dict)
    _open_longest_first: dict[Kind, list[NameGroup]] = field(default_factory=dict)
    _longest_first: dict[Kind, list[NameGroup]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for group in self.groups.values():
            if not is_set_apart(group.key):
                self._by_kind.setdefault(group.id[0], []).append(group)
                if group.id not in self.frozen:
                    self._open.setdefault(group.id[0], []).append(group)
        for kind, groups in self._by_kind.items():
            self._longest_first[kind] = sorted(groups, key=_by_length)
        for kind, groups in self._open.items():
            longest_first = sorted(groups, key=_by_length) if self.frozen else self._longest_first[kind]
            self._open_longest_first[kind] = longest_first

    def begin(self, stage: Stage) -> None:
        """Begin the rule of a stage; the known links of a stage that decides at once are made now."""
        self.stage = stage
        if stage in _DECIDED_AT_ONCE or stage is Stage.CONTEXT:
            for name_id, known in self.frozen.items():
                if known.link is not None and known.link.stage is stage:
                    self._set(name_id, known.link)

    def head(self, name_id: NameId) -> NameId:
        """The name that a name means in the end."""
        while name_id in self.links:
            name_id = self.links[name_id].target
        return name_id

    def link(self, name_id: NameId, target: NameId, rule: str, evidence: str) -> None:
        """Link a head without a pack entry to the head of another cluster.

        A link to itself is left out, and so is one that joins what people keep apart.
        """
        head = self.head(target)
        if head == name_id or self.are_apart(name_id, head):
            return
        self._set(name_id, StoredLink(head, rule, evidence, self.stage))

    def _set(self, name_id: NameId, link: StoredLink) -> None:
        self.links[name_id] = link
        if name_id in self.sides:
            self.sides[link.target] = self.sides.get(link.target, frozenset()) | self.sides[name_id]

    def link_to_only(self, group: NameGroup, candidates: Sequence[NameGroup], rule: str, phrase: str) -> None:
        """Link a head to its candidates when all of them are one cluster; `phrase` has `{}` for what that is called.

        Several clusters are a choice that is left open.
        """
        heads = {self.head(candidate.id) for candidate in candidates} - {group.id}
        if len(heads) == 1:
            target = heads.pop()
            self.link(group.id, target, rule, phrase.format(self.groups[target].text))
        elif heads:
            self.choose(group.id, heads, rule, phrase)

    def share_sides(self) -> None:
        """Keep every name apart from the names that its followers are kept apart from."""
        for name_id, own in list(self.sides.items()):
            target = name_id
            while target in self.links:
                target = self.links[target].target
                self.sides[target] = self.sides.get(target, frozenset()) | own

    def few(self, groups: Sequence[NameGroup], kind: Kind, short: str) -> Sequence[NameGroup]:
        """The longer names of a short one, or none when there are so many that it is the short form of none."""
        if len(groups) > MOST_LONGER:
            return ()
        is_crowded = self.crowded and key_number(self.stage, f"{kind.value} {short}") in self.crowded
        return () if is_crowded else groups

    def choose(self, name_id: NameId, heads: Collection[NameId], rule: str, phrase: str) -> None:
        """Leave open which of several heads a name means, unless an earlier rule did."""
        if name_id not in self.frozen:
            some = tuple(sorted(heads)) if len(heads) <= MOST_HEADS else ()
            self.choices.setdefault(name_id, Choice(some, rule, phrase))

    def is_fitting(self, name_id: NameId) -> bool:
        """True for a name with an open choice whose company speaks for one candidate."""
        known = self.frozen.get(name_id)
        return name_id in self.fitting if known is None else known.fits

    def are_apart(self, one: NameId, other: NameId) -> bool:
        """True when people keep the clusters of two heads apart."""
        if one not in self.sides or other not in self.sides:
            return False
        return not self.sides[one].isdisjoint(-side for side in self.sides[other])

    def loose(self, kind: Kind) -> list[NameGroup]:
        """The open names of a kind that stand for themselves and that no pack knows, longest first, then by key."""
        return self._unlinked(self._open_longest_first.get(kind, ()))

    def turns(self, kind: Kind) -> Iterator[NameGroup]:
        """The same, one by one; names that are not open get their known link when it would be their turn."""
        for group in self._unlinked(self._longest_first.get(kind, ())):
            if group.id not in self.frozen:
                yield group
                continue
            link = self.frozen[group.id].link
            if link is not None and link.stage is self.stage:
                self._set(group.id, link)

    def entry_reference(self, group: NameId) -> str | None:
        """Return the reference of the pack entry that a name is the first name of; None when there is none."""
        entry = self.entries.get(group)
        return None if entry is None else entry.reference

    def _unlinked(self, groups: Iterable[NameGroup]) -> list[NameGroup]:
        links, entries = self.links, self.entries
        return [group for group in groups if group.id not in links and group.id not in entries]

    def of_kind(self, kind: Kind) -> Sequence[NameGroup]:
        """All names of a kind, by key."""
        return self._by_kind.get(kind, ())

    def open_of_kind(self, kind: Kind) -> Sequence[NameGroup]:
        """The open names of a kind, by key."""
        return self._open.get(kind, ())

    def members(self) -> dict[NameId, list[NameId]]:
        """All names by the head of their cluster, in order of kind and key."""
        found: dict[NameId, list[NameId]] = {name_id: [name_id] for name_id in self.groups if name_id not in self.links}
        for name_id in self.groups:
            if name_id in self.links:
                found[self.head(name_id)].append(name_id)
        return found


def _by_length(group: NameGroup) -> tuple[int, NameId]:
    return -len(group.words), group.id


def group_names(
    names: Iterable[Name], *, words: NameWords, retyped: Mapping[NameId, Kind], rejected: frozenset[NameId]
) -> dict[NameId, NameGroup]:
    """The distinct names, in order of kind and key, without the rejected ones and with the kinds that people gave."""
    texts: dict[NameId, dict[str, int]] = {}
    references: dict[NameId, set[str]] = {}
    for name in names:
        name_id = (name.kind, name.key)
        if name_id in rejected:
            continue
        counts = texts.setdefault(name_id, {})
        counts[name.text] = counts.get(name.text, 0) + name.mentions
        if name.reference is not None:
            references.setdefault(name_id, set()).add(name.reference)
    gathered: dict[NameId, list[NameId]] = {}
    for name_id in sorted(texts):
        gathered.setdefault(_retyped(name_id, texts[name_id], retyped, words), []).append(name_id)
    return {
        target: _group(target, ids, texts, min(references.get(target, ()), default=None))
        for target, ids in sorted(gathered.items())
    }


def _retyped(name_id: NameId, texts: Mapping[str, int], retyped: Mapping[NameId, Kind], words: NameWords) -> NameId:
    kind = retyped.get(name_id, name_id[0])
    if kind is name_id[0]:
        return name_id
    text = min(texts, key=lambda text: (-texts[text], text))
    key = key_of(text, kind, reference=None, words=words)
    return kind, kept_apart(key, name_id[1]) if key else name_id[1]


def _group(
    target: NameId, ids: list[NameId], texts: Mapping[NameId, Mapping[str, int]], reference: str | None
) -> NameGroup:
    counts = texts[ids[0]] if len(ids) == 1 else _sum([texts[name_id] for name_id in ids])
    written = tuple(counts.items()) if len(counts) == 1 else tuple(sorted(counts.items()))
    return NameGroup(
        id=target,
        words=words_of_key(target[1]),
        reference=reference,
        ids=tuple(ids),
        texts=written,
        text=written[0][0] if len(written) == 1 else _best_text(target[0], written),
        mentions=sum(counts.values()),
        acronym=any(map(is_acronym, counts)),
    )


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for counted in counts:
        for text, mentions in counted.items():
            total[text] = total.get(text, 0) + mentions
    return total


def _best_text(kind: Kind, written: Sequence[tuple[str, int]]) -> str:
    """The way of writing a name by which it is shown: in mixed case, with its accents, as most mentions do."""
    return min(
        written, key=lambda counted: (_is_loud(counted[0], kind), counted[0].isascii(), -counted[1], counted[0])
    )[0]


def _is_loud(text: str, kind: Kind) -> bool:
    """True for a name in capitals or without any, and for a person with a word in capitals: "Ismail DEMIR"."""
    if text.islower() or (" " in text and text.isupper()):
        return True
    return kind is Kind.PEOPLE and any(
        len(word) >= _SHORTEST_SHOUTED and word.isupper() for word in _WORD.findall(text)
    )
