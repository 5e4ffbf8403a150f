"""Patterns for one of many words, folded into a tree of prefixes: many times faster than a flat alternation."""

import re
from collections.abc import Iterable

__all__ = ["one_of"]

_Tree = dict[str, "_Tree"]


def one_of(words: Iterable[str]) -> str:
    r"""Return a pattern, without groups and word borders, for any of the words, the longest first.

    A space matches any whitespace.

    >>> one_of(["dollar", "dollars", "dong"])
    'do(?:llar(?:s|)|ng)'
    >>> one_of([])
    '(?!)'
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _pattern(tree) if tree else "(?!)"


def _pattern(tree: _Tree) -> str:
    branches = [_spell(character) + _pattern(child) for character, child in tree.items() if character]
    if "" in tree:
        return f"(?:{'|'.join(branches)}|)" if branches else ""
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _spell(character: str) -> str:
    return r"\s+" if character == " " else re.escape(character)
