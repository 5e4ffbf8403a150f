"""Versions, packs and models that made an archive: what is outdated, what 0.1 stored, and linking it again."""

__all__: list[str] = []
