"""The command line, one command a file; the only package that prints."""

__all__: list[str] = []
