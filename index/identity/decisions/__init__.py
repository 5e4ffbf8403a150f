"""Decisions of people about identity: arguments, checks, import and export, and their effect on clusters and mentions.

Imports neither spaCy, NumPy, SQLAlchemy nor an engine. Records are in `index.identity.records`.
"""

__all__: list[str] = []
