"""Measure the search for similar vectors in the file beside an engine, and what it takes without the file.

    python -m tests.benchmarks.vectors --vectors 100000 1000000

Vectors are made up: their number decides about the time, not their values.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from index.recognizer.encoder.matrix import nearest_rows, nearest_vectors
from index.recognizer.encoder.shape import WIDTH
from index.recognizer.encoder.vector_rows import write_rows
from index.recognizer.encoder.vectors import as_bytes, from_bytes

__all__ = ["main"]

_TIMES = 5
_LIMIT = 60
_ROWS_AT_ONCE = 10_000


def make_vectors(count: int) -> Iterator[tuple[int, bytes]]:
    """Random vectors with their numbers."""
    random = np.random.default_rng(1)
    for start in range(0, count, _ROWS_AT_ONCE):
        rows = random.normal(scale=20, size=(min(_ROWS_AT_ONCE, count - start), WIDTH))
        stored = np.clip(np.rint(rows), -127, 127).astype(np.int8)
        yield from ((start + number, row.tobytes()) for number, row in enumerate(stored, start=1))


def measure(run: Callable[[], object]) -> tuple[float, float]:
    """The least wall and CPU milliseconds of some runs."""
    found = []
    for _ in range(_TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        found.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)))
    return min(wall for wall, _ in found), min(cpu for _, cpu in found)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--vectors", type=int, nargs="+", default=[100_000, 1_000_000], help="how many there are")
    vector = from_bytes([as_bytes(np.random.default_rng(2).normal(size=WIDTH))])[0]
    print(f"{'vectors':>10} {'MB':>6} {'file, ms':>10} {'CPU ms':>8} {'no file, ms':>12}")
    for count in parser.parse_args().vectors:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "vectors.i8"
            write_rows(path, make_vectors(count))
            wall, cpu = measure(lambda: nearest_rows(path, count, vector, limit=_LIMIT))  # noqa: B023 - called at once
            stored = list(make_vectors(count)) if count <= 100_000 else []
            without = measure(lambda: nearest_vectors(iter(stored), vector, limit=_LIMIT))[0]  # noqa: B023
            shown = f"{without:12.0f}" if stored else f"{'–':>12}"
            print(f"{count:10,} {path.stat().st_size / 1e6:6.0f} {wall:10.0f} {cpu:8.0f} {shown}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
