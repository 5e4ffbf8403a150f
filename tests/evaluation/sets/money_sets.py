"""Cases with amounts of money from the test suites of three libraries, read from a folder that has them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from index.normalize.money import MoneyGrammar
from index.normalize.money.currencies.finding import Currencies
from index.packs.loader import load_packs
from tests.evaluation.sets.money_left_out import why_left_out
from tests.evaluation.sets.public_sets import read_lines

__all__ = ["MONEY_SETS", "MoneyCase", "WantedAmount", "load_grammar", "read_all_cases", "read_cases"]

# Names of units in the sets that stand for one currency of ours, and what one of them is worth in its major unit.
_UNITS: dict[str, tuple[str | None, str]] = {
    "dollar": ("USD", "1"), "united states dollar": ("USD", "1"), "cent": ("USD", "0.01"), "penny": (None, "0.01"),
    "pound": ("GBP", "1"), "pound sterling": ("GBP", "1"), "pence": ("GBP", "0.01"), "euro": ("EUR", "1"),
    "chinese yuan": ("CNY", "1"), "japanese yen": ("JPY", "1"), "yen": ("JPY", "1"), "rupee": ("INR", "1"),
    "peseta": ("ESP", "1"), "netherlands guilder": ("NLG", "1"), "bitcoin": ("BTC", "1"),
    "satoshi": ("BTC", "0.00000001"), "franc": (None, "1"), "dinar": (None, "1"), "riyal": (None, "1"),
    "rial": (None, "1"),
}  # fmt: skip

Row = Mapping[str, Any]  # Any: rows of three formats that are not ours


@dataclass(frozen=True, slots=True)
class WantedAmount:
    """An amount of a case. `surface`, in small letters, is None when the set does not say where it stands."""

    surface: str | None
    value: Decimal
    upper: Decimal | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class MoneyCase:
    """A text and the amounts in it."""

    text: str
    wanted: tuple[WantedAmount, ...]


def load_grammar() -> MoneyGrammar:
    """The currencies, scales and words of the core pack."""
    return MoneyGrammar.from_packs(load_packs(("core",)).rows)


def read_cases(name: str, data: Path) -> list[MoneyCase]:
    """The cases of one of `MONEY_SETS` that count; raises `FileNotFoundError` when the folder does not have it."""
    return [case for case in read_all_cases(name, data) if why_left_out(name, case.text) is None]


def read_all_cases(name: str, data: Path) -> list[MoneyCase]:
    """The same with the cases of `money_left_out.tsv`, which no reader of news could be held to."""
    return list(_READERS[name](read_lines(data / MONEY_SETS[name]), load_grammar().currencies))


def _read_recognizers(rows: Iterable[Row], currencies: Currencies) -> Iterator[MoneyCase]:
    """Cases of Recognizers-Text; those without a number ("dollar") are not amounts."""
    for row in rows:
        if row["kind"] != "currency":
            continue
        wanted = []
        for value in row["values"]:
            resolution = value.get("resolution") or {}
            code, scale = _unit(resolution.get("isoCurrency"), resolution.get("unit"), currencies)
            if resolution.get("value") is not None:
                wanted.append(WantedAmount(value["text"].lower(), Decimal(resolution["value"]) * scale, None, code))
        yield MoneyCase(row["text"], tuple(wanted))


def _read_quantulum(rows: Iterable[Row], currencies: Currencies) -> Iterator[MoneyCase]:
    """Cases of quantulum3 whose unit is a currency; prices for a piece ("dollar per hour") are left out."""
    for row in rows:
        if any(value["unit"].startswith(("dollar per", "euro per")) for value in row["values"]):
            continue
        wanted = []
        for value in row["values"]:
            if value["unit"] in {"dollar", "euro", "pound sterling", "yen", "cent"}:
                code, scale = _unit(None, value["unit"], currencies)
                amount = abs(Decimal(str(value["value"]))) * scale
                wanted.append(WantedAmount(value["surface"].lower().strip("()-"), amount, None, code))
        yield MoneyCase(row["text"], tuple(wanted))


def _read_duckling(rows: Iterable[Row], currencies: Currencies) -> Iterator[MoneyCase]:
    """Cases of Duckling: one amount a text, without its place; those that name no currency are left out."""
    for row in rows:
        text = row["text"].replace(r"\x20ac", "€").replace(r"\x00a3", "£")
        parts = re.fullmatch(r"(simple|under|above|between) (\w+) (?:\((\S+), (\S+)\)|(\S+))", row["expected"])
        if parts is None or parts[2] == "Unnamed":
            continue
        code, scale = _unit(parts[2] if parts[2].isupper() else None, parts[2], currencies)
        upper = Decimal(parts[4]) * scale if parts[4] else None
        yield MoneyCase(text, (WantedAmount(None, Decimal(parts[3] or parts[5]) * scale, upper, code),))


def _unit(iso: str | None, name: str | None, currencies: Currencies) -> tuple[str | None, Decimal]:
    if iso is not None and iso.isupper():
        return iso, Decimal(1)
    if name is None:
        return None, Decimal(1)
    known = _UNITS.get(name.lower())
    if known is not None:
        return known[0], Decimal(known[1])
    named = [mark.code for mark in currencies.find(f"1 {name}") if mark.national]
    return (named[0] if named else None), Decimal(1)


MONEY_SETS = {
    "recognizers_specs": "money/recognizers_specs.jsonl",
    "quantulum3": "money/quantulum3.jsonl",
    "duckling_money": "money/duckling_money.jsonl",
}
"""The file of each set in the folder."""
_READERS = {
    "recognizers_specs": _read_recognizers,
    "quantulum3": _read_quantulum,
    "duckling_money": _read_duckling,
}
