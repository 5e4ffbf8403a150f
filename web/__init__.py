"""The web application: pages, JSON API and server, on Flask. Imported by nothing in `search` and `index`."""

from web.app import create_app

__all__ = ["create_app"]
