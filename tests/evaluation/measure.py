"""All that can be measured, from the sets that are at hand."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.evaluation.evaluate_amounts import AmountFinder, dossier_amounts, measure_amounts
from tests.evaluation.evaluate_clusters import CLUSTER_FILE, PAIRS_FILE, measure_clusters, measure_ecb, measure_pairs
from tests.evaluation.evaluate_dates import DATE_SETS, DateFinder, dossier_dates, measure_dates
from tests.evaluation.evaluate_names import measure_names
from tests.evaluation.evaluate_pages import PAGE_MEASURES
from tests.evaluation.peers.published import dateparser_dates, find_missing, recognizers_amounts, recognizers_dates
from tests.evaluation.peers.systems import System
from tests.evaluation.sets.gold import GoldSet
from tests.evaluation.sets.gold_sets import read_own_sets
from tests.evaluation.sets.money_sets import MONEY_SETS
from tests.evaluation.sets.public_sets import NAME_SETS, read_public_set
from tests.evaluation.tables.rows import Row

__all__ = ["SUBJECTS", "measure_own", "measure_public"]

SUBJECTS = ("names", "dates", "amounts", "clusters", "pairs", *PAGE_MEASURES)
OURS = "dossier"


def measure_own(systems: Sequence[System], subjects: Sequence[str] = SUBJECTS) -> Iterator[Row]:
    """Measure without external data: on the seeds and on our articles."""
    for gold in read_own_sets():
        yield from _measure_set(gold, systems, subjects)


def measure_public(
    data: Path, systems: Sequence[System], subjects: Sequence[str] = SUBJECTS, *, with_peers: bool = True
) -> Iterator[Row]:
    """Measure on the sets in the folder `data`; missing sets are named on stderr."""
    if "names" in subjects:
        for name, (file, _) in NAME_SETS.items():
            if _is_there(data / file):
                yield from _measure_set(read_public_set(name, data), systems, ("names",))
    if "dates" in subjects:
        for name, file in DATE_SETS.items():
            if _is_there(data / file):
                yield from measure_dates(name, data, _date_finders(with_peers=with_peers))
    if "amounts" in subjects:
        for name, file in MONEY_SETS.items():
            if _is_there(data / file):
                yield from measure_amounts(name, data, _amount_finders(with_peers=with_peers))
    if "clusters" in subjects and _is_there(data / CLUSTER_FILE):
        yield from measure_ecb(data)
    if "pairs" in subjects and _is_there(data / PAIRS_FILE):
        yield from measure_pairs(data)
    yield from _measure_pages(data, subjects)


def _measure_pages(data: Path, subjects: Sequence[str]) -> Iterator[Row]:
    for subject, (file, measure) in PAGE_MEASURES.items():
        if subject in subjects and _is_there(data / file):
            yield from measure(data)


def _measure_set(gold: GoldSet, systems: Sequence[System], subjects: Sequence[str]) -> Iterator[Row]:
    if "names" in subjects:
        for system in systems:
            yield from measure_names(gold, system)
    if "clusters" in subjects:
        yield from measure_clusters(gold)


def _date_finders(*, with_peers: bool) -> Mapping[str, DateFinder]:
    missing = find_missing()
    finders: dict[str, DateFinder] = {OURS: dossier_dates}
    if with_peers and "recognizers_date_time" not in missing:
        finders["recognizers-text"] = recognizers_dates
    if with_peers and "dateparser" not in missing:
        finders["dateparser"] = dateparser_dates
    return finders


def _amount_finders(*, with_peers: bool) -> Mapping[str, AmountFinder]:
    finders: dict[str, AmountFinder] = {OURS: dossier_amounts()}
    if with_peers and "recognizers_number_with_unit" not in find_missing():
        finders["recognizers-text"] = recognizers_amounts
    return finders


def _is_there(path: Path) -> bool:
    if not path.is_file():
        print(f"Left out, not there: {path}", file=sys.stderr)
    return path.is_file()
