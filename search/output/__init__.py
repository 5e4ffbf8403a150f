"""Forms of an answer for readers outside of the command line and the page. Imports neither `search.cli` nor `web`."""

__all__: list[str] = []
