"""Read web archives (WARC, ARC): records, the answers of web servers in them, and their pages."""

__all__: list[str] = []
