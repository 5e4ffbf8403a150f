"""The server: its connections with their bounds, and work that is done before the first request."""
