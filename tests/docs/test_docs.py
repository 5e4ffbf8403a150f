"""The documents say what is so."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from index.engines.base import Capabilities
from index.settings import Settings
from search.cli.main import COMMANDS
from tests.docs.command_line import command_line_page
from tests.docs.engines import engines_page

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seeds/*.md")] if page.is_file()
)

README_COMMANDS = [
    line.partition("  #")[0].strip()
    for line in re.findall(r"^search-cli .*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
]


def test_command_line_page_is_what_the_commands_say() -> None:
    assert (ROOT / "docs/command-line.md").read_text(encoding="utf-8") == command_line_page()


def test_examples_of_the_commands_can_be_pasted() -> None:
    examples = re.findall(r"^  Example: (.+)$", command_line_page(), re.MULTILINE)
    assert len(examples) > 20
    assert [line for line in examples if set(line) & set("“”‘’–")] == []
    assert [line for line in examples if "search-cli" not in shlex.split(line)[0] and "$(search-cli" not in line] == []


def test_engines_page_is_what_the_engines_declare() -> None:
    page = (ROOT / "docs/engines.md").read_text(encoding="utf-8")
    assert page == engines_page()
    assert page.count("\n| ") == 1 + len(Capabilities.__struct_fields__), "every capability has a row"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_documented_where_it_is_declared(name: str) -> None:
    source = (ROOT / "index/settings.py").read_text(encoding="utf-8")
    assert re.search(rf'^    {name}: [^\n]+\n    """[^\n]+"""$', source, re.MULTILINE)


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("line", README_COMMANDS)
def test_commands_of_the_readme_run_on_the_seeds(line: str, seed_index: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_index, tmp_path / seed_index.name)
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PATH": programs},
        check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr if result.returncode else "") == (0, "")


@pytest.mark.parametrize(
    "folder",
    re.findall(r"^\| (?:\d+ \| )?`([a-z_/.]+)`", (ROOT / "docs/architecture.md").read_text("utf-8"), re.MULTILINE),
)
def test_every_place_of_the_architecture_page_exists(folder: str) -> None:
    assert (ROOT / folder).exists()


def test_every_command_has_a_line_of_help() -> None:
    assert [name for name, line in COMMANDS.items() if not line.endswith(".")] == []
