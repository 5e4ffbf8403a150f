"""Cases of the public sets of amounts that are not counted, with reasons."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

__all__ = ["NEVER_READ", "TABLE", "why_left_out"]

TABLE = Path(__file__).with_name("money_left_out.tsv")
_DIGITS = 16
NEVER_READ: Mapping[str, str] = {
    "recognizers_specs": "amounts without a number, such as a currency alone",
    "quantulum3": "prices for a piece, such as so many dollars an hour, whose unit is not a currency there",
    "duckling_money": "amounts of no named currency",
}
"""The set, and what in it is no amount of money as we have them."""


def why_left_out(name: str, text: str) -> str | None:
    """Why the case with this text is not counted; None for one that is."""
    return _reasons().get((name, hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]))


@cache
def _reasons() -> Mapping[tuple[str, str], str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {(name, digest): why for name, digest, why in rows[1:]}
