"""Highlights: the ranges of a text that match a query, or that name an entity or a value."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from index.catalog.reading.records import ShownMention
from index.model import Kind, Link, Mention, Span
from search.hits.matching import Match
from search.results import Highlight, Role

__all__ = ["clip_highlights", "mention_highlights", "query_highlights", "shown_highlights"]

_ROLES = {kind: Role(kind.value) for kind in Kind}


def clip_highlights(highlights: Iterable[Highlight], span: Span) -> tuple[Highlight, ...]:
    """Return the highlights inside a range, as ranges of its text, by start; those that reach beyond it are cut."""
    length = span.end - span.start
    clipped = (
        Highlight(max(0, mark.start - span.start), min(length, mark.end - span.start), mark.role, mark.entity_id)
        for mark in highlights
        if mark.start < span.end and mark.end > span.start
    )
    return tuple(sorted(clipped, key=lambda mark: (mark.start, mark.end, mark.role)))


def query_highlights(matches: Sequence[Match]) -> tuple[Highlight, ...]:
    """Return the matches as disjoint highlights by start: phrases before their words, longer before shorter."""
    taken: list[Highlight] = []
    starts: list[int] = []
    for match in sorted(matches, key=lambda match: (not match.is_phrase, match.start - match.end, match.start)):
        at = bisect_left(starts, match.start)
        is_free = (at == 0 or taken[at - 1].end <= match.start) and (at == len(taken) or match.end <= taken[at].start)
        if is_free:
            taken.insert(at, Highlight(match.start, match.end, Role.PHRASE if match.is_phrase else Role.TERM))
            starts.insert(at, match.start)
    return tuple(taken)


def mention_highlights(mentions: Sequence[Mention], links: Sequence[Link]) -> tuple[Highlight, ...]:
    """Return the mentions of an article as highlights by start: entities with their links, and values."""
    linked = {link.mention.span: link.entity_id for link in links}
    marks: list[Highlight] = []
    for mention in mentions:
        entity_id = linked.get(mention.span)
        if entity_id is None and mention.amount is None and mention.interval is None:
            continue
        if not marks or marks[-1].end <= mention.span.start:
            marks.append(Highlight(mention.span.start, mention.span.end, _ROLES[mention.kind], entity_id))
    return tuple(marks)


def shown_highlights(mentions: Sequence[ShownMention], span: Span) -> tuple[Highlight, ...]:
    """Return those of disjoint mentions, by start, that lie in a range, as `clip_highlights` does.

    Makes no highlight for the others: an article has a hundred mentions, and a snippet three of them.
    """
    first = bisect_right(mentions, span.start, key=lambda mention: mention.end)
    last = bisect_left(mentions, span.end, lo=first, key=lambda mention: mention.start)
    length = span.end - span.start
    return tuple(
        Highlight(
            max(0, mention.start - span.start),
            min(length, mention.end - span.start),
            _ROLES[mention.kind],
            mention.entity_id,
        )
        for mention in mentions[first:last]
    )
