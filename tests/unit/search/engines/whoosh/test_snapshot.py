from pathlib import Path

import numpy as np

from index.engines.registry import open_writer
from index.engines.whoosh.segment_store import open_commit
from index.model import Document
from search.engines.whoosh.snapshot import Snapshot
from tests.contract.conftest import DOCUMENTS
from tests.unit.index.engines.folders import write


def _snapshot(folder: Path) -> Snapshot:
    manifest, opened = open_commit(folder)
    return Snapshot(manifest.generation, opened)


def test_body_and_exact_terms_share_the_length_factors_of_the_body(tmp_path: Path) -> None:
    write(tmp_path, *DOCUMENTS)
    factors = _snapshot(tmp_path).length_factors
    assert factors["exact"][0] is factors["body"][0]
    assert not np.array_equal(factors["title"][0], factors["body"][0])


def test_deleted_documents_do_not_count(tmp_path: Path) -> None:
    write(tmp_path, *DOCUMENTS, Document(id="long", title="", body="missiles " * 1000, people=("putin",)))
    before = _snapshot(tmp_path)
    with open_writer("whoosh", tmp_path, lock_seconds=0) as writer:
        writer.delete(["long"])
    after = _snapshot(tmp_path)
    assert (before.document_count, after.document_count) == (5, 4)
    assert [snapshot.frequency("people", "putin") for snapshot in (before, after)] == [3, 2]
    assert [snapshot.frequencies("exact", "missiles") for snapshot in (before, after)] == [
        {"missiles": 4},
        {"missiles": 3},
    ]
    assert before.length_factors["body"][0].min() < after.length_factors["body"][0].min(), "the average is smaller now"
    assert before.find("long") is not None
    assert after.find("long") is None
