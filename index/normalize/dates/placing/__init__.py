"""Give expressions of time their place in the calendar, by what the text said before."""

__all__: list[str] = []
