"""Measure the time to resolve all names of an archive, suggestions included.

    python -m tests.benchmarks.identity --names 200000

The names are made up, always the same for the same number: people who share a surname with seven others, some of them
with a middle initial, bare surnames, firms, and some places. Nothing decides by company, as there are no articles.
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from index.identity.across_archive import resolve_names
from index.identity.naming.keys import key_of
from index.identity.naming.words import words_of
from index.identity.records import Name
from index.model import Kind
from index.packs.loader import load_packs
from index.settings import Settings

__all__ = ["main", "make_names"]

_SYLLABLES: Final = tuple(map("".join, product([*"bdfgklmnprstvz", "sh", "ch"], "aeiou")))
_INITIALS: Final = "ABCDEFGHJKLM"
_FIRMS: Final = (
    "Corp",
    "Holdings Ltd",
    "Bank",
    "Group",
    "Industries Inc",
    "Motors",
    "Energy Co",
    "Systems",
    "Airlines",
)
_GIVEN_NAMES: Final = 1_500
# The share of the names up to which each shape of name goes.
_SHARES: Final = (0.62, 0.66, 0.72, 0.95, 0.98)


def make_names(count: int, seed: int = 1) -> Iterator[tuple[Kind, str]]:
    """The first `count` made-up names; some come twice."""
    dice = random.Random(seed)

    def word(shortest: int, longest: int) -> str:
        return "".join(dice.choices(_SYLLABLES, k=dice.randint(shortest, longest))).capitalize()

    surnames = [word(2, 4) for _ in range(count // 8 + 1)]
    given = [word(2, 3) for _ in range(_GIVEN_NAMES)]
    heads = [word(2, 3) for _ in range(count // 10 + 1)]
    shapes = (
        lambda: (Kind.PEOPLE, f"{dice.choice(given)} {dice.choice(surnames)}"),
        lambda: (Kind.PEOPLE, f"{dice.choice(given)} {dice.choice(_INITIALS)}. {dice.choice(surnames)}"),
        lambda: (Kind.PEOPLE, dice.choice(surnames)),
        lambda: (Kind.ORGANIZATIONS, f"{dice.choice(heads)} {dice.choice(_FIRMS)}"),
        lambda: (Kind.ORGANIZATIONS, f"{dice.choice(heads)} {dice.choice(heads)} {dice.choice(_FIRMS)}"),
        lambda: (Kind.PLACES, word(3, 3)),
    )
    for _ in range(count):
        drawn = dice.random()
        yield shapes[sum(drawn >= share for share in _SHARES)]()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints CPU seconds, and what came out."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.identity", description=__doc__)
    parser.add_argument("--names", type=int, default=200_000, help="how many (default: 200000)")
    options = parser.parse_args(arguments)
    packs = load_packs(Settings().packs)
    words = words_of(packs)
    made = sorted(set(make_names(options.names)))
    names = [Name(kind, key_of(text, kind, reference=None, words=words), text, None, 1, 1) for kind, text in made]
    started = time.process_time()
    resolution = resolve_names(names, packs=packs, decisions=())
    seconds = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(names)} different names: {seconds:.1f} s CPU, {megabytes:.0f} MB at the most")
    print(f"{len(resolution.entities)} entities, {len(resolution.suggestions)} suggestions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
