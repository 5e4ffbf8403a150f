"""Leave out tests whose optional packages are missing, mark those of whole folders, and share compiled modules."""

import gc
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.ordering import slow_first

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
# It has no examples, and its import loads all that workers need.
collect_ignore.append("index/ingest/workers/warm_up.py")

# Markers by the beginning of a path, so that no new test in these folders can forget its marker (see pyproject.toml).
_MARKERS = {
    "tests/browser/": "browser",
    "tests/evaluation/": "evaluation",
    "tests/integration/test_kill": "kill",
    "tests/servers/": "server",
}


# A folder in memory, and the room that it must have: a run needs less than a gigabyte.
_MEMORY, _ROOM = "/dev/shm", 4 << 30  # noqa: S108 - folders of its own are made in it


def pytest_configure() -> None:
    """See the two functions."""
    _share_compiled_modules()
    _put_temporary_files_into_memory()


def _put_temporary_files_into_memory() -> None:
    """Have no test wait for a disk, where that is possible and nobody has said where temporary files go.

    Every change of the thousands of small archives is synced to the disk, so that it survives a power cut. No test cuts
    the power; those that kill processes find the same in memory.
    """
    if "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = _MEMORY
        tempfile.tempdir = None


def _share_compiled_modules() -> None:
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the markers of their folder or file to the tests, by which they are then selected."""
    for item in items:
        path = item.path.relative_to(config.rootpath).as_posix()
        for beginning, marker in _MARKERS.items():
            if path.startswith(beginning):
                item.add_marker(marker)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Put slow files first, among the tests that were selected, where several processes share them.

    What was loaded and collected stays until the end: the garbage collector need not look at it again and again.
    """
    gc.freeze()
    worker = getattr(session.config, "workerinput", None)
    if worker is not None:
        session.items[:] = slow_first(session.items, worker["workercount"])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Free the memory of temporary files where all tests passed; after a failure they are kept until the next run.

    Not sooner, as pytest can do after each test: an index on a server is named by its folder, which no two may share.
    """
    is_worker = hasattr(session.config, "workerinput")
    if not is_worker and exitstatus == 0 and tempfile.gettempdir() == _MEMORY:
        base: Path | None = session.config._tmp_path_factory._basetemp  # type: ignore[attr-defined]
        if base is not None:
            shutil.rmtree(base, ignore_errors=True)
