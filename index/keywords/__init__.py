"""The values of documents that engines filter and count: keywords for names, amounts and dates. Pure functions."""

__all__: list[str] = []
