"""The order in which the processes of a test run take the tests: slow files first, so that none is last and alone.

pytest-xdist gives each process as many tests as the others, in their order, and lets those that are done early take
from the ends of the others. So each process begins with some of the slow files, and they last equally long.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

__all__ = ["SLOW", "slow_first"]

# Seconds of a core, roughly, by the beginning of the path; what shares a server or a browser stays together.
SLOW = {
    "tests/integration/": 120,
    "tests/browser/": 60,
    "tests/unit/index/readers/test_hostile_files.py": 30,
    "tests/contract/test_equality.py": 25,
    "tests/property/test_decisions_on_pages.py": 15,
    "tests/property/test_incremental.py": 15,
    "tests/property/test_companions.py": 12,
    "tests/property/test_arrival.py": 8,
    "tests/property/test_catalog.py": 8,
    "tests/contract/test_durability.py": 8,
    "tests/unit/web/test_access.py": 8,
    "tests/benchmarks/test_engines.py": 7,
    "tests/unit/index/test_building.py": 7,
    "tests/contract/test_answers.py": 6,
    "tests/languages/test_words.py": 6,
    "tests/unit/index/ingest/indexer/": 15,
    "tests/unit/index/ingest/test_driver.py": 5,
    "tests/servers/opensearch/test_nodes.py": 200,
    "tests/servers/test_many_workers.py": 60,
    "tests/servers/test_postgres.py": 30,
}


class _Item(Protocol):
    @property
    def nodeid(self) -> str: ...


Item = TypeVar("Item", bound=_Item)


def slow_first(items: Sequence[Item], processes: int) -> list[Item]:
    """Return the tests in the order for so many processes.

    >>> from types import SimpleNamespace as Test
    >>> names = ["a.py::1", "a.py::2", "b.py::1", "tests/browser/test_a.py::1", "tests/integration/test_kill.py::1"]
    >>> [test.nodeid for test in slow_first([Test(nodeid=name) for name in names], 2)]
    ['tests/integration/test_kill.py::1', 'a.py::1', 'tests/browser/test_a.py::1', 'a.py::2', 'b.py::1']
    """
    groups: dict[str, list[Item]] = {beginning: [] for beginning in SLOW}
    rest: list[Item] = []
    for item in items:
        beginning = next((known for known in SLOW if item.nodeid.startswith(known)), None)
        (rest if beginning is None else groups[beginning]).append(item)
    shares: list[list[Item]] = [[] for _ in range(processes)]
    seconds = [0] * processes
    for beginning, group in sorted(groups.items(), key=lambda pair: -SLOW[pair[0]]):
        if group:
            least = seconds.index(min(seconds))
            seconds[least] += SLOW[beginning]
            shares[least] += group
    ordered: list[Item] = []
    others = iter(rest)
    for number, share in enumerate(shares):
        size = (len(items) - len(ordered)) // (processes - number)
        ordered += share
        ordered += [item for _, item in zip(range(size - len(share)), others, strict=False)]
    return [*ordered, *others]
