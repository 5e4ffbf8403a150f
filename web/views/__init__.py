"""The pages: each module turns a request into the context of one template (or one file). No JSON API."""

__all__: list[str] = []
