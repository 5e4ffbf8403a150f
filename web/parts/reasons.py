"""Explain for each name and value of an article how it was found and what it means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.model import Span
from search.entities.explanations import MentionReason
from search.output.wording import amount_in_words, interval_in_words, kind_in_words, typographic
from web.addresses.urls import entity_url, wrong_url
from web.parts.records import Link, ReasonPart

__all__ = ["reason_parts", "reason_titles"]

_MAX_PLACES = 8


@dataclass(slots=True)
class _Alike:
    """Mentions that differ only in position."""

    mention: MentionReason
    places: list[Span] = field(default_factory=list)


def reason_parts(mentions: Iterable[MentionReason], *, article_id: str = "") -> tuple[ReasonPart, ...]:
    """Return the mentions by meaning, each with its reasons; those with the same reasons are grouped.

    With the id of their article, each names the page where to say that it is wrong.
    """
    alike: dict[tuple[object, ...], _Alike] = {}
    for mention in mentions:
        link = mention.link
        meant = None if link is None else (link.entity_id, link.rule, link.evidence)
        key = (
            mention.kind,
            mention.text,
            mention.component,
            mention.evidence,
            meant,
            mention.in_furniture,
            _value(mention),
        )
        alike.setdefault(key, _Alike(mention)).places.append(mention.span)
    return tuple(_part(group, article_id) for group in alike.values())


def reason_titles(mentions: Iterable[MentionReason]) -> Mapping[int, str]:
    """Return the tooltips of mentions by the start of the mention."""
    return {mention.span.start: _title(mention) for mention in mentions}


def _part(group: _Alike, article_id: str) -> ReasonPart:
    mention, link = group.mention, group.mention.link
    return ReasonPart(
        text=mention.text,
        css=mention.kind.value,
        kind=kind_in_words(mention.kind) + (" outside the story" if mention.in_furniture else ""),
        places=tuple(Link(str(i), f"#m-{span.start}") for i, span in enumerate(group.places[:_MAX_PLACES], start=1)),
        found=typographic(f"{mention.component}: {mention.evidence}"),
        meaning=None if link is None else Link(link.name, entity_url(link.entity_id)),
        value=_value(mention),
        reason="" if link is None else typographic(f"{link.evidence} ({link.rule})"),
        wrong_url=wrong_url(article_id, group.places[0].start) if article_id and link else "",
    )


def _value(mention: MentionReason) -> str:
    if mention.amount is not None:
        return amount_in_words(mention.amount)
    if mention.interval is not None:
        anchor = f", counted from {mention.interval.anchor}" if mention.interval.anchor else ""
        return interval_in_words(mention.interval) + anchor
    return ""


def _title(mention: MentionReason) -> str:
    if mention.link is not None:
        return f"{mention.link.name}: {mention.link.evidence}"
    return _value(mention) or f"{kind_in_words(mention.kind)}, not linked"
