"""Reading the columns and terms of `index.engines.arrays`: facets, order, selections. Imports no engine."""

__all__: list[str] = []
