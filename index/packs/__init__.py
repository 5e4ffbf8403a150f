"""Packs: folders of tables with the names the program knows, and the code that loads and checks them."""

__all__: list[str] = []
