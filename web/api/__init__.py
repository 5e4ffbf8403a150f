"""The JSON API: endpoints, their answers as records, and their OpenAPI description. No HTML."""

__all__: list[str] = []
