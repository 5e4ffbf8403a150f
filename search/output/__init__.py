"""Formats of results for people and programs: rows, JSON, words, console, notebook. Imports no command and no page."""

__all__: list[str] = []
