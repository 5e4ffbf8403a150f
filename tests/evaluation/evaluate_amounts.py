"""Measures amounts of money on cases with values: spans where the set has them, and values."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from index.model import Amount
from index.normalize.money import find_amounts
from tests.evaluation.scores.timexes import f1
from tests.evaluation.sets.money_left_out import why_left_out
from tests.evaluation.sets.money_sets import MONEY_SETS, WantedAmount, load_grammar, read_all_cases, read_cases
from tests.evaluation.tables.rows import Row

__all__ = ["AmountFinder", "describe_mistakes", "dossier_amounts", "measure_amounts"]

AmountFinder = Callable[[str], Sequence[tuple[str, Amount]]]
"""From a text to its amounts, each with the words it was read from."""


def dossier_amounts() -> AmountFinder:
    """Our own grammar; vague amounts are left out, because no set has them."""
    grammar = load_grammar()

    def find(text: str) -> list[tuple[str, Amount]]:
        matches = find_amounts(text, grammar)
        return [(text[m.span.start : m.span.end], m.amount) for m in matches if m.amount.value is not None]

    return find


def measure_amounts(name: str, data: Path, finders: Mapping[str, AmountFinder]) -> Iterator[Row]:
    """The figures of each finder on one set: F1 of the same words, and the share of wanted amounts that is right.

    The cases that are left out (see `money_left_out.tsv`) count for the words, not for the values.
    """
    cases = read_all_cases(name, data)
    for system, find in finders.items():
        wanted = found = located = right = valued = 0
        for case in cases:
            given = [(surface.lower(), amount) for surface, amount in find(case.text)]
            wanted += len(case.wanted)
            found += len(given)
            located += (
                Counter(amount.surface for amount in case.wanted) & Counter(surface for surface, _ in given)
            ).total()
            if why_left_out(name, case.text) is None:
                valued += len(case.wanted)
                right += sum(_is_right(amount, given) for amount in case.wanted)
        if any(amount.surface is not None for case in cases for amount in case.wanted):
            yield Row("amounts", name, "amounts", system, "span F1", f1(located, wanted, found))
        yield Row("amounts", name, "amounts", system, "values right", 100 * right / valued)


def describe_mistakes(data: Path) -> Iterator[str]:
    """A line for each case with an amount that our grammar misses or reads to another value."""
    find = dossier_amounts()
    for name in MONEY_SETS:
        for case in read_cases(name, data):
            given = [(surface.lower(), amount) for surface, amount in find(case.text)]
            if not all(_is_right(amount, given) for amount in case.wanted):
                yield f"{name}: {case.text[:120]!r} wanted {case.wanted} found {given}"


def _is_right(wanted: WantedAmount, given: Sequence[tuple[str, Amount]]) -> bool:
    return any(
        wanted.surface in {None, surface}
        and wanted.currency in {None, amount.currency}
        and (wanted.value, wanted.upper) == (amount.value, amount.upper)
        for surface, amount in given
    )
