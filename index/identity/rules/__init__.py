"""Rules that link names of an archive to each other, each with its evidence. Pure functions; imports no decisions."""

__all__: list[str] = []
