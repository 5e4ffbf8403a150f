"""Each fault that `doctor` finds is mended by the command that it names."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.catalog.rows import CATALOG_FILE
from index.catalog.store import open_catalog
from tests.conftest import SEEDS
from tests.support.commands import Run

Damage = Callable[[Path], None]


def statement(text: str) -> Damage:
    """Change the catalog of an index folder by a statement that no program of ours would run."""

    def damage(folder: Path) -> None:
        connection = sqlite3.connect(folder / CATALOG_FILE)
        with connection:
            connection.execute(text)
        connection.close()

    return damage


def flip_a_byte(folder: Path) -> None:
    segment = max((folder / "engine").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 0xFF
    segment.write_bytes(data)


def cut_a_file(folder: Path) -> None:
    segment = max((folder / "engine").iterdir(), key=lambda path: path.stat().st_size)
    segment.write_bytes(segment.read_bytes()[:100])


def each(pattern: str, change: Callable[[Path], object]) -> Damage:
    """Change each file of an index folder whose path has a pattern."""

    def damage(folder: Path) -> None:
        for path in list(folder.glob(pattern)):
            change(path)

    return damage


def overwrite(path: Path) -> None:
    path.write_bytes(b"nothing of ours" * 500)


def leave_work(folder: Path) -> None:
    with open_catalog(folder) as catalog:
        catalog.mark_all_stale()
        catalog.mark_all_pending()


NO_COMMIT = statement("UPDATE meta SET value = 'gone' WHERE key = 'generation'")
OLDER = statement("""UPDATE meta SET value = '["linking", 0]' WHERE key = 'linking'""")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        pytest.param(flip_a_byte, 3, id="a byte of the index"),
        pytest.param(cut_a_file, 3, id="the end of a file"),
        pytest.param(each("engine/manifest*.json", Path.unlink), 3, id="the manifests"),
        pytest.param(each("engine/manifest*.json", overwrite), 3, id="what the manifests say"),
        pytest.param(each("engine", shutil.rmtree), 3, id="the whole index"),
        pytest.param(each(CATALOG_FILE, Path.unlink), 3, id="the catalog"),
        pytest.param(each(CATALOG_FILE, overwrite), 3, id="what the catalog says"),
        pytest.param(statement("UPDATE articles SET body = body || '.'"), 3, id="articles"),
        pytest.param(statement("UPDATE entities SET kind = 'poems' WHERE id = 'turkey'"), 3, id="a kind"),
        pytest.param(statement("UPDATE entities SET documents = 99 WHERE id = 'turkey'"), 3, id="counts"),
        pytest.param(statement("DELETE FROM assignments WHERE entity = 'tass'"), 3, id="names"),
        pytest.param(statement("INSERT INTO redirects VALUES ('a', 'nobody')"), 3, id="a former id"),
        pytest.param(statement("UPDATE counters SET value = 1 WHERE name = 'texts'"), 3, id="numbers"),
        pytest.param(NO_COMMIT, 3, id="which commit is the newest"),
        pytest.param(leave_work, 0, id="unfinished work"),
        pytest.param(OLDER, 0, id="an older version"),
    ],
)
def test_the_command_that_is_named_mends_it(damage: Damage, code: int, in_process_on_copy: Run, tmp_path: Path) -> None:
    run = in_process_on_copy
    shutil.copytree(SEEDS, tmp_path / "seeds", ignore=shutil.ignore_patterns("*.md"))
    damage(tmp_path / ".dossier")
    found = run("doctor")
    assert found.returncode == code, found.stdout + found.stderr
    (command, *_) = re.findall(r"search-cli ((?:index|rebuild|entities)[^\n`]*)", found.stdout + found.stderr)
    new = tmp_path / "new"
    arguments = command.replace("FOLDER", "seeds").replace("NEW", str(new)).rstrip(".").split()
    mended = run(*arguments)
    assert mended.returncode == 0, mended.stdout + mended.stderr
    place = ("-C", str(new)) if new.exists() else ()
    after = run("doctor", *place)
    assert (after.returncode, "problem" in after.stdout, "note" in after.stdout) == (0, False, False), after.stdout
    assert run("Patriot withdrawal", *place).returncode == 0
