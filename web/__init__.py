"""How a browser or a program gets at it: Flask application, templates, JSON API. Nothing here is imported by others."""

from web.app import create_app
from web.server import serve

__all__ = ["create_app", "serve"]
