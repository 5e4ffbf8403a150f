"""Weighs what rules and packs propose against what the shipped recognizer read in the same words.

The recognizer reads whole sentences and is right far more often than any single rule, so a rule has to yield where the
two disagree. What packs know for sure holds: it yields only to a longer name around it, or, for places, which are
also surnames and parts of other names ("the Treaty of London"), where the recognizer sees no place at all.
Thresholds were tuned on the four development sets of names together.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from index.extract.candidates import Candidate, Certainty
from index.model import Kind
from index.recognizer.reading import Reading

__all__ = ["LABELS", "weigh"]

LABELS: Final = {Kind.PEOPLE: "PERSON", Kind.ORGANIZATIONS: "ORG", Kind.PLACES: "GPE"}
_GAZETTEER = "gazetteer"
# A name read with less than this chance says nothing against a rule.
_FIRM_READING: Final = 0.5
# A rule that the reading does not share needs this chance of its kind, a known place the smaller one.
_RULE_NEEDS: Final = 0.25
_PLACE_NEEDS: Final = 0.1


def weigh(
    candidates: Iterable[Candidate], read: Iterable[tuple[Candidate, float]], reading: Reading
) -> list[Candidate]:
    """Those of `candidates` that stand beside the names `read`, and the names that stand beside them.

    `read` are the names with their chances, in the order of the text and disjoint.
    """
    names = list(read)
    ends = [name.end for name, _ in names]
    kept: list[Candidate] = []
    refuted: set[int] = set()
    for candidate in candidates:
        label = LABELS.get(candidate.kind)
        if label is None:
            kept.append(candidate)
            continue
        beside = list(_overlapping(candidate, names, ends))
        is_known = candidate.component == _GAZETTEER and candidate.certainty is Certainty.SURE
        if is_known:
            holds = _known_holds(candidate, beside, reading, label)
        else:
            holds = _rule_holds(candidate, beside, reading, label)
        if holds:
            kept.append(candidate)
            if is_known:
                refuted.update(id(name) for name, _ in beside if name.kind is not candidate.kind)
    kept.extend(name for name, _ in names if id(name) not in refuted)
    return kept


def _overlapping(
    candidate: Candidate, names: list[tuple[Candidate, float]], ends: list[int]
) -> Iterator[tuple[Candidate, float]]:
    for name, chance in names[bisect_left(ends, candidate.start + 1) :]:
        if name.start >= candidate.end:
            return
        yield name, chance


def _known_holds(candidate: Candidate, beside: list[tuple[Candidate, float]], reading: Reading, label: str) -> bool:
    for name, chance in beside:
        is_same_span = (name.start, name.end) == (candidate.start, candidate.end)
        is_inside = candidate.start <= name.start and name.end <= candidate.end
        if chance < _FIRM_READING or (is_same_span and name.kind is candidate.kind):
            continue
        if is_same_span:
            if candidate.kind is Kind.PLACES:
                return False
        elif not is_inside:
            return False
    return bool(beside) or candidate.kind is not Kind.PLACES or _chance(candidate, reading, label) >= _PLACE_NEEDS


def _rule_holds(candidate: Candidate, beside: list[tuple[Candidate, float]], reading: Reading, label: str) -> bool:
    for name, chance in beside:
        is_same = (name.start, name.end, name.kind) == (candidate.start, candidate.end, candidate.kind)
        if chance >= _FIRM_READING and not is_same:
            return False
    return bool(beside) or _chance(candidate, reading, label) >= _RULE_NEEDS


def _chance(candidate: Candidate, reading: Reading, label: str) -> float:
    return reading.chances(candidate.start, candidate.end)[label]
