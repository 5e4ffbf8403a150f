"""Stands around every request: checks and headers, ETags, compression, limits of time, and errors as answers."""
