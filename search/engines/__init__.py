"""The read side of engines: a query in, hits and facet counts out."""

__all__: list[str] = []
