"""The read side of the engine on tantivy: executes queries on what `index.engines.tantivy` writes."""

__all__: list[str] = []
