"""What the user asked, and the best answer: query language, the read side of engines, facets, snippets, `search-cli`.

Imports `index`, never `web`. Nothing here imports spaCy, SQLAlchemy or Flask on the way to an answer.
"""

__all__: list[str] = []
