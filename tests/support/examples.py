"""Numbers of random examples in property tests: all of them, or a quarter in the run of every day."""

import os


def examples(count: int) -> int:
    """Return `count`, or a quarter of it (5 at least) where `TEST_EXAMPLES=few` is set, as `poe test` does."""
    return max(count // 4, 5) if os.environ.get("TEST_EXAMPLES") == "few" else count
