"""Measuring one engine: it indexes in a process of its own and searches in another."""

import multiprocessing
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import EngineError, UsageError
from tests.benchmarks.archives import read_archive
from tests.benchmarks.peers import Answer, Place, make_peer
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["Measured", "measure"]

_PASSES = 3
# Engines that take longer than this for a pass over all queries are asked once.
_ENOUGH_SECONDS = 20.0
_SAMPLE = 2000
_PAUSE_SECONDS = 0.05


@dataclass
class Measured:
    """Measurements of one engine. Milliseconds by class, one for each query and pass; answers by query.

    Memory is in megabytes: `peak` with the mapped files that were resident, `private` without. None: on a server.
    """

    clock: str = ""
    notes: str = ""
    articles: int = 0
    rate: float = 0.0
    disk: float = 0.0
    peak: float | None = None
    private_peak: float | None = None
    searching: float | None = None
    opening: float = 0.0
    faceted: dict[str, list[float]] = field(default_factory=dict)
    plain: dict[str, list[float]] = field(default_factory=dict)
    answers: list[Answer | None] = field(default_factory=list)


def measure(
    name: str, corpus: Path, place: Place, *, articles: int, queries: Sequence[BenchmarkQuery]
) -> Measured | str:
    """Index and search; a reason instead when the engine cannot be used here or failed."""
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    measured = Measured(articles=articles)
    for target, argument in ((_build, corpus), (_search, queries)):
        process = context.Process(target=target, args=(name, place, argument, measured, results))
        process.start()
        process.join()
        if process.exitcode:
            return "it failed"
        measured = results.get()
        if isinstance(measured, str):
            return measured
    return measured


def _build(
    name: str, place: Place, corpus: Path, measured: Measured, results: "multiprocessing.SimpleQueue[object]"
) -> None:
    try:
        peer = make_peer(name, place)
    except (ImportError, EngineError, UsageError) as error:
        results.put(f"{type(error).__name__}: {error}")
        return
    started = peer.work_seconds()
    sample = sum(1 for _ in read_archive(corpus, count=min(_SAMPLE, measured.articles)))
    reading = (peer.work_seconds() - started) / sample * measured.articles
    with _MemoryWatch(peer.process()) as memory:
        started = peer.work_seconds()
        peer.build(read_archive(corpus, count=measured.articles))
        seconds = peer.work_seconds() - started - reading
    measured.clock, measured.notes = peer.clock, peer.notes
    measured.rate, measured.disk = measured.articles / seconds, peer.size() / 1e6
    measured.peak, measured.private_peak = memory.peak, memory.private_peak
    results.put(measured)


def _search(
    name: str,
    place: Place,
    queries: Sequence[BenchmarkQuery],
    measured: Measured,
    results: "multiprocessing.SimpleQueue[object]",
) -> None:
    for is_faceted, milliseconds in ((True, measured.faceted), (False, measured.plain)):
        for number in range(_PASSES):
            peer = make_peer(name, place)
            began = peer.seconds()
            peer.open()
            opened = peer.seconds()
            answers = []
            for query in queries:
                started = peer.seconds()
                answers.append(peer.search(query, is_faceted=is_faceted))
                if answers[-1] is not None:
                    milliseconds.setdefault(query.kind, []).append(1000 * (peer.seconds() - started))
            if is_faceted and not number:
                measured.answers, measured.opening = answers, opened - began
                # The first pass warms up what the others find warm, too, so that it does not count.
                milliseconds.clear() if peer.seconds() - opened < _ENOUGH_SECONDS else None
            process, seconds = peer.process(), peer.seconds() - opened
            if process is not None:
                measured.searching = _memory(process, "smaps_rollup", "Anonymous")
            peer.close()
            if seconds > _ENOUGH_SECONDS:
                break
    results.put(measured)


class _MemoryWatch:
    """Watches the memory of a process while it works."""

    def __init__(self, process: int | None) -> None:
        self._process = process
        self._is_done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.peak: float | None = None
        self.private_peak: float | None = None

    def _watch(self) -> None:
        while self._process is not None and not self._is_done.wait(_PAUSE_SECONDS):
            self.private_peak = max(self.private_peak or 0.0, _memory(self._process, "status", "RssAnon"))
            self.peak = _memory(self._process, "status", "VmHWM")

    def __enter__(self) -> "_MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_done.set()
        self._thread.join()
        if self._process is not None:
            self.peak = _memory(self._process, "status", "VmHWM")


def _memory(process: int, file: str, name: str) -> float:
    for line in Path(f"/proc/{process}/{file}").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0
