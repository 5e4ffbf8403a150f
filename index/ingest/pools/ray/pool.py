"""A pool whose workers are on the machines of a Ray cluster."""

import logging
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from index.errors import ClusterError, UsageError
from index.ingest.pools.base import Done, Job, Lost
from index.ingest.pools.pickling import pack, register_records, unpack
from index.ingest.pools.process import Crashed
from index.ingest.pools.ray.cluster import Cluster
from index.ingest.pools.ray.declaration import declare, differences
from index.ingest.pools.ray.host import WorkerHost
from index.ingest.workers.tasks import Underway, WorkerOptions

__all__ = ["RayPool"]

logger = logging.getLogger(__name__)

# A worker has one job in hand and one waiting beside it, so that it never waits for the network.
_JOBS_EACH: Final = 2
# Seconds between two looks at what no result tells: long articles, and workers that do not come.
_PAUSE: Final = 1.0
# A job that takes longer than this is asked how far it is.
_LONG_SECONDS: Final = 5.0
# A cluster that grows starts a machine in minutes; one that is busy with other work should not be waited for.
_START_SECONDS: Final = 300.0
# Workers in a row that died before they could begin.
_MOST_FAILED_STARTS: Final = 3
_LOST: Final = "the machine that worked on it was lost"
_COLORS: Final = re.compile(r"\x1b\[[0-9;]*m")
# The last line of a traceback.
_ERROR: Final = re.compile(r"[\w.]*(?:Error|Exception)\b")


# Any: handles and references are of types that Ray makes when it runs.
@dataclass(slots=True, eq=False)
class _Seat:
    """A worker of the cluster, and the jobs that it has not answered with the reference of each result, oldest first.

    `starting` is the reference of its versions, then that of its process, None once it can work; `asked` is that of the
    progress of its job. `since` is when it began with its oldest job.
    """

    host: Any
    starting: Any
    jobs: deque[tuple[Job, Any]] = field(default_factory=deque)
    asked: Any = None
    since: float = 0.0

    @property
    def is_ready(self) -> bool:
        return self.starting is None

    def has_room_for(self, job: Job) -> bool:
        if job.is_alone:
            return not self.jobs
        return len(self.jobs) < _JOBS_EACH and not any(other.is_alone for other, _ in self.jobs)

    def references(self) -> Iterator[Any]:
        yield from (reference for reference in (self.starting, self.asked) if reference is not None)
        yield from (reference for _, reference in self.jobs)


