"""Many clients of one server: `python -m tests.benchmarks.clients FOLDER --rates 5,10,20 --seconds 120`.

Starts `search-cli serve`, and 50 clients that each keep a connection and together ask so many times a second: for
results with all facets, pages, filters, articles, entities and suggestions. Prints times, errors and the memory of the
server.
"""

import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

_CLIENTS = 50
_PROGRAM = "from search.cli.main import main; main()"


@dataclass(slots=True)
class _Tally:
    """Results of all clients."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def _paths(port: int) -> Sequence[str]:
    """Return addresses of every kind, from what the archive holds."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/api/v1/search?facets=all&size=50")
    found = json.load(connection.getresponse())
    facets = {facet["field"]: [value["value"] for value in facet["values"]] for facet in found["facets"]}
    words = sorted({word for hit in found["hits"] for word in re.findall(r"[a-z]{5,}", hit["title"].lower())})
    chance = random.Random(3)
    paths = [f"/search?q={word}" for word in chance.sample(words, min(20, len(words)))]
    paths += [f"/search?q={word}&page=2" for word in words[:5]]
    paths += [f"/search?person={quote(person)}" for person in facets["people"][:10]]
    paths += [f"/search?q={word}&org={quote(org)}" for word, org in zip(words, facets["organizations"], strict=False)]
    paths += [f"/article/{quote(hit['id'])}" for hit in found["hits"][:10]]
    paths += [f"/entity/{quote(place)}" for place in facets["places"][:5]]
    paths += [f"/api/v1/suggest?q={word[:3]}" for word in words[:10]]
    return [*paths, "/", "/search", "/facet/person"]


def _client(port: int, paths: Sequence[str], tally: _Tally, *, seed: int, every: float, until: float) -> None:
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    time.sleep(chance.random() * every)
    while time.monotonic() < until:
        due = time.monotonic() + chance.expovariate(1 / every)
        started = time.monotonic()
        problem = _ask(connection, chance.choice(paths)) and _ask(connection, chance.choice(paths))
        with tally.lock:
            tally.times.append(time.monotonic() - started)
            if problem:
                tally.errors.append(problem)
        time.sleep(max(0.0, due - time.monotonic()))


def _ask(connection: http.client.HTTPConnection, path: str) -> str:
    """Ask for a page; return what went wrong, else "". A server may close an idle connection: browsers ask again."""
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return repr(error)
    return "" if answer.status < 400 else str(answer.status)


def _memory(process: int) -> float:
    """Return the resident memory of a process in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _run(port: int, process: int, paths: Sequence[str], *, rate: float, seconds: float) -> None:
    tally = _Tally()
    before, until = _memory(process), time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=_client,
            args=(port, paths, tally),
            kwargs={"seed": number, "every": _CLIENTS / rate, "until": until},
        )
        for number in range(_CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(tally.times)
    p50, p95, p99 = (times[min(int(len(times) * share), len(times) - 1)] * 1000 for share in (0.5, 0.95, 0.99))
    print(
        f"{rate:>4.0f} a second: {len(times):,} requests, {len(times) / seconds:.1f} answered a second, "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, "
        f"{len(tally.errors)} errors {sorted(set(tally.errors))[:3]}, memory {before:.0f} to {_memory(process):.0f} MB",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder that holds the folder of the index")
    parser.add_argument("--rates", default="5,10,20")
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    command = [sys.executable, "-c", _PROGRAM, "-C", str(options.folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"127\.0\.0\.1:(\d+)", server.stderr.readline())
        assert address is not None
        port = int(address[1])
        paths = _paths(port)
        for rate in map(float, options.rates.split(",")):
            _run(port, server.pid, paths, rate=rate, seconds=options.seconds)
        server.terminate()


if __name__ == "__main__":
    main()
