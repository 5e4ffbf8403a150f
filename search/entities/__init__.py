"""Entity pages, lists and completions, and the reasons behind each mention and suggestion."""

__all__: list[str] = []
