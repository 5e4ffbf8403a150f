"""Sums of money in texts of many languages: exact decimals with ISO 4217 codes. Pure functions over tables of packs."""

from index.normalize.money.find import AmountMatch, find_amounts
from index.normalize.money.grammar import MoneyGrammar

__all__ = ["AmountMatch", "MoneyGrammar", "find_amounts"]
