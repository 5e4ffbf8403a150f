"""Functions named by "module:function"."""

from importlib import import_module
from typing import Any

__all__ = ["load"]


# What is behind a name has whatever type its protocol says; the caller annotates it.
def load(name: str) -> Any:
    """Import a module and return one of its members.

    >>> load("math:floor")(2.5)
    2
    """
    module, _, member = name.partition(":")
    return getattr(import_module(module), member)