class RayPool:
    """A `Pool` of one worker for each processor of a Ray cluster. It extracts; files are read elsewhere.

    Workers on machines that do other work than this one would are refused: see `declaration`. A worker that is lost is
    started again where the cluster has room, or as soon as it has.
    """

    def __init__(
        self,
        options: WorkerOptions,
        *,
        workers: int,
        address: str,
        on_underway: Callable[[Underway], None] | None = None,
    ) -> None:
        """`workers` 0 is one for each processor of the cluster.

        Raises as `Cluster`, `PackError` or `ModelError` for what is missing here, and `ClusterError` or `UsageError`
        for a cluster without the processors or accelerators that are asked for.
        """
        self._options = options
        self._on_underway = on_underway
        self._ours = declare(options.packs, options.model, options.meaning)
        self._waiting: deque[Job] = deque()
        self._failed_starts = 0
        register_records()
        self._cluster = Cluster(address)
        try:
            workers = workers or self._cluster.cpus()
            if not workers:
                raise ClusterError(
                    f"The Ray cluster at {address} has no processors. Start machines with `ray start --address`, or "
                    "say --workers N for a cluster that grows."
                )
            self._make_host = _maker(self._cluster, workers=workers, gpus=self._gpus())
            self._seats = [self._start() for _ in range(workers)]
        except BaseException:
            self._cluster.close()
            raise
        self._ready_at = time.monotonic()

    @property
    def can_read(self) -> bool:
        """False: the files are on this machine."""
        return False

    @property
    def workers(self) -> int:
        """Number of workers, those included that the cluster has not begun yet."""
        return len(self._seats)

    @property
    def capacity(self) -> int:
        """Two jobs for each worker."""
        return _JOBS_EACH * len(self._seats)

    def submit(self, job: Job) -> None:
        """See `Pool`."""
        if job.is_alone:
            self._waiting.appendleft(job)
        else:
            self._waiting.append(job)

    def wait(self, seconds: float | None = None) -> Sequence[Done | Lost]:
        """See `Pool`."""
        reports: list[Done | Lost] = []
        while not reports:
            self._hand_out()
            for seat, reference in self._arrived(_PAUSE if seconds is None else min(seconds, _PAUSE)):
                # Of a seat that was just replaced, nothing more is taken.
                if seat in self._seats and reference in seat.references():
                    reports.extend(self._receive(seat, reference))
            self._ask_for_progress()
            self._check_start()
            if seconds is not None:
                break
        return reports

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for seat in self._seats:
            self._kill(seat.host)
        self._cluster.close()

    def _gpus(self) -> float:
        """Count the accelerators to share out: "cuda" asks for some, "auto" takes what a machine happens to have."""
        if self._options.device != "cuda":
            return 0.0
        gpus = self._cluster.gpus()
        if not gpus:
            raise UsageError(
                f"The Ray cluster at {self._cluster.address} has no accelerators: no machine was started with "
                "--num-gpus. Leave out --device cuda."
            )
        return gpus

    def _start(self) -> _Seat:
        options = self._options
        host = self._make_host()
        declared = host.declare.remote(list(options.packs), options.model, options.meaning)
        return _Seat(host, declared)

    def _hand_out(self) -> None:
        """Give waiting jobs to workers that have room for them, in their order."""
        while self._waiting:
            job = self._waiting[0]
            free = [seat for seat in self._seats if seat.is_ready and seat.has_room_for(job)]
            if not free:
                return
            self._waiting.popleft()
            seat = min(free, key=lambda seat: len(seat.jobs))
            if not seat.jobs:
                seat.since = time.monotonic()
            seat.jobs.append((job, seat.host.do.remote(pack(job))))

    def _arrived(self, seconds: float) -> list[tuple[_Seat, Any]]:
        """Wait for the first results, and return them with their seats."""
        seats = {reference: seat for seat in self._seats for reference in seat.references()}
        wait = self._cluster.ray.wait
        first, others = wait(list(seats), num_returns=1, timeout=seconds)
        more = wait(others, num_returns=len(others), timeout=0)[0] if first and others else []
        return [(seats[reference], reference) for reference in (*first, *more)]

    def _receive(self, seat: _Seat, reference: Any) -> Sequence[Done | Lost]:
        ray = self._cluster.ray
        try:
            result = ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            raise ClusterError(f"A worker of the Ray cluster failed: {error.cause!r}. Please report this.") from error
        except ray.exceptions.RayError as error:
            logger.debug("a worker was lost: %s", error)
            return self._replace(seat, error)
        if reference == seat.starting:
            self._go_on_starting(seat, result)
            return ()
        if reference == seat.asked:
            seat.asked = None
            if result and self._on_underway is not None:
                self._on_underway(unpack(result, Underway))
            return ()
        return (self._take(seat, reference, result),)

    def _go_on_starting(self, seat: _Seat, result: Any) -> None:
        """Take the versions of a machine, then that its process is started."""
        match result:
            case (str(machine), str(missing)):
                raise ClusterError(f"{machine}, a machine of the Ray cluster, cannot extract: {missing}")
            case (str(machine), theirs):
                if found := differences(self._ours, theirs):
                    raise ClusterError(
                        f"{machine}, a machine of the Ray cluster, does other work than this one: {'; '.join(found)}. "
                        "Install the same version of Dossier, and put the same packs there."
                    )
                seat.starting = seat.host.prepare.remote(pack(self._options))
            case _:
                seat.starting = None
                self._failed_starts = 0

    def _take(self, seat: _Seat, reference: Any, result: bytes) -> Done | Lost:
        job = next(job for job, other in seat.jobs if other == reference)
        seat.jobs.remove((job, reference))
        seat.since = time.monotonic()
        match unpack(result, object):
            case Crashed(error):
                raise error
            case Done(_, found):
                # The task as it is here: the driver knows it by its articles.
                return Done(job.task, found)
            case Lost(_, reason, cause):
                return Lost((job,), reason, cause)
            case other:
                raise AssertionError(f"a worker answered {other!r}")

    def _replace(self, seat: _Seat, error: Exception) -> Sequence[Lost]:
        """Start a worker in place of one that was lost, and report its jobs."""
        if not seat.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= _MOST_FAILED_STARTS:
                raise ClusterError(_failed_start(error)) from error
        self._kill(seat.host)
        jobs = tuple(job for job, _ in seat.jobs)
        self._seats[self._seats.index(seat)] = self._start()
        return (Lost(jobs, _LOST, is_outside=True),) if jobs else ()

    def _kill(self, host: Any) -> None:
        ray = self._cluster.ray
        try:
            ray.kill(host, no_restart=True)
        except (ray.exceptions.RayError, ValueError) as error:
            logger.debug("a worker could not be ended: %s", error)

    def _ask_for_progress(self) -> None:
        now = time.monotonic()
        for seat in self._seats:
            if self._on_underway is not None and seat.jobs and seat.asked is None and now - seat.since > _LONG_SECONDS:
                seat.asked = seat.host.underway.remote()

    def _check_start(self) -> None:
        """Raise `ClusterError` when there has been no worker for too long."""
        now = time.monotonic()
        if any(seat.is_ready for seat in self._seats):
            self._ready_at = now
        elif now - self._ready_at > _START_SECONDS:
            raise ClusterError(
                f"The Ray cluster at {self._cluster.address} gave no processor for {_START_SECONDS:,.0f} s: others use "
                "all of them, or its machines are gone. `ray status` shows which. What was extracted is kept."
            )


def _maker(cluster: Cluster, *, workers: int, gpus: float) -> Callable[[], Any]:
    """Return a function that starts a worker somewhere in the cluster, with its share of the accelerators."""
    kind = cluster.ray.remote(
        num_cpus=1,
        num_gpus=min(1.0, round(gpus / workers, 4)),
        # A worker that is lost is our affair: its jobs are done again, here or elsewhere.
        max_restarts=0,
        max_task_retries=0,
        scheduling_strategy="SPREAD",
        # One call for each job, and one that asks how far the first is.
        max_concurrency=_JOBS_EACH + 1,
    )(WorkerHost)
    return lambda: kind.remote()


def _failed_start(error: Exception) -> str:
    r"""Say why workers die before they can begin; the last error of a traceback tells most.

    >>> _failed_start(RuntimeError("died\n  line 1\nModuleNotFoundError: No module named 'index'"))[:72]
    'A machine of the Ray cluster cannot run Dossier: ModuleNotFoundError: No'
    """
    lines = [line.strip() for line in _COLORS.sub("", str(error)).splitlines() if line.strip()]
    named = [line for line in lines if _ERROR.match(line)]
    reason = (named or lines or [repr(error)])[-1][:300].rstrip(".")
    if any(word in str(error) for word in ("No module named", "ImportError", "AttributeError")):
        return f"A machine of the Ray cluster cannot run Dossier: {reason}. Install the same version on all of them."
    return f"Workers of the Ray cluster die before they can begin: {reason}. They may need more memory than there is."
