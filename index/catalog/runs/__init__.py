"""What runs ask the catalog: the articles and files that it knows, and the stages that made its rows."""

__all__: list[str] = []
