"""Steps from the tables of an older program to those of this one."""

from collections.abc import Callable

from sqlalchemy import Connection

from index.catalog.migrations.rewriting import (
    add_work,
    fold_undo_decisions,
    give_archive_id,
    unpack_names_in_decisions,
    widen_article_ids,
)

__all__ = ["MIGRATIONS"]

# MIGRATIONS[n] makes version n + 2 out of version n + 1. A step is never changed once it was released: it is the
# record of what a schema was, so it is SQL, or a function of SQL, and does not use the tables of today.
MIGRATIONS: tuple[tuple[str | Callable[[Connection], None], ...], ...] = (
    (
        """
        CREATE TABLE sources (
            locator TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified FLOAT NOT NULL,
            reading TEXT NOT NULL,
            articles INTEGER NOT NULL,
            PRIMARY KEY (locator)
        )
         WITHOUT ROWID
        """,
    ),
    (
        # Nothing is lost: files are read once more.
        "DROP TABLE sources",
        """
        CREATE TABLE sources (
            locator TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified FLOAT NOT NULL,
            reading TEXT NOT NULL,
            articles INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            PRIMARY KEY (locator)
        )
         WITHOUT ROWID
        """,
    ),
    (
        """
        CREATE TABLE suggestions (
            number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            entity TEXT NOT NULL,
            into_entity TEXT NOT NULL,
            rule TEXT NOT NULL,
            evidence TEXT NOT NULL,
            score INTEGER NOT NULL,
            PRIMARY KEY (number),
            UNIQUE (entity, into_entity),
            FOREIGN KEY(entity) REFERENCES entities (id),
            FOREIGN KEY(into_entity) REFERENCES entities (id)
        )
        """,
        "CREATE INDEX suggestions_into ON suggestions (into_entity)",
        "ALTER TABLE runs RENAME TO old_runs",
        """
        CREATE TABLE runs (
            id INTEGER NOT NULL,
            started TEXT NOT NULL,
            finished TEXT,
            read INTEGER NOT NULL,
            added INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            unchanged INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            relinked INTEGER NOT NULL,
            PRIMARY KEY (id)
        )
        """,
        """
        INSERT INTO runs SELECT id, started, finished, "read", added, changed, unchanged, removed, failed, 0
        FROM old_runs
        """,
        "DROP TABLE old_runs",
        # Who is who is decided once more, which fills the new table.
        "DELETE FROM meta WHERE key = 'resolution'",
    ),
    (
        give_archive_id,
        "INSERT INTO meta (key, value) VALUES ('migrated_from', '4')",
        """
        CREATE TABLE counters (
            name TEXT NOT NULL,
            value INTEGER NOT NULL,
            PRIMARY KEY (name)
        )
         WITHOUT ROWID
        """,
        """
        INSERT INTO counters (name, value)
        SELECT 'articles', coalesce(max(number), 0) FROM articles
        UNION ALL SELECT 'texts', coalesce(max(id), 0) FROM texts
        UNION ALL SELECT 'origins', coalesce(max(id), 0) FROM origins
        UNION ALL SELECT 'grounds', coalesce(max(id), 0) FROM grounds
        UNION ALL SELECT 'names', coalesce(max(id), 0) FROM names
        UNION ALL SELECT 'spellings', coalesce(max(id), 0) FROM spellings
        UNION ALL SELECT 'runs', coalesce(max(id), 0) FROM runs
        UNION ALL SELECT 'decisions', coalesce(max(id), 0) FROM decisions
        UNION ALL SELECT 'suggestions', coalesce(max(number), 0)
            FROM (SELECT number FROM suggestions
                  UNION ALL SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'last_suggestion')
        UNION ALL SELECT 'marks', 1
        """,
        "DELETE FROM meta WHERE key = 'last_suggestion'",
        """
        CREATE TABLE article_redirects (
            old TEXT NOT NULL,
            current TEXT NOT NULL,
            PRIMARY KEY (old)
        )
         WITHOUT ROWID
        """,
        """
        CREATE TABLE staged (
            number INTEGER NOT NULL,
            run INTEGER NOT NULL,
            version INTEGER NOT NULL,
            size INTEGER NOT NULL,
            kind TEXT NOT NULL,
            locator TEXT NOT NULL,
            file TEXT NOT NULL,
            extraction TEXT NOT NULL,
            article TEXT,
            content_hash TEXT,
            payload BLOB NOT NULL,
            PRIMARY KEY (number)
        )
        """,
        "CREATE INDEX staged_article ON staged (article)",
        "ALTER TABLE decisions RENAME TO old_decisions",
        """
        CREATE TABLE decisions (
            id INTEGER NOT NULL,
            decided TEXT NOT NULL,
            decided_by TEXT NOT NULL,
            action TEXT NOT NULL,
            arguments TEXT NOT NULL,
            undone_at TEXT,
            undone_by TEXT,
            PRIMARY KEY (id)
        )
        """,
        """
        INSERT INTO decisions (id, decided, decided_by, action, arguments)
        SELECT id, decided, '', action, arguments FROM old_decisions
        """,
        "DROP TABLE old_decisions",
        fold_undo_decisions,
        "ALTER TABLE pending RENAME TO old_pending",
        """
        CREATE TABLE pending (
            id TEXT NOT NULL,
            mark INTEGER NOT NULL,
            PRIMARY KEY (id)
        )
         WITHOUT ROWID
        """,
        # Deleted articles that the engine may still hold.
        """
        INSERT INTO pending (id, mark)
        SELECT id, 1 FROM old_pending WHERE id NOT IN (SELECT id FROM articles)
        """,
        "DROP TABLE old_pending",
        widen_article_ids,
    ),
    (
        """
        CREATE TABLE name_states (
            name INTEGER NOT NULL,
            grouped TEXT,
            text TEXT NOT NULL,
            mentions INTEGER NOT NULL,
            is_acronym BOOLEAN NOT NULL,
            reference TEXT,
            has_entry BOOLEAN NOT NULL,
            target TEXT,
            stage INTEGER,
            ground INTEGER,
            choice TEXT,
            PRIMARY KEY (name),
            FOREIGN KEY(name) REFERENCES names (id),
            FOREIGN KEY(ground) REFERENCES grounds (id)
        )
        """,
        "CREATE INDEX name_states_grouped ON name_states (grouped)",
        "CREATE INDEX name_states_target ON name_states (target)",
        """
        CREATE TABLE name_keys (
            number BIGINT NOT NULL,
            role INTEGER NOT NULL,
            name INTEGER NOT NULL,
            PRIMARY KEY (number, role, name),
            FOREIGN KEY(name) REFERENCES names (id)
        )
         WITHOUT ROWID
        """,
        "CREATE INDEX name_keys_name ON name_keys (name)",
        """
        CREATE TABLE watches (
            head TEXT NOT NULL,
            is_companion BOOLEAN NOT NULL,
            name INTEGER NOT NULL,
            PRIMARY KEY (head, is_companion, name),
            FOREIGN KEY(name) REFERENCES names (id)
        )
         WITHOUT ROWID
        """,
        "CREATE INDEX watches_name ON watches (name)",
        """
        CREATE TABLE heads (
            head TEXT NOT NULL,
            wanted TEXT NOT NULL,
            rank INTEGER NOT NULL,
            id TEXT NOT NULL,
            entity TEXT NOT NULL,
            members INTEGER NOT NULL,
            PRIMARY KEY (head)
        )
         WITHOUT ROWID
        """,
        "CREATE INDEX heads_entity ON heads (entity)",
        "CREATE INDEX heads_wanted ON heads (wanted)",
        """
        CREATE TABLE pairs (
            left_group TEXT NOT NULL,
            right_group TEXT NOT NULL,
            is_choice BOOLEAN NOT NULL,
            rule TEXT NOT NULL,
            evidence TEXT NOT NULL,
            score INTEGER NOT NULL,
            PRIMARY KEY (left_group, right_group, is_choice)
        )
         WITHOUT ROWID
        """,
        "CREATE INDEX pairs_right ON pairs (right_group)",
        """
        CREATE TABLE company (
            name INTEGER NOT NULL,
            beside TEXT NOT NULL,
            PRIMARY KEY (name),
            FOREIGN KEY(name) REFERENCES names (id)
        )
        """,
        """
        CREATE TABLE heeded_names (
            name TEXT NOT NULL,
            decision INTEGER NOT NULL,
            PRIMARY KEY (name, decision)
        )
         WITHOUT ROWID
        """,
        "CREATE INDEX heeded_names_decision ON heeded_names (decision)",
        "CREATE INDEX mentions_name ON mentions (name)",
        "CREATE INDEX appearances_spelling ON appearances (spelling)",
        # Everything is resolved once, which fills the new tables.
        "DELETE FROM meta WHERE key = 'resolution'",
    ),
    (
        # Companions are counted again when a name needs them.
        "DROP TABLE company",
        """
        CREATE TABLE company (
            name INTEGER NOT NULL,
            beside TEXT NOT NULL,
            rest INTEGER NOT NULL,
            last_article INTEGER NOT NULL,
            PRIMARY KEY (name),
            FOREIGN KEY(name) REFERENCES names (id)
        )
        """,
        unpack_names_in_decisions,
    ),
    (
        # Which pack entry a name is the first name of: until now only that it is.
        "DROP TABLE name_states",
        """
        CREATE TABLE name_states (
            name INTEGER NOT NULL,
            grouped TEXT,
            text TEXT NOT NULL,
            mentions INTEGER NOT NULL,
            is_acronym BOOLEAN NOT NULL,
            reference TEXT,
            entry TEXT,
            target TEXT,
            stage INTEGER,
            ground INTEGER,
            choice TEXT,
            PRIMARY KEY (name),
            FOREIGN KEY(name) REFERENCES names (id),
            FOREIGN KEY(ground) REFERENCES grounds (id)
        )
        """,
        "CREATE INDEX name_states_grouped ON name_states (grouped)",
        "CREATE INDEX name_states_target ON name_states (target)",
        # Everything is resolved once, which fills the new table.
        "DELETE FROM meta WHERE key = 'resolution'",
    ),
    (
        # Filled as files are read again.
        """
        CREATE TABLE encodings (
            article INTEGER NOT NULL,
            encoding TEXT NOT NULL,
            is_guessed BOOLEAN NOT NULL,
            PRIMARY KEY (article),
            FOREIGN KEY(article) REFERENCES articles (number)
        )
        """,
    ),
    (
        """
        CREATE TABLE vectors (
            article INTEGER NOT NULL,
            stage INTEGER NOT NULL,
            number INTEGER,
            vector BLOB,
            PRIMARY KEY (article),
            FOREIGN KEY(article) REFERENCES articles (number),
            FOREIGN KEY(stage) REFERENCES texts (id)
        )
        """,
        "CREATE INDEX vectors_number ON vectors (number)",
    ),
    (
        """
        CREATE TABLE arrivals (
            article INTEGER NOT NULL,
            change INTEGER NOT NULL,
            added TEXT NOT NULL,
            changed TEXT NOT NULL,
            PRIMARY KEY (article),
            FOREIGN KEY(article) REFERENCES articles (number)
        )
        """,
        "CREATE INDEX arrivals_change ON arrivals (change)",
        # Nobody noted when the articles came: in the order of their numbers, at the latest with the last run.
        """
        INSERT INTO arrivals (article, change, added, changed)
        SELECT a.number, a.number, r.moment, r.moment FROM articles a
        CROSS JOIN (SELECT COALESCE(MAX(finished), '1970-01-01T00:00:00+00:00') AS moment FROM runs) r
        """,
        "INSERT INTO counters (name, value) SELECT 'arrivals', COALESCE(MAX(number), 0) FROM articles",
    ),
    (add_work,),
)
