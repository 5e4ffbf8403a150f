"""Father and son in one sentence: "X Jr. sued X" names two people, and "X Jr. spoke. X left" one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.identity.naming.keys import key_of, set_apart, tidy_name, words_of_key
from index.identity.records import LocalLink
from index.identity.similarity.short_forms import without_generation
from index.model import Kind, Mention
from index.normalize.name_words import NameWords

__all__ = ["part_fathers"]

_SENTENCE_END = re.compile(r"[.!?\n]")


def part_fathers(
    links: Sequence[LocalLink], mentions: Sequence[Mention], body: str, words: NameWords
) -> tuple[LocalLink, ...]:
    """Return the links, without those of a name to the son of that name who stands beside it in a sentence.

    Such a name becomes one that no rule joins to the son's.
    """
    people = [link for link in links if mentions[link.mention_index].kind is Kind.PEOPLE]
    fathers: dict[tuple[str, str], str] = {}
    for one, other in pairwise(people):
        left, right = mentions[one.mention_index], mentions[other.mention_index]
        if one.name != other.name or left.text == right.text:
            continue
        for link in (one, other):
            bare = key_of(mentions[link.mention_index].text, Kind.PEOPLE, reference=None, words=words)
            full = words_of_key(link.name.key)
            is_father = without_generation(full, words) == words_of_key(bare) != full
            if is_father and not _SENTENCE_END.search(body, left.span.end, right.span.start):
                fathers[bare, link.name.key] = link.name.text
    return tuple(_apart(link, mentions, fathers, words) for link in links) if fathers else tuple(links)


def _apart(
    link: LocalLink, mentions: Sequence[Mention], fathers: dict[tuple[str, str], str], words: NameWords
) -> LocalLink:
    mention = mentions[link.mention_index]
    bare = key_of(mention.text, mention.kind, reference=None, words=words)
    son = fathers.get((bare, link.name.key))
    if son is None or link.name.kind is not Kind.PEOPLE:
        return link
    name = replace(
        link.name,
        key=set_apart(bare, f"beside {link.name.key}"),
        text=tidy_name(mention.text, mention.kind, words=words),
    )
    return replace(link, name=name, rule="name", evidence=f"beside “{son}” in one sentence")
