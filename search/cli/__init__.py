"""The command line, the only package that prints: `main` finds the command, and `commands` holds one a module."""

__all__: list[str] = []
