"""Statements of a web page about itself, and those that can be believed. Knows parsed pages, no files."""

__all__: list[str] = []
