"""The page of the graph: who stands with whom in the articles of a search."""

__all__: list[str] = []
