"""Labels of the parts of an explanation, for every engine."""

from search.query.ast import Boost, FuzzyTerm, PrefixTerm, Query, Term, TermSequence

__all__ = ["leaf_label"]


def leaf_label(query: Query) -> str:
    """Return a part of a query as a reader would write it.

    >>> leaf_label(TermSequence("body", ("air", "defens"), 3))
    '"air defens"~3'
    """
    match query:
        case Term(term=term):
            return term
        case TermSequence(terms=terms, slop=slop):
            return f'"{" ".join(terms)}"' + ("" if slop is None else f"~{slop}")
        case PrefixTerm(prefix=prefix):
            return f"{prefix}*"
        case FuzzyTerm(term=term):
            return f"{term}~"
        case Boost(clause=clause):
            return leaf_label(clause)
        case _:
            return str(getattr(query, "field", "") or type(query).__name__)
