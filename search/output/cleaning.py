"""Text from articles, kept from driving the terminal or the file that it is written to."""

__all__ = ["clean"]

_REPLACEMENTS = dict.fromkeys((*range(32), *range(127, 160)), "�")
_REPLACEMENTS |= {ord("\n"): "\n", ord("\t"): "\t"}
# Bidirectional overrides and isolates can make a terminal show text in another order than it has.
_REPLACEMENTS |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
_ONE_LINE = _REPLACEMENTS | {ord("\n"): " ", ord("\t"): " "}


def clean(text: str, *, is_one_line: bool = False) -> str:
    r"""Return the text without what drives a terminal: C0, C1 and bidirectional controls, and lone surrogates.

    >>> clean("a\x1b[31mb")
    'a�[31mb'
    >>> clean("a\tb\nc", is_one_line=True)
    'a b c'
    """
    cleaned = text.translate(_ONE_LINE if is_one_line else _REPLACEMENTS)
    return cleaned.encode("utf-8", "replace").decode("utf-8")
