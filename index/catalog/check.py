"""Checks of what a catalog holds: that it is whole, that its parts agree, and that no work was left unfinished."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import Struct

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.records import MOST_ATTEMPTS, WORKER_DIED
from index.catalog.rows import CATALOG_FILE
from index.catalog.sqlite.check import broken_pages, broken_references
from index.catalog.sqlite.connections import ConnectionPool
from index.errors import DecisionError, DossierError
from index.identity.decision_json import read_decision
from index.model import ENTITY_KINDS, Kind
from index.readers.article.building import content_hash

__all__ = ["Problem", "check_catalog"]

# Of each check. A damaged file would fill the screen.
_MAX_PROBLEMS = 20
_ARTICLES_AT_ONCE = 100

_INDEX_ANEW = "search-cli index FOLDER -C NEW"
_REBUILD = "search-cli rebuild"
_INDEX = "search-cli index FOLDER"
_WORK = "search-cli work --until-done"
_RETRY = "search-cli index FOLDER --retry"


class Problem(Struct, frozen=True):
    """Something that is wrong, in words, and the command that mends it.

    `is_damage` is False for work that was left unfinished, by a run that was stopped or goes on now.
    """

    text: str
    command: str
    is_damage: bool = True


# The rows of a statement, whatever types their values have.
_Rows = Callable[[str], Sequence[Sequence[Any]]]
_Snapshot = Callable[[], AbstractContextManager[_Rows]]


def check_catalog(folder: Path, *, url: str = "") -> Iterator[Problem]:
    """Yield problems of the catalog of an index folder, or of the one at `url`, as they are found.

    It reads all of the catalog. At most 20 problems of each sort are reported. A damaged file ends the check.
    """
    try:
        reader = open_reader(folder, url=url)
        try:
            yield from _check_server(reader, url) if url else _check_file(reader, folder)
        finally:
            reader.close()
    except DossierError as error:
        yield Problem(str(error), _INDEX)


def _check_file(reader: CatalogReader, folder: Path) -> Iterator[Problem]:
    pool = ConnectionPool(folder)

    @contextmanager
    def snapshot() -> Iterator[_Rows]:
        with pool.snapshot() as connection:
            yield lambda statement: connection.execute(statement).fetchall()

    try:
        problems = list(_broken_parts(pool, folder / CATALOG_FILE))
        yield from problems
        # What else is found in a damaged file follows from that.
        if not problems:
            yield from _check(reader, snapshot)
    finally:
        pool.close()


def _check_server(reader: CatalogReader, url: str) -> Iterator[Problem]:
    # The server itself sees to its files, and that no row refers to a missing one.
    from index.catalog.postgres.database import PostgresDatabase

    database = PostgresDatabase(url)

    @contextmanager
    def snapshot() -> Iterator[_Rows]:
        with database.read() as connection:
            yield lambda statement: connection.exec_driver_sql(statement).all()

    try:
        yield from _check(reader, snapshot)
        with snapshot() as rows:
            yield from _check_work(rows)
    finally:
        database.close()


def _check(reader: CatalogReader, snapshot: _Snapshot) -> Iterator[Problem]:
    for check in (_check_kinds, _check_numbers, _check_decisions, _check_unfinished):
        with snapshot() as rows:
            yield from islice(check(rows), _MAX_PROBLEMS)
    yield from islice(_check_articles(reader), _MAX_PROBLEMS)
    with snapshot() as rows:
        yield from _check_agreement(rows)


def _broken_parts(pool: ConnectionPool, file: Path) -> Iterator[Problem]:
    with pool.snapshot() as connection:
        for line in broken_pages(connection, limit=_MAX_PROBLEMS):
            yield Problem(f"{file}: {line}.", _INDEX_ANEW)
        for table, parent in broken_references(connection, limit=_MAX_PROBLEMS):
            yield Problem(f"{file}: a row of {table} refers to a missing row of {parent}.", _INDEX_ANEW)


_KINDS: Sequence[tuple[str, Sequence[Kind]]] = (
    ("origins", tuple(Kind)),
    *((table, ENTITY_KINDS) for table in ("names", "entities", "definitions", "suggestions")),
)


def _check_kinds(rows: _Rows) -> Iterator[Problem]:
    for table, kinds in _KINDS:
        for (kind,) in rows(f"SELECT DISTINCT kind FROM {table} ORDER BY kind"):
            if kind not in kinds:
                yield Problem(f"Table {table} has the unknown kind {kind!r}.", _INDEX_ANEW)


# Counters, and the columns that get their numbers from them.
_NUMBERED = {
    "articles": "articles.number",
    "decisions": "decisions.id",
    "grounds": "grounds.id",
    "names": "names.id",
    "origins": "origins.id",
    "runs": "runs.id",
    "spellings": "spellings.id",
    "staged": "staged.number",
    "suggestions": "suggestions.number",
    "texts": "texts.id",
}


def _check_numbers(rows: _Rows) -> Iterator[Problem]:
    given: dict[str, int] = {row[0]: row[1] for row in rows("SELECT name, value FROM counters")}
    for counter, column in _NUMBERED.items():
        table, name = column.split(".")
        ((last,),) = rows(f"SELECT coalesce(max({name}), 0) FROM {table}")
        if last > given.get(counter, 0):
            yield Problem(f"Table {table} has number {last}, which was never given.", _INDEX_ANEW)


def _check_decisions(rows: _Rows) -> Iterator[Problem]:
    for number, action, arguments in rows("SELECT id, action, arguments FROM decisions ORDER BY id"):
        try:
            read_decision(action, json.loads(arguments))
        except (ValueError, TypeError, DecisionError):
            yield Problem(f"Decision {number} cannot be read.", _INDEX_ANEW)


_UNFINISHED = (
    ("staged", "articles, failures or files were read but not stored"),
    ("stale_names", "names changed since identity was last resolved"),
    ("pending", "documents are not yet in the index as the catalog has them"),
)


def _check_unfinished(rows: _Rows) -> Iterator[Problem]:
    for table, text in _UNFINISHED:
        ((count,),) = rows(f"SELECT count(*) FROM {table}")
        if count:
            yield Problem(f"{count:,} {text}, unless a run is doing that now.", _INDEX, is_damage=False)


_IS_SET_ASIDE = f"attempts >= {MOST_ATTEMPTS} AND (until IS NULL OR until < extract(epoch FROM clock_timestamp()))"


def _check_work(rows: _Rows) -> Iterator[Problem]:
    """List the files that wait to be read, and those that are set aside."""
    ((count,),) = rows(f"SELECT count(*) FROM work WHERE is_waiting AND NOT ({_IS_SET_ASIDE})")
    if count:
        yield Problem(f"{count:,} files wait to be read, unless workers do that now.", _WORK, is_damage=False)
    ((count,),) = rows(f"SELECT count(*) FROM work WHERE {_IS_SET_ASIDE}")
    listed = f"SELECT locator, reason FROM work WHERE {_IS_SET_ASIDE} ORDER BY locator LIMIT {_MAX_PROBLEMS}"
    for locator, reason in rows(listed):
        yield Problem(f"{locator} is set aside after three tries: {reason or WORKER_DIED}", _RETRY, is_damage=False)
    if count > _MAX_PROBLEMS:
        yield Problem(f"{count - _MAX_PROBLEMS:,} more files are set aside.", _RETRY, is_damage=False)


def _check_articles(reader: CatalogReader) -> Iterator[Problem]:
    """Compare the hash of each article with its contents."""
    ids = reader.article_ids()
    while some := list(islice(ids, _ARTICLES_AT_ONCE)):
        with reader.snapshot() as catalog:
            altered = [article_id for article_id in some if not _is_as_hashed(catalog, article_id)]
        yield from (Problem(f"Article {article_id} is not what was read.", _INDEX_ANEW) for article_id in altered)


def _is_as_hashed(catalog: CatalogReader, article_id: str) -> bool:
    try:
        found = catalog.articles([article_id])
    except (ValueError, TypeError):
        # A date, or the list of furniture, makes no sense.
        return False
    # Gone since the ids were read: nothing is wrong with it.
    return all(content_hash(article) == article.content_hash for article in found.values())


# Statements that give ids of rows which should not be there, the words for them, and what mends them.
_ORPHANS = (
    (
        "SELECT id FROM entities e WHERE NOT EXISTS (SELECT 1 FROM assignments a WHERE a.entity = e.id)",
        "Entity {} has no name in the archive.",
        _REBUILD,
    ),
    (
        "SELECT old FROM redirects r WHERE NOT EXISTS (SELECT 1 FROM entities e WHERE e.id = r.current)",
        "The former id {} leads to an entity that is gone.",
        _INDEX_ANEW,
    ),
    *(
        (
            f"SELECT r.id FROM {table} x JOIN articles r ON r.number = x.article WHERE NOT EXISTS "
            "(SELECT 1 FROM mentions m WHERE m.article = x.article AND m.start = x.start)",
            f"Article {{}} has a row of {table} without a mention.",
            _INDEX_ANEW,
        )
        for table in ("amounts", "intervals")
    ),
    *(
        (
            f"SELECT folded FROM {table} k WHERE NOT EXISTS (SELECT 1 FROM aliases a WHERE a.folded = k.folded)",
            f"Table {table} has the name “{{}}”, which no entity has.",
            _INDEX_ANEW,
        )
        for table in ("alias_starts", "alias_parts")
    ),
)
_COUNTS = (
    "SELECT e.id FROM entities e LEFT JOIN assignments s ON s.entity = e.id LEFT JOIN appearances p ON p.name = s.name "
    "GROUP BY e.id, e.documents, e.mentions "
    "HAVING e.documents <> count(DISTINCT CASE WHEN p.mentions > 0 THEN p.article END) "
    "OR e.mentions <> coalesce(sum(p.mentions), 0)"
)


def _check_agreement(rows: _Rows) -> Iterator[Problem]:
    """Compare entities and names with the articles; between storing and resolution they need not agree."""
    if rows("SELECT 1 FROM stale_names LIMIT 1"):
        return
    for statement, text, command in (*_ORPHANS, (_COUNTS, "Entity {} has wrong counts.", _REBUILD)):
        for (key,) in rows(f"{statement} LIMIT {_MAX_PROBLEMS}"):
            yield Problem(text.format(key), command)
