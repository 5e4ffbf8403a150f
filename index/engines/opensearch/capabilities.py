"""The features of the engine on OpenSearch; apart from its writer and searcher, which both declare them."""

from index.engines.base import Capabilities

__all__ = ["CAPABILITIES"]

CAPABILITIES = Capabilities(
    can_pin_commits=True,
    is_exact_scores=False,
    has_term_dictionary=True,
    has_fuzzy_scores=True,
    has_exact_distinct=False,
    max_facet_values=None,
)
