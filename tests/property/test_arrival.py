"""Whatever the order in which articles come and the runs they come in: the archive is the same in the end."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.ingest.indexer import Indexer
from index.settings import Settings
from search.archive import open_archive
from search.request import SearchRequest
from tests.support.examples import examples
from tests.unit.index.catalog.contents import contents

DECIDED = (
    # Two bear the surname; who is named beside it decides.
    "Defence minister Ismail Demir met President Selim Kaya in Ankara.",
    "Interior minister Hasan Demir flew to Rome.",
    "Mr Demir and President Selim Kaya arrived in Ankara, and Mr Demir stayed.",
)
# Namesakes, spellings, acronyms that one article explains and others use, bearers of a surname alone.
SENTENCES = (
    "Defence minister Ismail Demir spoke in Ankara.",
    "İsmail Demir said so on 5 May 2019.",
    "Mr Demir arrived in Moscow and Mr Demir stayed.",
    "Interior minister Hasan Demir visited Izmir.",
    "President Selim Kaya praised the Ministry of Defence.",
    "President Kaya paid $3 million to Northern Power Company (NPC).",
    "The NPC is based in Berlin.",
    "Northern Power Company Ltd sold it for $3 million.",
    "Aleksandr Mikheev met Alexander Mikheyev in Rome.",
    "General Mikheev left for Ankara.",
    *DECIDED,
)
QUESTIONS = ("", "demir", "person:demir", "moscow", "minister OR NPC", '"spoke in ankara"')


class Archive(NamedTuple):
    """Texts of articles, and the runs in which they come: each a list of their numbers."""

    texts: list[str]
    runs: list[list[int]]


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    texts = draw(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), max_size=6))
    order = draw(st.permutations(range(len(texts))))
    borders = draw(st.lists(st.integers(0, len(texts)), max_size=2).map(sorted))
    starts = [0, *borders]
    ends = [*borders, len(texts)]
    return Archive(texts, [list(order[start:end]) for start, end in zip(starts, ends, strict=True)])


def index(folder: Path, runs: Sequence[Sequence[int]], texts: Sequence[str]) -> Settings:
    made = Settings(index=folder / ".dossier", workers=1, model="none")
    for run in runs:
        paths = [folder / "news" / f"{number}.txt" for number in run]
        for path, number in zip(paths, run, strict=True):
            path.parent.mkdir(exist_ok=True)
            path.write_text(texts[number], encoding="utf-8")
        Indexer(made, pool="local").index([str(path) for path in paths])
    return made


def answers(made: Settings) -> list[tuple[object, ...]]:
    """Return the results, in order and with facets."""
    with open_archive(made) as archive, archive.view() as view:
        found = [view.service.search(SearchRequest(q=question)) for question in QUESTIONS]
    return [(result.total, result.hits, result.facets, result.interpretation, result.entity_notes) for result in found]


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.too_slow])
@given(archives())
@example(Archive(list(DECIDED), [[2], [0], [1]]))
def test_the_order_of_arrival_makes_no_difference(archive: Archive) -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "one").mkdir()
        (Path(name) / "many").mkdir()
        one = index(Path(name) / "one", [range(len(archive.texts))], archive.texts)
        many = index(Path(name) / "many", archive.runs, archive.texts)
        assert contents(one.index) == contents(many.index)
        assert answers(one) == answers(many)


def test_the_company_of_a_surname_decides_in_the_archive_above(tmp_path: Path) -> None:
    index(tmp_path, [[2], [0], [1]], DECIDED)
    assigned = {row[1]: (row[2], row[3]) for row in contents(tmp_path / ".dossier")["assignments"]}
    assert assigned["demir"] == ("ismail-demir", "context")
