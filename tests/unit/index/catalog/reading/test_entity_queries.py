"""Plans of SQLite for the queries about an entity."""

import sqlite3
from contextlib import closing

from index.catalog.reading.entity_queries import amounts
from index.settings import Settings

_MANY = "tallow-exchange"


def test_amounts_of_an_entity_are_found_without_reading_all_mentions(awkward_settings: Settings) -> None:
    asked: list[str] = []
    path = awkward_settings.index / "catalog.sqlite3"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.set_trace_callback(asked.append)
        found = amounts(connection, _MANY, limit=20)
        connection.set_trace_callback(None)
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert len(found) == 20
    first, second = (step for step in steps if step.startswith(("SEARCH x ", "SEARCH m ")))
    assert first.startswith("SEARCH x ")
    assert second == "SEARCH m USING PRIMARY KEY (article=? AND start=?)"
