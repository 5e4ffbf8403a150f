"""Scores for expressions of time as TempEval-3 counts them: same span, overlapping span, and same value."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Marked", "Scores", "f1", "score_timexes"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked expression: its half-open range and its value."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 in per cent: of equal spans, of overlapping spans, and of overlapping spans whose values are equal."""

    gold: int
    found: int
    strict: float
    relaxed: float
    value: float


def f1(hits: int, gold: int, found: int) -> float:
    """The harmonic mean of precision and recall in per cent; 0 when there is nothing to find and nothing found."""
    return 200 * hits / (gold + found) if gold + found else 0.0


def score_timexes(pairs: Sequence[tuple[Sequence[Marked], Sequence[Marked]]]) -> Scores:
    """The scores over pairs of gold and found expressions, one pair a document, both in order of their start.

    Each expression is paired with at most one other: equal spans first, then overlaps from the left. Gold ones
    without a value are left out.
    """
    gold_count = found_count = strict = relaxed = right = 0
    for gold_all, found in pairs:
        gold = [marked for marked in gold_all if marked.value is not None]
        matched = _matched(gold, found)
        gold_count += len(gold)
        found_count += len(found)
        strict += len({_span(marked) for marked in gold} & {_span(marked) for marked in found})
        relaxed += len(matched)
        right += sum(str(mine.value).upper() == str(theirs.value).upper() for theirs, mine in matched)
    return Scores(
        gold_count,
        found_count,
        f1(strict, gold_count, found_count),
        f1(relaxed, gold_count, found_count),
        f1(right, gold_count, found_count),
    )


def _matched(gold: Sequence[Marked], found: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    free = list(found)
    pairs: list[tuple[Marked, Marked]] = []
    rest: list[Marked] = []
    for theirs in gold:
        same = next((mine for mine in free if _span(mine) == _span(theirs)), None)
        if same is None:
            rest.append(theirs)
        else:
            free.remove(same)
            pairs.append((theirs, same))
    for theirs in rest:
        over = next((mine for mine in free if mine.start < theirs.end and theirs.start < mine.end), None)
        if over is not None:
            free.remove(over)
            pairs.append((theirs, over))
    return pairs


def _span(marked: Marked) -> tuple[int, int]:
    return marked.start, marked.end
