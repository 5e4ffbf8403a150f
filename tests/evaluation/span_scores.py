"""Strict and overlap F1 of spans against gold, and what differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["GoldSpan", "Score", "count_overlaps", "match_strictly"]


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A span `[start, end)` that should be found; one of `alternatives` is as good. An optional one is never wrong."""

    start: int
    end: int
    alternatives: tuple[tuple[int, int], ...] = ()
    is_optional: bool = False

    @property
    def spans(self) -> frozenset[tuple[int, int]]:
        """All spans that count as found."""
        return frozenset({(self.start, self.end), *self.alternatives})


@dataclass(slots=True)
class Score:
    """Counts, and from them precision, recall and F1 (1.0 when there was nothing to find and nothing was found)."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    missed: list[GoldSpan] = field(default_factory=list)
    wrong: list[tuple[int, int]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else float(not self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0

    def __iadd__(self, other: "Score") -> "Score":
        """Add the counts of another text; what differs is not kept."""
        self.right += other.right
        self.found += other.found
        self.wanted += other.wanted
        return self


def match_strictly(gold: Sequence[GoldSpan], found: Iterable[tuple[int, int]]) -> Score:
    """Exact spans: each gold span takes at most one found span, each found span at most one gold span."""
    remaining = set(found)
    score = Score()
    for span in gold:
        hits = sorted(remaining & span.spans)
        if hits:
            remaining.discard(hits[0])
        if span.is_optional:
            remaining = {other for other in remaining if other[1] <= span.start or other[0] >= span.end}
            continue
        score.wanted += 1
        if hits:
            score.right += 1
        else:
            score.missed.append(span)
    score.wrong = sorted(remaining)
    score.found = score.right + len(remaining)
    return score


def count_overlaps(gold: Sequence[GoldSpan], found: Iterable[tuple[int, int]]) -> Score:
    """The same, but a found span that shares a character with a gold span is right."""
    remaining = sorted(set(found))
    score = Score(found=len(remaining), wanted=len(gold))
    for span in gold:
        hit = next((other for other in remaining if other[0] < span.end and other[1] > span.start), None)
        if hit is not None:
            remaining.remove(hit)
            score.right += 1
    return score
