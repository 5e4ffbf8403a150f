"""The benchmark of engines: whatever it times has the right answers."""

from pathlib import Path

import pytest

from tests.benchmarks.archives import read_archive, write_archive
from tests.benchmarks.engines import report
from tests.benchmarks.measuring import Measured, measure
from tests.benchmarks.peers import Place
from tests.benchmarks.peers.xapian_peer import has_xapian
from tests.benchmarks.queries import CLASSES, choose_queries


def test_engines_count_the_same(tmp_path: Path) -> None:
    pytest.importorskip("tantivy", reason="pip install 'dossier-search[bench]'")
    corpus = tmp_path / "articles.jsonl"
    count = write_archive(corpus, 400)
    queries = choose_queries(list(read_archive(corpus)))
    results: dict[str, Measured] = {}
    names = ["whoosh", "raw tantivy", "sqlite joins", "sqlite columns", *(["xapian"] if has_xapian() else [])]
    for name in names:
        (folder := tmp_path / name).mkdir()
        measured = measure(name, corpus, Place(folder), articles=count, queries=queries)
        assert isinstance(measured, Measured)
        assert measured.rate > 0
        assert measured.disk > 0
        results[name] = measured
    answers = {name: measured.answers for name, measured in results.items()}
    for place, query in enumerate(queries):
        if query.kind != "fuzzy":
            assert {name: answers[name][place] for name in names} == dict.fromkeys(names, answers["whoosh"][place])
    text = report(results)
    assert all(f"\n| {kind} |" in text for kind in CLASSES)
    others = " xapian |" if "xapian" in names else ""
    assert f"| class | whoosh | raw tantivy |{others} sqlite | whoosh / tantivy |" in text


def test_an_engine_that_cannot_be_used_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XAPIAN_PYTHON", str(tmp_path / "none"))
    corpus = tmp_path / "articles.jsonl"
    write_archive(corpus, 5)
    assert "install python3-xapian" in str(measure("xapian", corpus, Place(tmp_path), articles=5, queries=()))
