"""Entries of packs that names of one article mean, by its date and by the offices and countries beside them.

Pure, like `index.identity.within_article`, whose links come in. Must not import the catalog.
"""

__all__: list[str] = []
