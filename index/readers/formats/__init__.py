"""Readers of one format each: bytes in, drafts of articles out. `index.readers.registry` names the module of each."""

__all__: list[str] = []
