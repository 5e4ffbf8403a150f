"""Notices: remarks about a query for the user, such as "Parenthesis is not closed – closed at the end"."""

from msgspec import Struct

__all__ = ["Notice"]


class Notice(Struct, frozen=True):
    """A remark about the query that the user should see; `start` and `end` are offsets in the query text."""

    message: str
    start: int = 0
    end: int = 0
