"""Random requests to every route of the server."""
