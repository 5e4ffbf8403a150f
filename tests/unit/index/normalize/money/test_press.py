"""Sums in the styles of newspapers of many countries and languages, beside numbers that are none."""

from pathlib import Path

import pytest

from index.normalize.money import MoneyGrammar, find_amounts

_LINES = Path(__file__).with_name("press.tsv").read_text(encoding="utf-8").splitlines()
_ROWS = [(line + "\t").split("\t")[:3] for line in _LINES if not line.startswith(("#", "language\t"))]


def _read(text: str, grammar: MoneyGrammar, language: str) -> str:
    """Return the amounts as "EUR 5; ? 2-3"; "?" when the currency is not known."""
    return "; ".join(
        f"{match.amount.currency or '?'} {match.amount.value:f}"
        + (f"-{match.amount.upper:f}" if match.amount.upper is not None else "")
        for match in find_amounts(text, grammar, language=language)
        if match.amount.value is not None
    )


@pytest.mark.parametrize(("language", "text", "amounts"), _ROWS)
def test_the_sums_of_a_newspaper_are_read_and_nothing_else(
    grammar: MoneyGrammar, language: str, text: str, amounts: str
) -> None:
    assert _read(text, grammar, language) == amounts
