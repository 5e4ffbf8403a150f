"""Answers one request over an archive: interpretation, search, facets, hits, snippets. Imports no CLI and no web."""

__all__: list[str] = []
