"""The query language: parser, printer and rewriter of query trees. Imports nothing else from `search`."""

__all__: list[str] = []
