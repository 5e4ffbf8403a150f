"""Read documents of word processors that are zip files of XML."""

__all__: list[str] = []
