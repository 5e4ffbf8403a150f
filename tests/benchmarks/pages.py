"""Weight and CPU of the pages: `python -m tests.benchmarks.pages`, or with the folder of an index.

Without a folder it makes the archive of `tests.awkward` in a temporary one. Weights are bytes on the wire with
headers, compressed; "all" is a first visit, with style sheets and script. CPU is that of the server, without the
network, after the work that it does when it starts; "first" is the first time that a page and its articles are asked
for, "again" the median of the next ones.
"""

import cProfile
import pstats
import re
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient

from index.settings import Settings
from tests.awkward.archive import make_awkward_archive
from tests.support.html import elements_of
from web.app import create_app
from web.serving.warming import warm_up

_GZIP = {"Accept-Encoding": "gzip"}
_STATUS_LINE, _AROUND = 17, 4
_ROUNDS = 25
_PATHS = {
    "results": "/search?q=kelpmoth",
    "all articles": "/search",
    "two filters": "/search?q=Tallow&person=-porqua-pirquaou&org=tallow-exchange",
    "entity": "/entity/tallow-exchange",
    "facet": "/facet/person",
    "home": "/",
}


def _weight(client: FlaskClient, path: str) -> int:
    with client.get(path, headers=_GZIP) as answer:
        headers = sum(len(name) + len(value) + _AROUND for name, value in answer.headers.items())
        return _STATUS_LINE + headers + len(answer.data)


def _cpu(client: FlaskClient, path: str) -> float:
    started = time.thread_time()
    client.get(path, headers=_GZIP)
    return (time.thread_time() - started) * 1000


def _measure(settings: Settings, paths: dict[str, str], profiled: str) -> None:
    app = create_app(settings)
    warm_up(app)
    client = app.test_client()
    # Not one of the first page: these shall be read for the first time when they are measured.
    query = {"q": "kelpmoth OR Tallow OR the", "size": 1, "page": 40}
    hits = client.get("/api/v1/search", query_string=query).json["hits"]
    if hits:
        paths = {**paths, "article": f"/article/{hits[0]['id']}?q=kelpmoth"}
    client.get("/help")
    width = max(14, *(len(name) + 1 for name in paths))
    print(f"{'page':<{width}}{'elements':>9}{'HTML':>9}{'wire':>8}{'all':>8}{'first':>9}{'again':>9}")
    for name, path in paths.items():
        first = _cpu(client, path)
        again = median(_cpu(client, path) for _ in range(_ROUNDS))
        html = client.get(path).get_data(as_text=True)
        parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
        wire = _weight(client, path)
        whole = wire + sum(_weight(client, part) for part in parts)
        sizes = f"{len(html.encode()) / 1024:>6.1f} KB{wire / 1024:>5.1f} KB{whole / 1024:>5.1f} KB"
        print(f"{name:<{width}}{len(elements_of(html)):>9}{sizes}{first:>6.1f} ms{again:>6.1f} ms")
    if profiled:
        with cProfile.Profile() as profile:
            for _ in range(_ROUNDS):
                client.get(paths[profiled], headers=_GZIP)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(70)


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("index", nargs="?", type=Path, help="the folder of a finished index")
    parser.add_argument("--path", action="append", default=[], help="an address to measure instead")
    parser.add_argument("--profile", default="", help="the page to profile")
    options = parser.parse_args()
    paths = {path: path for path in options.path} or _PATHS
    if options.index is not None:
        _measure(Settings(index=options.index), paths, options.profile)
        return
    with TemporaryDirectory() as folder:
        _measure(make_awkward_archive(Path(folder)), paths, options.profile)


if __name__ == "__main__":
    sys.exit(main())
