"""The read side of the default engine: executes queries on the segments that `index.engines.whoosh` writes."""

__all__: list[str] = []
