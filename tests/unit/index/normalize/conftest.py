"""The grammar of money of the core pack, compiled once."""

import pytest

from index.normalize.money import MoneyGrammar
from index.normalize.money.currencies.finding import Currencies
from index.packs.loader import load_packs


@pytest.fixture(scope="session")
def grammar() -> MoneyGrammar:
    """The currencies, scales and words that every installation knows."""
    return MoneyGrammar.from_packs(load_packs(["core"]).rows)


@pytest.fixture(scope="session")
def currencies(grammar: MoneyGrammar) -> Currencies:
    """The currencies that every installation knows."""
    return grammar.currencies
