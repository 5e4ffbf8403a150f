"""Parts that pages share: their records, and the functions that make them of answers of the service."""

__all__: list[str] = []
