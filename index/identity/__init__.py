"""Resolve mentions to entities, with the evidence, and apply the decisions of people.

Start at `resolving`: it resolves all names (`across_archive`) or only those that a change touches (`incremental/`).
Both link names by `rules/`, compare them by `similarity/`, and heed decisions (`applied/`), which `decisions/` makes.
`within_article` and `linking` come before: they link the mentions of one article to names.
"""

__all__: list[str] = []
