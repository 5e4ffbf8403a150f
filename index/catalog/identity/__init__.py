"""What the catalog stores about who is who, for one transaction that writes: read by resolution, and written by it."""

__all__: list[str] = []
