"""Explanations of scores: each leaf of a query is asked for alone, where all that stands around it matches."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.engines.opensearch.mapping import version_filter
from search.engines.base import Contribution
from search.engines.labels import leaf_label
from search.engines.opensearch.commits import OpenCommit
from search.engines.opensearch.compilation import Compiler
from search.engines.opensearch.leaves import LeafQuery, Weighed
from search.engines.opensearch.pages import read_hit
from search.engines.opensearch.requests import Body, ask_all
from search.query.ast import And, Boost, FuzzyTerm, Or, PrefixTerm, Query, Term, TermSequence

__all__ = ["explain"]

# A prefix may stand for hundreds of terms; the most frequent few tell what it was.
_MAX_TERMS_SHOWN = 5


class _Part(Struct, frozen=True):
    """A leaf that may add to a score: its factor, and the queries around it, all of which must match."""

    leaf: LeafQuery
    factor: float
    around: tuple[Query, ...]


def explain(
    opened: OpenCommit, compiler: Compiler, leaves: dict[LeafQuery, Weighed], query: Query, ids: Sequence[str]
) -> dict[str, list[Contribution]]:
    """Return the parts of the score of each of the documents that the query finds."""
    parts = list(_parts(query))
    commit = opened.commit
    named = [{"terms": {"id": list(ids)}}, *version_filter(commit.number)]
    questions: list[Body] = [
        {
            "size": len(ids),
            "_source": False,
            "query": {
                "bool": {
                    "must": [compiler.scored(part.leaf, part.factor)],
                    "filter": [*(compiler.filter(outer) for outer in part.around), *named],
                }
            },
        }
        for part in parts
    ]
    found: dict[str, list[Contribution]] = {document: [] for document in ids}
    for part, answer in zip(parts, ask_all(opened.server, commit.index, questions), strict=True):
        for hit in map(read_hit, answer["hits"]["hits"]):
            found[hit.id].append(_contribution(part, leaves[part.leaf], hit.score, commit.documents))
    return found


def _parts(query: Query, factor: float = 1.0, around: tuple[Query, ...] = ()) -> Iterator[_Part]:
    around = (*around, query)
    match query:
        case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
            yield _Part(query, factor, around)
        case And(clauses=clauses) | Or(clauses=clauses):
            for clause in clauses:
                yield from _parts(clause, factor, around)
        case Boost(clause=clause, factor=more):
            yield from _parts(clause, factor * more, around)
        case _:
            return


def _contribution(part: _Part, weighed: Weighed, score: float, total: int) -> Contribution:
    terms = tuple(dict.fromkeys(term for reading in weighed.readings for term in reading.terms))
    shown = " ".join(terms[:_MAX_TERMS_SHOWN]) + (" …" if len(terms) > _MAX_TERMS_SHOWN else "")
    times = f", times {part.factor:g}" if part.factor != 1 else ""
    field = part.leaf.field
    where = "body and title" if field == "body" and isinstance(part.leaf, Term | TermSequence) else field
    return Contribution(
        f"{leaf_label(part.leaf)} in {where}",
        score,
        f"{shown}: weight {weighed.weight:.3g}, in {weighed.documents} of {total} documents{times}",
    )
