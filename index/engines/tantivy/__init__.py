"""Write side of the engine on tantivy: its index finds, our parts count and score. Imports no catalog."""

__all__: list[str] = []
