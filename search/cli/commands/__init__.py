"""The commands of `search-cli`, one a module, or a folder for a command that has commands of its own."""

__all__: list[str] = []
