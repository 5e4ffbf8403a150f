"""How a browser or a program gets at it: Flask application, templates, JSON API."""

__all__: list[str] = []
