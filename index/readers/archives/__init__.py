"""Read the files inside zip and tar archives, without unpacking anything to disk."""

__all__: list[str] = []
