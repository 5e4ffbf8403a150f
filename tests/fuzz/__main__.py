"""Ask every route of the server 20,000 times for random things: `nice -n 19 python -m tests.fuzz`.

The archive is that of `tests.awkward`, made in a temporary folder, or one of your own: `python -m tests.fuzz INDEX`.
Prints the requests that failed or took too long, and a summary; the exit code is 1 when there are any.
"""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from index.settings import Settings
from tests.awkward.archive import make_awkward_archive
from tests.fuzz.requests import random_requests
from tests.support.editing import editing_app
from web.app import create_app

_MOST_SECONDS = 1.0
# A file holds every article or mention of the archive, where nothing else is asked for.
_MOST_SECONDS_OF_A_FILE = 10.0


def main() -> int:
    """Run the requests and print what went wrong."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("index", nargs="?", type=Path, help="the folder of a finished index; one is made without")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pack", action="append", default=[], help="a pack that the index was made with")
    parser.add_argument("--edit", action="store_true", help="ask a server with editing switched on")
    options = parser.parse_args()
    if options.index is not None:
        settings = Settings(index=options.index, packs=("core", "defence", *options.pack))
        return _ask(_app(settings, is_editing=options.edit), count=options.requests, seed=options.seed)
    with TemporaryDirectory() as folder:
        app = _app(make_awkward_archive(Path(folder)), is_editing=options.edit)
        return _ask(app, count=options.requests, seed=options.seed)


def _app(settings: Settings, *, is_editing: bool) -> Flask:
    return editing_app(settings) if is_editing else create_app(settings)


def _ask(app: Flask, *, count: int, seed: int) -> int:
    """Ask `count` times, print what went wrong, and return the exit code."""
    client = app.test_client()
    statuses: Counter[int] = Counter()
    times, wrong = [], 0
    for request in random_requests(app, client, count, seed=seed):
        started = time.thread_time()
        with client.get(request.path, query_string=request.pairs, headers=request.headers) as answer:
            status = answer.status_code
            length = len(answer.data)
        times.append(time.thread_time() - started)
        statuses[status] += 1
        most = _MOST_SECONDS_OF_A_FILE if request.path.endswith((".csv", ".json")) else _MOST_SECONDS
        if status >= 500 or times[-1] > most:
            wrong += 1
            print(status, f"{times[-1]:.2f} s", length, request.path, request.pairs)
    times.sort()
    shown = ", ".join(f"{count:,} x {status}" for status, count in sorted(statuses.items()))
    print(f"{len(times):,} requests, seed {seed}: {shown}")
    print(f"CPU p50 {times[len(times) // 2] * 1000:.1f} ms, p99 {times[len(times) * 99 // 100] * 1000:.1f} ms, "
          f"longest {times[-1] * 1000:.0f} ms; {wrong} wrong")  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
