"""What a run of all doctests leaves out: modules whose optional packages, of training and of peers, are missing."""

from importlib.util import find_spec

_NEEDS = {
    "torch": (
        "index/recognizer/network.py",
        "index/recognizer/training.py",
        "index/recognizer/export.py",
        "index/recognizer/window_network.py",
    ),
    "tantivy": (
        "tests/benchmarks/engines.py",
        "tests/benchmarks/peers.py",
        "tests/evaluation/evaluate_ranking.py",
        "tests/evaluation/ranking_peers.py",
    ),
    "bm25s": ("tests/evaluation/evaluate_ranking.py", "tests/evaluation/ranking_peers.py"),
}

collect_ignore = sorted({path for package, paths in _NEEDS.items() if find_spec(package) is None for path in paths})
