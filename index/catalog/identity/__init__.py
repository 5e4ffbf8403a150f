"""Storage of who is who, in a transaction that writes: read by resolution, and written by it."""

__all__: list[str] = []
