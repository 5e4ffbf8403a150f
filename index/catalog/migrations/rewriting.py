"""Parts of migration steps that read rows and rewrite them. As released steps, they use SQL and no tables of today."""

import json
import secrets
from collections.abc import Iterator

from sqlalchemy import Connection, text

from index.article_ids import article_id

__all__ = ["add_work", "fold_undo_decisions", "give_archive_id", "unpack_names_in_decisions", "widen_article_ids"]

_ROWS_AT_ONCE = 1000


def give_archive_id(connection: Connection) -> None:
    """Give a catalog the random id by which the archive is known."""
    statement = text("INSERT INTO meta (key, value) VALUES ('archive', :archive)")
    connection.execute(statement, {"archive": secrets.token_hex(8)})


def fold_undo_decisions(connection: Connection) -> None:
    """Mark decisions as undone, and remove the decisions that undid them."""
    undoing = "SELECT id, decided, arguments FROM decisions WHERE action = 'undo' ORDER BY id"
    for number, decided, arguments in connection.execute(text(undoing)).all():
        mark = text("UPDATE decisions SET undone_at = :decided, undone_by = '' WHERE id = :target")
        connection.execute(mark, {"decided": decided, "target": int(json.loads(arguments)["decision"])})
        connection.execute(text("DELETE FROM decisions WHERE id = :number"), {"number": number})


def widen_article_ids(connection: Connection) -> None:
    """Give all articles the ids that readers give them now; the old ones lead to them, also from decisions.

    Documents are known to the engine by the old ids, so these are pending too: it deletes what no article has.
    """
    connection.execute(text("INSERT INTO pending (id, mark) SELECT id, 1 FROM articles"))
    for number, old, new in _changed_ids(connection):
        values = {"number": number, "old": old, "new": new}
        connection.execute(text("UPDATE articles SET id = :new WHERE number = :number"), values)
        connection.execute(text("INSERT INTO article_redirects (old, current) VALUES (:old, :new)"), values)
        connection.execute(text("INSERT INTO pending (id, mark) VALUES (:new, 1)"), values)
    _rewrite_decisions(connection)


def _changed_ids(connection: Connection) -> Iterator[tuple[int, str, str]]:
    last = 0
    some = text("SELECT number, id, locator FROM articles WHERE number > :last ORDER BY number LIMIT :limit")
    while rows := connection.execute(some, {"last": last, "limit": _ROWS_AT_ONCE}).all():
        for number, old, locator in rows:
            new = article_id(locator)
            if new != old:
                yield number, old, new
        last = rows[-1][0]


def _rewrite_decisions(connection: Connection) -> None:
    """Let splits of one article, and the memory of the links that they changed, name it by its new id."""
    rows = connection.execute(text("SELECT id, arguments FROM decisions WHERE action = 'split'")).all()
    for number, arguments in rows:
        rewritten = json.dumps(_renamed(connection, json.loads(arguments)), ensure_ascii=False, sort_keys=True)
        statement = text("UPDATE decisions SET arguments = :arguments WHERE id = :number")
        connection.execute(statement, {"arguments": rewritten, "number": number})
    heeded = connection.scalar(text("SELECT value FROM meta WHERE key = 'separations'"))
    if heeded is not None:
        value = json.dumps([_renamed(connection, arguments) for arguments in json.loads(heeded)], sort_keys=True)
        connection.execute(text("UPDATE meta SET value = :value WHERE key = 'separations'"), {"value": value})


def _renamed(connection: Connection, arguments: dict[str, str]) -> dict[str, str]:
    statement = text("SELECT current FROM article_redirects WHERE old = :old")
    current = connection.scalar(statement, {"old": arguments.get("article")})
    return arguments if current is None else {**arguments, "article": current}


def unpack_names_in_decisions(connection: Connection) -> None:
    """Write the names in decisions as lists of kind and key; until now they were packed into texts."""
    for number, arguments in connection.execute(text("SELECT id, arguments FROM decisions")).all():
        unpacked = {name: _unpacked(name, value) for name, value in json.loads(arguments).items()}
        values = {"number": number, "arguments": json.dumps(unpacked, ensure_ascii=False, sort_keys=True)}
        connection.execute(text("UPDATE decisions SET arguments = :arguments WHERE id = :number"), values)


def _unpacked(argument: str, value: str) -> str | list[str] | list[list[str]]:
    if argument not in {"names", "into_names", "other_names", "forms", "own"}:
        return value
    pairs = [part.split("/", 1) for part in value.split("|")]
    return pairs[0] if argument == "own" else pairs


# The first step that PostgreSQL goes as well: its catalogs began with version 10.
def add_work(connection: Connection) -> None:
    """Add the table of sources that wait to be read."""
    is_server = connection.dialect.name == "postgresql"
    words = 'TEXT COLLATE "C"' if is_server else "TEXT"
    number, data = ("BIGINT", "BYTEA") if is_server else ("INTEGER", "BLOB")
    connection.execute(
        text(
            f"""
            CREATE TABLE work (
                locator {words} NOT NULL,
                root {words} NOT NULL,
                stages {words} NOT NULL,
                size {number} NOT NULL,
                modified FLOAT NOT NULL,
                payload {data} NOT NULL,
                run INTEGER NOT NULL,
                is_waiting BOOLEAN NOT NULL,
                attempts INTEGER NOT NULL,
                reason {words} NOT NULL,
                worker INTEGER,
                until FLOAT,
                PRIMARY KEY (locator)
            )
            """
        )
    )
    connection.execute(text("CREATE INDEX work_worker ON work (worker)"))
