"""Hits: the articles that an engine found, with the sentences and highlights that show why they match."""

__all__: list[str] = []
