"""Messages as pages show them: with the quotes and dashes of print."""

import re

__all__ = ["typographic"]

# Names stand in the quotes of Python's `repr`: in single ones, unless they have one themselves.
_QUOTED = re.compile(r"""(?<!\w)(?:'([^']*)'|"([^"]*)")(?!\w)""")


def typographic(message: str) -> str:
    """Return a message with typographic quotes around names, and dashes between its parts.

    >>> typographic("There is no entity 'tallow' - look for its name.")
    'There is no entity “tallow” – look for its name.'
    >>> typographic("'Kav' is the archive's only name.")
    "“Kav” is the archive's only name."
    """
    quoted = _QUOTED.sub(lambda match: f"“{match[1] or match[2] or ''}”", message)
    return quoted.replace(" - ", " – ")
