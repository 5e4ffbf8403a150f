"""The code of the page about Python runs and gives what the page says, and the page names all that is public."""

import doctest
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import index
import search

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python-api.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(python|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(seed_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder that holds the sample articles, and their index, as the pages say."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(seed_index, tmp_path / seed_index.name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_page(page: str) -> int:
    """Run the code of a page, block by block with the same names, and count the examples that gave something else."""
    names: dict[str, object] = {}
    failed = 0
    for number, (kind, code) in enumerate(_BLOCK.findall(page)):
        if kind == "python":
            exec(compile(code, f"block {number}", "exec"), names)
        else:
            example = doctest.DocTestParser().get_doctest(code, names, f"block {number}", None, None)
            failed += doctest.DocTestRunner().run(example, clear_globs=False).failed
            names.update(example.globs)
    return failed


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", [PAGE, README], ids=["python-api.md", "README.md"])
def test_code_of_the_page_gives_what_the_page_says(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _BLOCK.search(page)
    failed = run_page(page)
    assert failed == 0, capsys.readouterr().out


@pytest.mark.parametrize("package", [search, index], ids=["search", "index"])
def test_the_page_names_every_public_name_and_no_other(package: ModuleType) -> None:
    named = set(re.findall(rf"\b{package.__name__}\.(\w+)", PAGE))
    assert named - {"toml", "py", "errors", "cli"} - {"__all__"} == set(package.__all__)


@pytest.mark.parametrize("method", [name for name in vars(search.Archive) if not name.startswith("_")])
def test_the_page_names_every_method_of_an_archive(method: str) -> None:
    assert f"archive.{method}(" in PAGE
