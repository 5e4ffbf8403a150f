"""The page "How much": the amounts in the articles of a search, by size and as a table."""

__all__: list[str] = []
