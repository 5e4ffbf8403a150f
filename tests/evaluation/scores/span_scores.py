"""F1 of spans against gold, and what differs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["GoldSpan", "Range", "Score", "Test", "is_equal", "match", "overlaps"]

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A span `[start, end)` that should be found; one of `alternatives` is as good. An optional one is never wrong."""

    start: int
    end: int
    alternatives: tuple[Range, ...] = ()
    is_optional: bool = False

    @property
    def ranges(self) -> frozenset[Range]:
        """All ranges that count as found."""
        return frozenset({(self.start, self.end), *self.alternatives})


@dataclass(slots=True)
class Score:
    """Counts, and from them precision, recall and F1 (1.0 when there was nothing to find and nothing was found)."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    missed: list[GoldSpan] = field(default_factory=list)
    wrong: list[Range] = field(default_factory=list)

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


Test = Callable[[GoldSpan, Range], bool]


def is_equal(gold: GoldSpan, found: Range) -> bool:
    """True when the borders are those of the gold span or of one of its alternatives."""
    return found in gold.ranges


def overlaps(gold: GoldSpan, found: Range) -> bool:
    """True when the two share a character."""
    return found[0] < gold.end and gold.start < found[1]


def match(gold: Sequence[GoldSpan], found: Iterable[Range], is_same: Test) -> Score:
    """Pairs each gold span with at most one found one for which `is_same` is true, equal spans first.

    What is left over on either side is wrong, but for what lies over an optional span: that does not count at all.
    """
    free = sorted(set(found))
    taken: set[GoldSpan] = set()
    for has_to_be_equal in (True, False):
        for span in gold:
            candidates = (other for other in free if is_equal(span, other) or not has_to_be_equal)
            hit = next((other for other in candidates if is_same(span, other)), None) if span not in taken else None
            if hit is not None:
                taken.add(span)
                free.remove(hit)
    optional = [span for span in gold if span.is_optional]
    free = [other for other in free if not any(overlaps(span, other) for span in optional)]
    wanted = [span for span in gold if not span.is_optional]
    right = sum(span in taken for span in wanted)
    return Score(right, right + len(free), len(wanted), [span for span in wanted if span not in taken], free)
