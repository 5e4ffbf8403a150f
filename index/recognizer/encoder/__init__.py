"""The encoder that ships with the program: one vector for the title and lead of an article, or for a query."""

__all__: list[str] = []
