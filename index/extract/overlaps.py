"""Resolves overlaps: of candidates that overlap, one is kept.

Before all else, a proposal of the statistical recognizer that holds within it a system, or a person or organization
that is sure, of another kind than its own is dropped: it swallowed more than a name ("Erdogan Reiterates Ankara").
So is an organization or place of rules that ends within one of packs: "Broadcaster Channel" of "Channel 4".
Then the rules, in this order; the first that tells two overlapping proposals apart decides:

1. a system that a pack or a designator names stands against what merely swallows it ("Lockheed Martin F-35");
2. a date or an amount stands against a name, if it could not be part of one ("Tuesday", "Easter" and "May" could);
3. the longer one wins;
4. the more certain one wins;
5. the component that stands earlier in `PRIORITY` wins, places of packs after all rules for people;
6. the one proposed first wins.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, candidates_of
from index.extract.language import ArticleLanguage
from index.model import VALUE_KINDS, Kind

__all__ = ["PRIORITY", "settle", "settle_overlaps"]

PRIORITY = (
    "money",
    "dates",
    "short_forms",
    "partnerships",
    "gazetteer",
    "written_forms",
    "designators",
    "appositions",
    "datelines",
    "people",
    "surnames",
    "inverted_names",
    "organizations",
    "places",
    "recognizer",
)
_PLACE = {component: place for place, component in enumerate(PRIORITY)}
_RECOGNIZER = "recognizer"
_RULES_FOR_HEADS = frozenset({"organizations", "places"})
_FROM_PACKS = frozenset({"gazetteer", "written_forms"})
# "Lord" with the name of a town, and the surname of a person named in full, are people, though the gazetteer knows it.
_PLACE_AFTER_PEOPLE = _PLACE["surnames"] + 0.5


def _rank(candidate: Candidate) -> tuple[int, int, int, float]:
    is_firm = candidate.certainty >= Certainty.SURE and (
        candidate.kind is Kind.SYSTEMS or candidate.kind in VALUE_KINDS
    )
    return (
        -int(is_firm),
        candidate.start - candidate.end,
        -candidate.certainty,
        _PLACE_AFTER_PEOPLE
        if candidate.component in _FROM_PACKS and candidate.kind is Kind.PLACES
        else _PLACE.get(candidate.component, len(PRIORITY)),
    )


def _drop_swallowers(candidates: list[Candidate]) -> list[Candidate]:
    held = sorted(
        (candidate.start, candidate.end, candidate.kind)
        for candidate in candidates
        if candidate.component != _RECOGNIZER
        and (
            candidate.kind is Kind.SYSTEMS
            or (candidate.certainty >= Certainty.SURE and candidate.kind in (Kind.PEOPLE, Kind.ORGANIZATIONS))
        )
    )
    starts = [start for start, _, _ in held]

    def swallows(candidate: Candidate) -> bool:
        first, last = bisect_left(starts, candidate.start), bisect_left(starts, candidate.end)
        return any(end <= candidate.end and kind is not candidate.kind for _, end, kind in held[first:last])

    return [candidate for candidate in candidates if candidate.component != _RECOGNIZER or not swallows(candidate)]


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that remain, disjoint and in the order of the text.

    Takes n log n steps: the best-ranked is kept, and whatever overlaps what is kept is dropped.
    """
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(_drop_cut(_drop_swallowers(list(candidates))), key=_rank):
        span = range(candidate.start, candidate.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate.start)


def _drop_cut(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates without those that end inside of an organization of a pack, which begins inside of them."""
    known = sorted(
        (each.start, each.end)
        for each in candidates
        if each.component in _FROM_PACKS and each.kind is Kind.ORGANIZATIONS and each.certainty >= Certainty.SURE
    )
    starts = [start for start, _ in known]

    def is_cut(candidate: Candidate) -> bool:
        if candidate.component not in _RULES_FOR_HEADS:
            return False
        first, last = bisect_right(starts, candidate.start), bisect_left(starts, candidate.end)
        return any(end > candidate.end for _, end in known[first:last])

    return [candidate for candidate in candidates if not is_cut(candidate)]


@ArticleLanguage.component("dossier_overlaps")
def settle_overlaps(doc: Doc) -> Doc:
    """Leave on the `Doc` only candidates that do not overlap."""
    candidates = candidates_of(doc)
    candidates[:] = settle(candidates)
    return doc
