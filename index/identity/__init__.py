"""Which mentions mean the same entity, on what evidence, and what people decided about it."""

__all__: list[str] = []
