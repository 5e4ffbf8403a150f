"""Arrays in files, sorted terms, and columns of keywords, for engines that keep such files. Imports no engine."""

__all__: list[str] = []
