"""Resolve mentions to entities, with the evidence, and apply the decisions of people."""

__all__: list[str] = []
