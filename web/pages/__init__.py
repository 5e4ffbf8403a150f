"""The pages: one module or folder for each, with its view, its context and what builds the context. No JSON API."""

__all__: list[str] = []
