"""The version of resolution: raise it when names would be resolved in another way than before."""

__all__ = ["RESOLUTION_VERSION"]

RESOLUTION_VERSION = 1
