"""The public names of the packages: a list that holds, and that costs nothing until it is used."""

import subprocess
import sys
from types import ModuleType

import pytest

import index
import search

PUBLIC = [(package, name) for package in (search, index) for name in package.__all__]


@pytest.mark.parametrize(("package", "name"), PUBLIC, ids=[f"{package.__name__}.{name}" for package, name in PUBLIC])
def test_every_public_name_is_there_and_documented(package: ModuleType, name: str) -> None:
    found = getattr(package, name)
    assert found.__module__.partition(".")[0] in ("index", "search")
    assert found.__doc__


@pytest.mark.parametrize("package", [search, index], ids=["search", "index"])
def test_public_names_are_listed_in_order(package: ModuleType) -> None:
    assert package.__all__ == sorted(package.__all__)
    assert set(package.__all__) <= set(dir(package))


@pytest.mark.parametrize("package", [search, index], ids=["search", "index"])
def test_other_names_are_missing_as_python_expects(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'nothing'"):
        package.nothing  # noqa: B018 - looking it up is what is tested


@pytest.mark.parametrize("package", ["search", "index"])
def test_importing_a_package_imports_nothing_that_it_needs_later(package: str) -> None:
    heavy = {"msgspec", "numpy", "spacy", "click", "flask", "sqlalchemy", "whoosh", "rich", "index.model", "sqlite3"}
    program = f"import sys, {package}; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "[]\n"


def test_searching_from_python_imports_nothing_that_extracts() -> None:
    program = "import sys, search; search.open; print(sorted({'spacy', 'sqlalchemy', 'flask'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "[]\n"
