"""Names of the world as data: folders of tables, and what loads them."""

__all__: list[str] = []
