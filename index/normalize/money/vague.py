"""Amounts without a number: "billions of dollars", "several million euros"."""

import re

from index.normalize.money.currencies.finding import CurrencyMatch
from index.normalize.money.currency_table import Guard, Written

__all__ = ["vague_start"]

_VAGUE = re.compile(
    r"(?<!\w)(?:"
    r"(?:(?:tens|hundreds|thousands|dozens|scores)\s+of\s+)?(?:hundreds|thousands|millions|billions|trillions)\s+of"
    r"|tens\s+of"
    r"|(?:several|many|some|a\s+few|few|a\s+couple(?:\s+of)?|a\s+couple\s+of|untold)"
    r"[\s-]+(?:hundred\s+)?(?:hundred|thousand|million|billion|trillion)s?(?:\s+of)?"
    r"|multi[\s-]?(?:hundred|thousand|million|billion|trillion)"
    r")[\s-]+$",
    re.IGNORECASE,
)
_REACH = 48
_WRITTEN = frozenset({Written.NAME, Written.MINOR, Written.CODE})


def vague_start(text: str, mark: CurrencyMatch) -> int | None:
    """Return where the words of a vague amount begin before its currency, or None."""
    if mark.written not in _WRITTEN or mark.unit.languages or mark.unit.guard > Guard.GUARDED:
        return None
    before = _VAGUE.search(text, max(0, mark.start - _REACH), mark.start)
    return before.start() if before else None
