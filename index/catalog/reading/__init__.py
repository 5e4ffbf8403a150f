"""The catalog read: statements in SQL that all databases understand, with the standard library alone."""

__all__: list[str] = []
