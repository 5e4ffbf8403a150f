"""Work that several processes share: sources are queued, claimed by lease, and staged by whoever holds the claim.

Every method is a transaction of its own, and none of them waits for a publication: they change only what no reader
sees. Rows are locked in the order of their locators, then the counter of staged rows, so that no two wait for each
other.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    and_,
    case,
    cast,
    delete,
    func,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql

from index.catalog.postgres.database import PostgresDatabase
from index.catalog.records import (
    MOST_ATTEMPTS,
    WORKER_DIED,
    ArticleState,
    Claim,
    EndedSource,
    ExtractedArticle,
    QueuedSource,
    Refused,
    SetAside,
    SourceState,
    WorkLeft,
)
from index.catalog.runs.known_articles import KnownArticles
from index.catalog.schema import work
from index.catalog.writing import staging
from index.catalog.writing.counters import STAGED, reserve
from index.catalog.writing.statements import chunks, execute_many
from index.model import Failure

__all__ = ["LEASE_SECONDS", "WorkTable"]

LEASE_SECONDS = 60.0
"""A worker that says nothing for so long has lost its claims."""

# The server's clock: those of the workers need not agree.
_NOW = cast(func.extract("epoch", func.clock_timestamp()), Float)
_IS_FREE = or_(work.c.until.is_(None), work.c.until < _NOW)
_IS_SET_ASIDE = and_(work.c.attempts >= MOST_ATTEMPTS, _IS_FREE)

_Clash = Callable[[ExtractedArticle, ArticleState], Failure]


class WorkTable:
    """The table of work of a catalog. May be used by several threads; closing it closes its connections.

    `roots` are locators of paths: only sources below one of them count; None stands for all sources.
    """

    def __init__(self, url: str, *, lease_seconds: float = LEASE_SECONDS) -> None:
        """Raises `UsageError` for an address that cannot be read."""
        self.lease_seconds = lease_seconds
        self._database = PostgresDatabase(url)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def add(self, sources: Sequence[QueuedSource], *, stages: str, run: int) -> None:
        """Queue sources, each at most once; `stages` is a hash of what must read and extract them.

        A source that is queued already keeps its attempts, and its worker, unless its file or its stages are others.
        """
        rows = [
            {
                **asdict(source),
                "stages": stages,
                "run": run,
                "is_waiting": True,
                "attempts": 0,
                "reason": "",
                "worker": None,
                "until": None,
            }
            for source in sorted(sources, key=lambda source: source.locator)
        ]
        with self._database.share() as connection:
            execute_many(connection, _ADD, rows)

    def claim(
        self,
        worker: int,
        *,
        stages: str,
        roots: Sequence[str] | None,
        limit: int,
        last_attempt: bool = False,
        without: Collection[str] = (),
    ) -> list[Claim]:
        """Claim at most `limit` sources that wait for these stages and that nobody holds, by locator.

        `last_attempt` claims those that were tried twice, and only those. `without` are roots to leave out.
        """
        tried = work.c.attempts >= MOST_ATTEMPTS - 1
        wanted = and_(_claimable(stages, roots, without), tried if last_attempt else not_(tried))
        picked = (
            select(work.c.locator)
            .where(wanted)
            .order_by(work.c.locator)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        claimed = (
            update(work)
            .where(work.c.locator == picked.c.locator)
            .values(worker=worker, until=_NOW + self.lease_seconds, attempts=work.c.attempts + 1)
            .returning(work.c.locator, work.c.root, work.c.payload, work.c.attempts)
        )
        with self._database.share() as connection:
            rows = connection.execute(claimed).all()
        return sorted((Claim(*row) for row in rows), key=lambda claim: claim.locator)

    def renew(self, worker: int) -> None:
        """Begin the lease of all claims of a worker anew."""
        # Rows that its own transaction holds are on their way out.
        picked = _held_by(worker).with_for_update(skip_locked=True).cte("picked")
        renewed = update(work).where(work.c.locator == picked.c.locator).values(until=_NOW + self.lease_seconds)
        with self._database.share() as connection:
            connection.execute(renewed)

    def release(self, worker: int, locators: Collection[str] | None = None) -> None:
        """Give claims of a worker back, all of them for None, as if they had never been made."""
        with self._database.share() as connection:
            for picked in _picked(worker, locators):
                held = connection.scalars(picked.with_for_update()).all()
                values = {"worker": None, "until": None, "attempts": work.c.attempts - 1}
                connection.execute(update(work).where(work.c.locator.in_(held)).values(values))

    def drop(self, worker: int, locators: Collection[str]) -> None:
        """Take sources that a worker claimed out of the table: there is nothing to do."""
        with self._database.share() as connection:
            for picked in _picked(worker, locators):
                held = connection.scalars(picked.with_for_update()).all()
                connection.execute(delete(work).where(work.c.locator.in_(held)))

    def stage(
        self,
        worker: int,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
        ended: Sequence[EndedSource],
        claimed: Collection[str],
        run: int,
        clash: _Clash,
    ) -> Refused:
        """Stage a batch and end the claims of its sources that are done, both or neither; see `Catalog.stage`.

        Of the sources in `claimed`, the worker must hold the claims: what belongs to others is left out. An article
        whose id another file has meanwhile is left out as well; `clash` makes the failure for it.
        """
        files = {item.file for item in extracted} | {file for file, _ in failures}
        files |= {state.locator for state in sources} | {each.locator for each in ended}
        asked = files.intersection(claimed)
        with self._database.share() as connection:
            lost = asked - _lock_held(connection, worker, asked)
            kept = [item for item in extracted if item.file not in lost]
            # Others that stage wait here, and see what this one did.
            reserve(connection, STAGED, 0)
            clashes = _find_clashes(connection, kept)
            spoiled = {item.file for item, _ in clashes}
            made = [(item.file, clash(item, state)) for item, state in clashes]
            left_out = {item.article.id for item, _ in clashes}
            staging.stage(
                connection,
                [item for item in kept if item.article.id not in left_out],
                extraction=extraction,
                failures=[*((file, failure) for file, failure in failures if file not in lost), *made],
                sources=[state for state in sources if state.locator not in lost | spoiled],
                run=run,
            )
            _end(connection, [each for each in ended if each.locator in asked - lost])
        refused = left_out | {item.article.id for item in extracted if item.file in lost}
        return Refused(frozenset(refused), tuple(made), frozenset(lost))

    def look(self, worker: int, *, stages: str, roots: Sequence[str] | None, without: Collection[str] = ()) -> WorkLeft:
        """Return what is left to do."""
        is_others = and_(work.c.until >= _NOW, work.c.worker != worker)
        claimable = select(work.c.locator).where(_claimable(stages, roots, without)).exists()
        held = select(work.c.locator).where(is_others, _below(roots)).exists()
        others = select(func.count(work.c.worker.distinct())).where(is_others).scalar_subquery()
        with self._database.share() as connection:
            row = connection.execute(select(claimable, held, others)).one()
        return WorkLeft(*row)

    def first_worker(self) -> int | None:
        """Return the lowest run whose worker holds claims, None when nobody does."""
        with self._database.share() as connection:
            first: int | None = connection.scalar(select(func.min(work.c.worker)).where(work.c.until >= _NOW))
            return first

    def count_other_stages(self, stages: str) -> int:
        """Count sources that wait for workers with other stages than these."""
        waiting = and_(work.c.is_waiting, work.c.stages != stages, not_(_IS_SET_ASIDE))
        with self._database.share() as connection:
            return connection.scalar(select(func.count()).select_from(work).where(waiting)) or 0

    def set_aside(self, roots: Sequence[str] | None) -> list[SetAside]:
        """Return the sources that were tried as often as sources are, by locator."""
        reason = case((work.c.reason == "", WORKER_DIED), else_=work.c.reason)
        statement = select(work.c.locator, reason).where(_IS_SET_ASIDE, _below(roots)).order_by(work.c.locator)
        with self._database.share() as connection:
            return [SetAside(*row) for row in connection.execute(statement)]

    def retry(self, roots: Sequence[str] | None) -> None:
        """Let sources that were set aside be tried again."""
        again = update(work).where(_IS_SET_ASIDE, _below(roots)).values(attempts=0, reason="", is_waiting=True)
        with self._database.share() as connection:
            connection.execute(again)

    def forget(self, roots: Sequence[str], *, before_run: int) -> None:
        """Forget sources that failed and that no run from `before_run` on found again."""
        failed = and_(or_(not_(work.c.is_waiting), work.c.attempts >= MOST_ATTEMPTS), _IS_FREE)
        with self._database.share() as connection:
            connection.execute(delete(work).where(failed, work.c.run < before_run, _below(roots)))


def _is_other(added: postgresql.Insert) -> ColumnElement[bool]:
    """True where a row of another file, or for other stages, is put in the place of one."""
    return or_(*(work.c[name] != added.excluded[name] for name in ("size", "modified", "stages")))


def _make_add() -> postgresql.Insert:
    added = postgresql.insert(work)
    is_other = _is_other(added)
    same = ("root", "stages", "size", "modified", "payload", "run", "is_waiting")
    fresh = ("attempts", "reason", "worker", "until")
    replaced: dict[str, ColumnElement[object]] = {name: added.excluded[name] for name in same}
    replaced |= {name: case((is_other, added.excluded[name]), else_=work.c[name]) for name in fresh}
    return added.on_conflict_do_update(index_elements=["locator"], set_=replaced)


_ADD = _make_add()


def _claimable(stages: str, roots: Sequence[str] | None, without: Collection[str]) -> ColumnElement[bool]:
    is_possible = and_(work.c.is_waiting, work.c.stages == stages, work.c.attempts < MOST_ATTEMPTS, _IS_FREE)
    return and_(is_possible, _below(roots), work.c.root.not_in(list(without)))


def _below(roots: Sequence[str] | None) -> ColumnElement[bool]:
    """True for locators that are one of the roots or lie below one; see `index.ingest.finding.roots.is_under`."""
    if roots is None:
        return true()
    return or_(work.c.locator.in_(list(roots)), *map(_is_below, roots))


def _is_below(root: str) -> ColumnElement[bool]:
    if not root:
        return not_(work.c.locator.startswith("/"))
    folder = root.rstrip("/")
    # "0" comes after "/": a range of the index, whatever characters the name has.
    return and_(work.c.locator > f"{folder}/", work.c.locator < f"{folder}0")


def _held_by(worker: int) -> Select[str]:
    return select(work.c.locator).where(work.c.worker == worker).order_by(work.c.locator)


def _picked(worker: int, locators: Collection[str] | None) -> Iterator[Select[str]]:
    """Yield statements for the claims of a worker, all of them for None, with lists that a statement may have."""
    if locators is None:
        yield _held_by(worker)
        return
    for chunk in chunks(sorted(locators)):
        yield _held_by(worker).where(work.c.locator.in_(chunk))


def _lock_held(connection: Connection, worker: int, files: Collection[str]) -> set[str]:
    """Lock the claims of a worker to some files; return those that it has."""
    held: set[str] = set()
    for picked in _picked(worker, files):
        held.update(connection.scalars(picked.with_for_update()))
    return held


def _find_clashes(
    connection: Connection, extracted: Sequence[ExtractedArticle]
) -> list[tuple[ExtractedArticle, ArticleState]]:
    """Return the articles whose ids belong to articles of other files or rows."""
    ids = [item.article.id for item in extracted]
    # Staged ones first: published meanwhile, they are found as articles.
    staged = staging.staged_states(connection, ids)
    known = KnownArticles(lambda: nullcontext(connection))
    states = {**known.article_states(ids), **staged}
    found = ((item, states.get(item.article.id)) for item in extracted)
    return [
        (item, state)
        for item, state in found
        if state is not None and (state.locator, state.file) != (item.article.locator, item.file)
    ]


def _end(connection: Connection, ended: Iterable[EndedSource]) -> None:
    """Take out sources that are done, and keep those that failed for the next run."""
    done = [each.locator for each in ended if not each.reason]
    for chunk in chunks(done):
        connection.execute(delete(work).where(work.c.locator.in_(chunk)))
    for each in ended:
        if each.reason:
            failed = {"is_waiting": False, "reason": each.reason, "worker": None, "until": None}
            connection.execute(update(work).where(work.c.locator == each.locator).values(failed))
