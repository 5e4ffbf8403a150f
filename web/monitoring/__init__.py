"""Answers to machines that watch a server: does it live, is it ready, what does it measure? Imports no page."""

__all__: list[str] = []
