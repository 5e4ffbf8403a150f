"""Tell on the next page what was just decided, with the numbers that undo it."""

import re

from index.errors import DossierError
from index.identity.decisions import MadeDecision
from index.identity.wording import describe
from web.access import search_service
from web.parts.records import DonePart

__all__ = ["MOST_NUMBERS", "decision_numbers", "done_part", "sentence"]

MOST_NUMBERS = 500
"""Decisions that are made or undone together; a form with more is refused."""

_RANGE = re.compile(r"([0-9]{1,15})-([0-9]{1,15})")
_MOST_TOLD = 4


def decision_numbers(text: str) -> range:
    """Return the numbers of decisions that were made together, from "12-13"; none for another text.

    >>> decision_numbers("12-13"), decision_numbers("12"), decision_numbers("0-99999999")
    (range(12, 14), range(0, 0), range(0, 0))
    """
    found = _RANGE.fullmatch(text)
    if found is None:
        return range(0)
    numbers = range(int(found[1]), int(found[2]) + 1)
    return numbers if len(numbers) <= MOST_NUMBERS else range(0)


def done_part(done: str, undone: str) -> DonePart | None:
    """Return what the address of a page says was done; None when it says nothing, or of decisions that are not there.

    A decision that was undone meanwhile cannot be undone again.
    """
    if done == "0":
        return DonePart("This was decided before. Nothing was changed.", "")
    numbers = decision_numbers(done or undone)
    if not numbers:
        return None
    try:
        recent = search_service().catalog.decisions()
    except DossierError:
        # Without an index there is nothing to tell; the page says what is wrong.
        return None
    found = [made for made in reversed(recent) if made.id in numbers]
    if not found:
        return None
    if not done:
        return DonePart(f"Undone: {_told(found)}.", "")
    is_in_force = all(made.undone_at is None for made in found)
    return DonePart(
        f"{sentence(_told(found))}{'' if is_in_force else ' It has been undone since.'}", done if is_in_force else ""
    )


def sentence(text: str) -> str:
    """Return words as a sentence.

    >>> sentence("renamed “SSB”")
    'Renamed “SSB”.'
    """
    return f"{text[:1].upper()}{text[1:]}."


def _told(found: list[MadeDecision]) -> str:
    told = "; ".join(describe(made.decision) for made in found[:_MOST_TOLD])
    return f"{told}; and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else told
