"""The capabilities of the default engine, for both of its sides."""

from index.engines.base import Capabilities

__all__ = ["CAPABILITIES", "ENGINE"]

ENGINE = "whoosh"
"""The name of the engine in its manifests."""

CAPABILITIES = Capabilities(
    can_pin_commits=True,
    is_exact_scores=True,
    has_term_dictionary=True,
    has_fuzzy_scores=True,
    has_exact_distinct=True,
    max_facet_values=None,
)
