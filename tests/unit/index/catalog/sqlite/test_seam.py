"""Only this folder speaks the SQL of SQLite: all other statements run on PostgreSQL as well."""

import re
from pathlib import Path

import pytest

import index
import search

_DIALECT = re.compile(r"\b(?:PRAGMA|sqlite_master)\b")
_FOLDERS = [Path(str(package.__file__)).parent for package in (index, search)]
_MODULES = [module for folder in _FOLDERS for module in folder.rglob("*.py")]


@pytest.mark.parametrize("is_inside", [True, False])
def test_statements_of_sqlite_stand_in_its_folder(is_inside: bool) -> None:
    modules = [module for module in _MODULES if ("catalog/sqlite/" in module.as_posix()) == is_inside]
    assert any(_DIALECT.search(module.read_text(encoding="utf-8")) for module in modules) == is_inside
