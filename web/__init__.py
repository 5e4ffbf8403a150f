"""How a browser or a program gets at it: Flask application, templates, JSON API. Nothing below imports this."""

from web.app import create_app

__all__ = ["create_app"]
