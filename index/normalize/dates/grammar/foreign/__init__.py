"""The grammar that the languages other than English share; their words are in `tables/`."""

__all__: list[str] = []
