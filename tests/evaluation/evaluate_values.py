"""Measures dates and amounts against public sets: `python -m tests.evaluation.evaluate_values --data DIR`.

The folder (or the one that the environment variable DOSSIER_DATA names) holds `temporal/{timebank,aquaint,
wikiwars_even}.jsonl.gz` and `money/{recognizers_specs,quantulum3,duckling_money}.jsonl`; sets that are not there are
named and left out. Exit code 2 when none is there.
"""

import argparse
import gzip
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from index.model import Amount
from index.normalize.dates import find_timexes
from index.normalize.money import AmountMatch, Currencies, find_amounts
from tests.evaluation.timexes import Marked, f1, score_timexes

TEMPORAL_SETS = ("timebank", "aquaint", "wikiwars_even")
CURRENCY_TABLE = Path(__file__).parents[2] / "index" / "packs" / "core" / "currencies.tsv"
# Names of units in the sets that stand for one currency of ours, and what one of them is worth in its major unit.
_UNITS: dict[str, tuple[str | None, str]] = {
    "dollar": ("USD", "1"), "united states dollar": ("USD", "1"), "cent": ("USD", "0.01"), "penny": (None, "0.01"),
    "pound": ("GBP", "1"), "pound sterling": ("GBP", "1"), "pence": ("GBP", "0.01"), "euro": ("EUR", "1"),
    "chinese yuan": ("CNY", "1"), "japanese yen": ("JPY", "1"), "yen": ("JPY", "1"), "rupee": ("INR", "1"),
    "peseta": ("ESP", "1"), "netherlands guilder": ("NLG", "1"), "bitcoin": ("BTC", "1"),
    "satoshi": ("BTC", "0.00000001"), "franc": (None, "1"), "dinar": (None, "1"), "riyal": (None, "1"),
    "rial": (None, "1"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _GoldAmount:
    """An amount of a set; `surface` is None when the set does not say where it stands."""

    surface: str | None
    value: Decimal
    upper: Decimal | None
    currency: str | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table for each set that is there; 2 when there is none."""
    parser = argparse.ArgumentParser(prog="evaluate_values", description="Measures dates and amounts on public sets.")
    parser.add_argument("--data", type=Path, default=os.environ.get("DOSSIER_DATA"), help="folder with the sets")
    parser.add_argument("--errors", action="store_true", help="also print the amounts that are wrong")
    options = parser.parse_args(arguments)
    if options.data is None or not Path(options.data).is_dir():
        print("No data: give the folder with --data or DOSSIER_DATA.", file=sys.stderr)
        return 2
    folder = Path(options.data)
    measured = [*_measure_dates(folder / "temporal"), *_measure_amounts(folder / "money", show_errors=options.errors)]
    for line in measured:
        print(line)
    return 0 if measured else 2


def _measure_dates(folder: Path) -> Iterator[str]:
    for name in TEMPORAL_SETS:
        path = folder / f"{name}.jsonl.gz"
        if not path.exists():
            print(f"{name}: not there ({path})", file=sys.stderr)
            continue
        pairs = []
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                gold = [Marked(timex["start"], timex["end"], timex["value"]) for timex in row["timex"]]
                timexes = find_timexes(row["text"], anchor=date.fromisoformat(row["dct"][:10]))
                found = [Marked(timex.span.start, timex.span.end, timex.value) for timex in timexes]
                pairs.append((sorted(gold, key=lambda marked: (marked.start, marked.end)), found))
        scores = score_timexes(pairs)
        yield (
            f"dates   {name:18} gold {scores.gold:5}  found {scores.found:5}  strict {scores.strict:5.2f}"
            f"  relaxed {scores.relaxed:5.2f}  value {scores.value:5.2f}"
        )


def _measure_amounts(folder: Path, *, show_errors: bool) -> Iterator[str]:
    currencies = load_currencies()
    readers = {"recognizers_specs": _recognizers, "quantulum3": _quantulum, "duckling_money": _duckling}
    for name, reader in readers.items():
        path = folder / f"{name}.jsonl"
        if not path.exists():
            print(f"{name}: not there ({path})", file=sys.stderr)
            continue
        gold_count = found_count = strict = right = 0
        for text, gold in reader(path, currencies):
            matches = [match for match in find_amounts(text, currencies) if match.amount.value is not None]
            spans = [text[match.span.start : match.span.end].lower() for match in matches]
            gold_count += len(gold)
            found_count += len(matches)
            values_right = [_is_right(amount, spans, matches) for amount in gold]
            spans_right = sum(amount.surface in spans for amount in gold if amount.surface is not None)
            strict += spans_right
            right += sum(values_right)
            if show_errors and (not all(values_right) or (name != "duckling_money" and spans_right < len(matches))):
                print(f"{name}: {text[:120]!r} gold {gold} found {list(zip(spans, matches, strict=True))}")
        located = f"strict F1 {f1(strict, gold_count, found_count):5.2f}  " if name != "duckling_money" else ""
        accuracy = 100 * right / gold_count if gold_count else 0.0
        yield f"amounts {name:18} gold {gold_count:5}  found {found_count:5}  {located}values right {accuracy:5.2f} %"


def load_currencies(path: Path = CURRENCY_TABLE) -> Currencies:
    """The currencies of the core pack, read without the pack loader so that this measures values alone."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return Currencies.from_rows(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])


def _is_right(gold: _GoldAmount, spans: Sequence[str], matches: Sequence[AmountMatch]) -> bool:
    candidates = [
        match.amount for span, match in zip(spans, matches, strict=True) if gold.surface in {None, span}
    ]  # fmt: skip
    return any(_is_equal(gold, amount) for amount in candidates)


def _is_equal(gold: _GoldAmount, amount: Amount) -> bool:
    same_currency = gold.currency is None or amount.currency == gold.currency
    return same_currency and amount.value == gold.value and amount.upper == gold.upper


def _recognizers(path: Path, currencies: Currencies) -> Iterator[tuple[str, list[_GoldAmount]]]:
    """Cases of Recognizers-Text; those without a number ("dollar") are not amounts."""
    for row in _rows(path):
        if row["kind"] != "currency":
            continue
        gold = []
        for value in row["values"]:
            resolution = value.get("resolution") or {}
            code, scale = _unit(resolution.get("isoCurrency"), resolution.get("unit"), currencies)
            if resolution.get("value") is not None:
                gold.append(_GoldAmount(value["text"].lower(), Decimal(resolution["value"]) * scale, None, code))
        yield row["text"], gold


def _quantulum(path: Path, currencies: Currencies) -> Iterator[tuple[str, list[_GoldAmount]]]:
    """Cases of quantulum3 whose unit is a currency; prices for a piece ("dollar per hour") are left out."""
    for row in _rows(path):
        if any(value["unit"].startswith(("dollar per", "euro per")) for value in row["values"]):
            continue
        gold = []
        for value in row["values"]:
            if value["unit"] in {"dollar", "euro", "pound sterling", "yen", "cent"}:
                code, scale = _unit(None, value["unit"], currencies)
                amount = abs(Decimal(str(value["value"]))) * scale
                gold.append(_GoldAmount(value["surface"].lower().strip("()-"), amount, None, code))
        yield row["text"], gold


def _duckling(path: Path, currencies: Currencies) -> Iterator[tuple[str, list[_GoldAmount]]]:
    """Cases of Duckling: one amount a text, without its place; those that name no currency are left out."""
    for row in _rows(path):
        text = row["text"].replace(r"\x20ac", "€").replace(r"\x00a3", "£")
        parts = re.fullmatch(r"(simple|under|above|between) (\w+) (?:\((\S+), (\S+)\)|(\S+))", row["expected"])
        if parts is None or parts[2] == "Unnamed":
            continue
        code, scale = _unit(parts[2] if parts[2].isupper() else None, parts[2], currencies)
        upper = Decimal(parts[4]) * scale if parts[4] else None
        yield text, [_GoldAmount(None, Decimal(parts[3] or parts[5]) * scale, upper, code)]


def _unit(iso: str | None, name: str | None, currencies: Currencies) -> tuple[str | None, Decimal]:
    if iso is not None and iso.isupper():
        return iso, Decimal(1)
    if name is None:
        return None, Decimal(1)
    known = _UNITS.get(name.lower())
    if known is not None:
        return known[0], Decimal(known[1])
    named = [mark.code for mark in currencies.find(f"1 {name}") if mark.is_national]
    return (named[0] if named else None), Decimal(1)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:  # Any: rows of three formats that are not ours
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
