"""Effect of decisions on clusters of names and on the mentions of articles. Pure functions."""

__all__: list[str] = []
