"""Kinds of columns that the tables of the catalog are made of, and the `MetaData` that holds the tables."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, Text

__all__ = ["TEXT", "flag_columns", "integer_columns", "metadata", "text_columns"]

metadata = MetaData()

# Texts are compared by code point everywhere, as SQLite does: order, ranges and indexes agree with Python.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")

# Sizes of files go beyond 32 bits; SQLite has whole numbers of 64 anyway.
_NUMBER = Integer().with_variant(BigInteger(), "postgresql")


def text_columns(*names: str) -> tuple[Column[str], ...]:
    """Columns of text, none of them NULL."""
    return tuple(Column(name, TEXT, nullable=False) for name in names)


def integer_columns(*names: str) -> tuple[Column[int], ...]:
    """Columns of whole numbers, none of them NULL."""
    return tuple(Column(name, _NUMBER, nullable=False) for name in names)


def flag_columns(*names: str) -> tuple[Column[bool], ...]:
    """Columns of truth values, none of them NULL."""
    return tuple(Column(name, Boolean, nullable=False) for name in names)
