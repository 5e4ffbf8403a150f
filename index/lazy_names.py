"""Public names of a package that are imported when they are first used (PEP 562).

`import search` and `import index` are the first thing that every command does, so neither may import what it needs not.
"""

from collections.abc import Mapping
from importlib import import_module

__all__ = ["load_name"]


def load_name(package: str, homes: Mapping[str, str], name: str) -> object:
    """Return what `name` means in `package`, by a table of "module:name" strings.

    Raises `AttributeError` for a name that is not in the table, as Python expects of a missing attribute.

    >>> load_name("index", {"Kind": "index.model:Kind"}, "Kind").__name__
    'Kind'
    """
    home = homes.get(name)
    if home is None:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    return getattr(import_module(module), attribute)
