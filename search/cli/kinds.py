"""Kinds of entities and values as people name them: "people", "person", "org"."""

from collections.abc import Sequence
from typing import Any

import click

from index.fields import field_called
from index.model import Kind

__all__ = ["KindChoice"]


class KindChoice(click.Choice[str]):
    """One of some kinds, by its name or any name that its field has in queries."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        super().__init__([kind.value for kind in kinds])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the value of the kind; an error lists all kinds."""
        field = field_called(str(value))
        return super().convert(value if field is None else field.name, param, ctx)
