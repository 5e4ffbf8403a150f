"""Components that find names and values by rules and the tables of packs; each adds candidates to a document."""

__all__: list[str] = []
