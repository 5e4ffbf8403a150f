"""The results page."""

__all__: list[str] = []
