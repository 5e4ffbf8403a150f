"""Distinct names of an archive with all their ways of writing, as decisions about kinds make them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from index.identity.naming.keys import kept_apart, key_of, words_of_key
from index.identity.records import Name, NameId
from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.names import is_acronym

__all__ = ["NameGroup", "group_names"]

# Two capitals in a person's name are initials, three may be a generation ("III"), which has no other way to be written.
_SHORTEST_SHOUTED = 3
_WORD = re.compile(r"[^\W\d_]+")


class NameGroup(NamedTuple):
    """A name with all the ways in which it is written; a tuple, as there are hundreds of thousands.

    `ids` are the names as they were given that it stands for (several when a decision gave them another kind),
    `texts` counts mentions by way of writing, sorted by text; `text` is the best of them: in mixed case, with its
    accents, as most mentions do. `acronym` is true when it is ever written as one. `documents` counts an article once
    for each way of writing.
    """

    id: NameId
    words: Words
    reference: str | None
    ids: tuple[NameId, ...]
    texts: tuple[tuple[str, int], ...]
    text: str
    mentions: int
    acronym: bool
    documents: int

    @property
    def kind(self) -> Kind:
        """The kind under which the clusters know it."""
        return self.id[0]

    @property
    def key(self) -> str:
        """The key under which the clusters know it."""
        return self.id[1]


def group_names(
    names: Iterable[Name], *, words: NameWords, retyped: Mapping[NameId, Kind], rejected: frozenset[NameId]
) -> dict[NameId, NameGroup]:
    """The distinct names, in order of kind and key, without the rejected ones and with the kinds that people gave."""
    texts: dict[NameId, dict[str, int]] = {}
    documents: dict[NameId, int] = {}
    references: dict[NameId, set[str]] = {}
    for name in names:
        name_id = (name.kind, name.key)
        if name_id in rejected:
            continue
        counts = texts.setdefault(name_id, {})
        counts[name.text] = counts.get(name.text, 0) + name.mentions
        documents[name_id] = documents.get(name_id, 0) + name.documents
        if name.reference is not None:
            references.setdefault(name_id, set()).add(name.reference)
    gathered: dict[NameId, list[NameId]] = {}
    for name_id in sorted(texts):
        gathered.setdefault(_retyped(name_id, texts[name_id], retyped, words), []).append(name_id)
    return {
        target: _group(target, ids, texts, documents, min(references.get(target, ()), default=None))
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
    target: NameId,
    ids: list[NameId],
    texts: Mapping[NameId, Mapping[str, int]],
    documents: Mapping[NameId, int],
    reference: str | None,
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
        documents=sum(documents[name_id] for name_id in ids),
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
