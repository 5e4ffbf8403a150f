"""Join the lines of a text that its mail program wrapped: `format=flowed` of RFC 3676."""

import re
from collections.abc import Mapping

__all__ = ["is_flowed", "join_flowed"]

_QUOTES = re.compile(r">*")
_SIGNATURE = "-- "


def is_flowed(parameters: Mapping[str, str]) -> bool:
    """True when the content type of a text says that its lines flow."""
    return parameters.get("format", "").strip().lower() == "flowed"


def join_flowed(text: str, *, deletes_space: bool = False) -> str:
    r"""Return the text with one line for each paragraph; quotes keep their marks.

    A line that ends with a space goes on in the next one of the same depth of quotation. `deletes_space` is the
    parameter DelSp: the space was added, also inside words.

    >>> join_flowed("A long \nline.\n> quoted \n> too\n-- \nAlma\n")
    'A long line.\n> quoted too\n-- \nAlma\n'
    >>> join_flowed("trans \nport", deletes_space=True)
    'transport'
    """
    joined: list[str] = []
    depth = -1  # That of a line that goes on; -1 for none.
    for line in text.split("\n"):
        marks = _QUOTES.match(line)
        quoted = marks.end() if marks is not None else 0
        content = line[quoted:].removeprefix(" ")
        if depth == quoted and content != _SIGNATURE:
            joined[-1] += content
        else:
            joined.append(f"{'>' * quoted} {content}" if quoted else content)
        is_open = content.endswith(" ") and content != _SIGNATURE
        depth = quoted if is_open else -1
        if is_open and deletes_space:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)
