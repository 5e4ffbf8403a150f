"""Makes the mentions of an article from the candidates that remain."""

import sys
from bisect import bisect_right
from collections.abc import Iterable

from index.extract.candidates import Candidate
from index.model import Article, Mention, Span

__all__ = ["make_mentions"]


def make_mentions(article: Article, candidates: Iterable[Candidate]) -> tuple[Mention, ...]:
    """Return the mentions of `article`, in the order of its text; those in page furniture are marked."""
    furniture = sorted((part.span.start, part.span.end) for part in article.furniture)
    starts = [start for start, _ in furniture]

    def is_furniture(candidate: Candidate) -> bool:
        place = bisect_right(starts, candidate.end - 1)
        return place > 0 and furniture[place - 1][1] > candidate.start

    return tuple(
        Mention(
            span=Span(candidate.start, candidate.end),
            # A long text says the same names thousands of times.
            text=sys.intern(article.body[candidate.start : candidate.end]),
            kind=candidate.kind,
            component=candidate.component,
            evidence=sys.intern(candidate.evidence),
            reference=candidate.reference,
            amount=candidate.amount,
            interval=candidate.interval,
            in_furniture=is_furniture(candidate),
        )
        for candidate in candidates
    )
