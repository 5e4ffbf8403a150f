"""The floors under the figures, and the digests of the gold they were measured on.

`python -m tests.evaluation.floors --pin [--data DIR]` measures and writes them anew, half a point below what was
reached; sets that are not at hand keep theirs. `test_floors.py` holds every change to them: a figure below its floor
fails, and so does gold that is not what the floors were pinned on, so that "the data changed" and "we got worse"
cannot be taken for one another.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.settings import Settings
from tests.evaluation.evaluate_clusters import CLUSTER_FILE, PAIRS_FILE
from tests.evaluation.evaluate_dates import DATE_SETS
from tests.evaluation.evaluate_pages import PAGE_SETS
from tests.evaluation.measure import OURS, measure_own, measure_public
from tests.evaluation.peers.systems import default_system
from tests.evaluation.sets.gold_sets import read_own_sets
from tests.evaluation.sets.money_sets import MONEY_SETS
from tests.evaluation.sets.public_sets import NAME_SETS
from tests.evaluation.tables.rows import Row

__all__ = [
    "FLOORS_FILE",
    "PUBLIC_FILES",
    "Floors",
    "check",
    "measure_ours",
    "own_digests",
    "public_digest",
    "read_floors",
]

FLOORS_FILE = Path(__file__).with_name("floors.json")
_PIN = "python -m tests.evaluation.floors --pin --data DIR"
# Training a model again and rounding differently on another machine move a figure by less than this.
_MARGIN = 0.5
PUBLIC_FILES: Mapping[str, str] = {
    **{name: file for name, (file, _) in NAME_SETS.items()},
    **DATE_SETS,
    **MONEY_SETS,
    "ecbplus_1_35": CLUSTER_FILE,
    "name_bench": PAIRS_FILE,
    **PAGE_SETS,
}
"""The file of each public set in the folder of the data."""


@dataclass(frozen=True, slots=True)
class Floors:
    """Of one set: the SHA-256 of its gold, and the lowest figures in per cent by subject, kind and measure."""

    digest: str
    lowest: Mapping[tuple[str, str, str], float]


def read_floors(path: Path = FLOORS_FILE) -> dict[str, Floors]:
    """The floors by set."""
    return {
        name: Floors(entry["gold"], {tuple(key.split("/")): value for key, value in entry["floors"].items()})
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items()
    }


def check(name: str, digest: str, rows: Iterable[Row], floors: Mapping[str, Floors]) -> Iterator[str]:
    """A line for each figure of the set that is below its floor or was not measured, and for gold that has changed."""
    pinned = floors.get(name)
    if pinned is None:
        yield f"{name}: has no floors; pin them with `{_PIN}`."
        return
    if digest != pinned.digest:
        yield f"{name}: the gold is not what the floors were pinned on. If it was meant to change, run `{_PIN}`."
    measured = {(row.subject, row.kind, row.measure): row.value for row in rows if row.data == name}
    for key, lowest in pinned.lowest.items():
        figure = f"{name}: {' '.join(key)}"
        if key not in measured:
            yield f"{figure} was not measured; its floor is {lowest:.1f}."
        elif measured[key] < lowest:
            yield f"{figure} is {measured[key]:.1f}, {lowest - measured[key]:.1f} below its floor of {lowest:.1f}."


def own_digests() -> dict[str, str]:
    """The SHA-256 of the gold of the sets that are part of the project."""
    return {gold.name: gold.digest for gold in read_own_sets()}


def public_digest(name: str, data: Path) -> str:
    """The SHA-256 of a public set; raises `FileNotFoundError` when the folder does not have it."""
    return hashlib.sha256((data / PUBLIC_FILES[name]).read_bytes()).hexdigest()


def measure_ours(data: Path | None) -> list[Row]:
    """The figures of the extraction as it is when nothing is set; on the sets of the project when `data` is None."""
    system = default_system()
    rows = measure_own([system]) if data is None else measure_public(data, [system], with_peers=False)
    return [row for row in rows if row.system in {OURS, system.name}]


def _pin(data: Path | None) -> None:
    floors = read_floors() if FLOORS_FILE.exists() else {}
    floors |= _floors(own_digests(), measure_ours(None))
    if data is not None:
        there = [name for name, file in PUBLIC_FILES.items() if (data / file).is_file()]
        floors |= _floors({name: public_digest(name, data) for name in there}, measure_ours(data))
    content = {
        name: {"gold": entry.digest, "floors": {"/".join(key): value for key, value in entry.lowest.items()}}
        for name, entry in floors.items()
    }
    FLOORS_FILE.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _floors(digests: Mapping[str, str], rows: Sequence[Row]) -> dict[str, Floors]:
    return {
        name: Floors(
            digest,
            {
                (row.subject, row.kind, row.measure): max(0.0, round(row.value - _MARGIN, 1))
                for row in rows
                if row.data == name
            },
        )
        for name, digest in digests.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Pins the floors when asked to, prints them otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.floors", description="Floors under the figures.")
    parser.add_argument("--pin", action="store_true", help="measure, and write the floors anew")
    parser.add_argument("--data", type=Path, help="folder with the public sets; without it only ours are pinned")
    options = parser.parse_args(arguments)
    if options.pin:
        _pin(options.data)
        print(f"Pinned with the recognizer {Settings().model!r}: {FLOORS_FILE}", file=sys.stderr)
    for name, entry in read_floors().items():
        for key, lowest in entry.lowest.items():
            print(f"{name:18} {' '.join(key):32} {lowest:5.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
