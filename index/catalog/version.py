"""The version of the catalog's tables that this program writes and reads."""

__all__ = ["SCHEMA_VERSION"]

SCHEMA_VERSION = 12
