"""Words that dates are made of: one table for each language, and tables of English words around dates; no code."""

__all__: list[str] = []
