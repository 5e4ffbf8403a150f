"""Write side of the default engine: segments of arrays behind a Whoosh codec. Imports no catalog and no extraction."""

__all__: list[str] = []
