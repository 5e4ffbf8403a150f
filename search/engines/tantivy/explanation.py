"""Explanation of a score: parts that add up to it."""

from collections.abc import Iterator

from search.engines.base import Contribution
from search.engines.labels import leaf_label
from search.engines.proximity import neighbor_pairs
from search.engines.tantivy.evaluation import Evaluation
from search.engines.tantivy.leaves import Expansions, LeafQuery, readings_of
from search.engines.tantivy.rarity import Rarity
from search.query.ast import And, Boost, FuzzyTerm, Or, PrefixTerm, Query, Term, TermSequence

__all__ = ["explain"]

# A prefix may stand for hundreds of terms; the most frequent few tell what it was.
_MAX_TERMS_SHOWN = 5


def explain(query: Query, evaluation: Evaluation, expansions: Expansions, rarity: Rarity) -> Iterator[Contribution]:
    """Yield the parts of the score of the one document of an evaluation; none when it does not match."""
    if not evaluation.evaluate(query).mask[0]:
        return
    yield from _explain(query, evaluation, expansions, rarity, 1.0)
    for (left, right), bonus in evaluation.bonuses(neighbor_pairs(query)):
        if bonus[0]:
            label = f"{left.term} near {right.term}"
            yield Contribution(label, float(bonus[0]), "words of the query close together")


def _explain(
    query: Query, evaluation: Evaluation, expansions: Expansions, rarity: Rarity, factor: float
) -> Iterator[Contribution]:
    if not evaluation.evaluate(query).mask[0]:
        return
    match query:
        case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
            times = f", times {factor:g}" if factor != 1 else ""
            shown = _shown(query, expansions)
            for field, frequencies, scores in evaluation.leaf_scores(query):
                if frequencies[0]:
                    detail = f"{shown}: {frequencies[0]:.3g} times, weight {rarity.weight(query):.3g}{times}"
                    yield Contribution(f"{leaf_label(query)} in {field}", float(scores[0]) * factor, detail)
        case And(clauses=clauses) | Or(clauses=clauses):
            for clause in clauses:
                yield from _explain(clause, evaluation, expansions, rarity, factor)
        case Boost(clause=clause, factor=more):
            yield from _explain(clause, evaluation, expansions, rarity, factor * more)


def _shown(query: LeafQuery, expansions: Expansions) -> str:
    terms = list(dict.fromkeys(term for reading in readings_of(query) for term in expansions.of(reading.leaf)))
    return " ".join(terms[:_MAX_TERMS_SHOWN]) + (" …" if len(terms) > _MAX_TERMS_SHOWN else "")
