"""Numbers of random examples in property tests: all, a quarter in the run of every day, or many times as many."""

import os

__all__ = ["examples"]


def examples(count: int) -> int:
    """Return `count` as `TEST_EXAMPLES` says.

    "few", as `poe test` sets it, is a quarter (5 at least); a number is so many times as many.
    """
    wanted = os.environ.get("TEST_EXAMPLES") or "1"
    return max(count // 4, 5) if wanted == "few" else count * int(wanted)
