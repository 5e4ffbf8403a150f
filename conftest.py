"""Leave out tests whose optional packages are missing, mark those of whole folders, and share compiled modules."""

import os
import sys
from importlib.util import find_spec

import pytest

_NEEDS = {
    "onnx": ("index/recognizer/training/encoder_export.py",),
    "safetensors": ("index/recognizer/training/encoder_export.py",),
    "torch": (
        "index/recognizer/training/network.py",
        "index/recognizer/training/train.py",
        "index/recognizer/training/export.py",
        "index/recognizer/training/window_network.py",
    ),
    "tantivy": (
        "index/engines/tantivy",
        "search/engines/tantivy",
        "tests/unit/index/engines/tantivy",
        "tests/unit/search/engines/tantivy",
        "tests/benchmarks/peers/raw_tantivy.py",
        "tests/evaluation/evaluate_ranking.py",
        "tests/evaluation/peers/ranking_peers.py",
    ),
    "opensearchpy": (
        "index/engines/opensearch",
        "search/engines/opensearch",
        "tests/unit/index/engines/opensearch",
        "tests/unit/search/engines/opensearch",
        "tests/servers/opensearch/places.py",
        "tests/servers/opensearch/test_archive.py",
        "tests/servers/opensearch/test_commits.py",
        "tests/servers/opensearch/test_many.py",
        "tests/servers/opensearch/test_nodes.py",
        "tests/servers/opensearch/test_template.py",
        "tests/benchmarks/peers/raw_opensearch.py",
    ),
    "bm25s": (
        "tests/benchmarks/peers/bm25s_peer.py",
        "tests/evaluation/evaluate_ranking.py",
        "tests/evaluation/peers/ranking_peers.py",
    ),
}

collect_ignore = sorted({path for package, paths in _NEEDS.items() if find_spec(package) is None for path in paths})

# Markers by the beginning of a path, so that no new test in these folders can forget its marker (see pyproject.toml).
_MARKERS = {
    "tests/browser/": "browser",
    "tests/evaluation/": "evaluation",
    "tests/integration/test_kill": "kill",
    "tests/servers/": "server",
}


def pytest_configure() -> None:
    """Keep compiled modules, also where Python is told not to: test processes and hundreds that they start share them.

    Without them each test process compiles all tests again, a quarter of the time that it takes to collect them, and
    each command compiles the program, which takes .3 s of CPU for a search.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than there are cores: many tests wait for others that they start, kill or stall."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the markers of their folder or file to the tests."""
    for item in items:
        path = item.path.relative_to(config.rootpath).as_posix()
        for beginning, marker in _MARKERS.items():
            if path.startswith(beginning):
                item.add_marker(marker)
