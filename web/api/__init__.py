"""The JSON API: endpoints, their answers as records, their OpenAPI description, and the page about them."""

__all__: list[str] = []
