"""`search-cli` from its arguments to output and exit code.

A search, errors and the formats run in processes of their own; long sequences of commands run in this process, because
each start of a command that writes takes a second or more.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli.main import cli
from tests.conftest import SEEDS
from tests.support.commands import PROGRAM, Run, environment_with, run_command

BRACKETED = sorted(
    {phrase for path in SEEDS.glob("*.txt") for phrase in re.findall(r"\[[^\]]+\]", path.read_text("utf-8"))}
)


def _run(*args: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_command(*args, folder=folder, environment=environment)


@pytest.fixture
def on_seeds(seed_index: Path) -> Run:
    return lambda *args, **environment: _run(*args, folder=seed_index.parent, **environment)


@pytest.fixture
def on_copy(seed_index: Path, tmp_path: Path) -> Run:
    """Commands on a copy of the index, which they may change."""
    shutil.copytree(seed_index, tmp_path / seed_index.name)
    return lambda *args, **environment: _run(*args, folder=tmp_path, **environment)


def test_all_words_find_two_articles_one_line_each(on_seeds: Run) -> None:
    result = on_seeds("Patriot withdrawal")
    assert (result.returncode, result.stderr, len(result.stdout.splitlines())) == (0, "", 2)


@pytest.mark.parametrize("args", [["export", "-o", "csv"], ["mentions"], ["search", "*", "--json"], ["--help"]])
def test_the_end_of_a_pipe_is_no_failure(seed_index: Path, args: list[str]) -> None:
    """As in `search-cli export | head`: an exit code of 1 would say that nothing was found."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(
            [*PROGRAM, *args],
            stdout=closed,
            stderr=subprocess.PIPE,
            cwd=seed_index.parent,
            env=environment_with({}),
            timeout=60,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_entity_is_in_fewer_articles_than_the_word(on_seeds: Run) -> None:
    totals = [
        json.loads(on_seeds(*args, "--json").stdout)["total"] for args in (["patriot"], ["--system", "mim-104-patriot"])
    ]
    assert totals == [5, 4]


def test_all_sums_over_a_billion_beside_a_name_are_one_command(on_seeds: Run) -> None:
    result = on_seeds("mentions", "--amount", ">1bn", "--beside", "S-400", "--fields", "text,currency,amount")
    assert result.stdout.splitlines() == ["text\tcurrency\tamount", *["$2.5 billion\tUSD\t2500000000"] * 2]
    assert (result.returncode, result.stderr) == (0, "2 mentions\n")
    nothing = on_seeds("mentions", "xylophone")
    assert (nothing.returncode, nothing.stderr) == (1, "0 mentions\n")
    some = on_seeds("mentions", "--kind", "amounts", "-n", "1", "-o", "jsonl")
    assert (len(some.stdout.splitlines()), some.stderr) == (1, "1 mention, and more: --limit shows them\n")


def test_the_first_snippet_has_both_words(on_seeds: Run) -> None:
    hits = json.loads(on_seeds("Patriot withdrawal", "--json").stdout)["hits"]
    firsts = [hit["snippets"][0]["text"] for hit in hits]
    assert [("withdraw" in text, "Patriot" in text) for text in firsts] == [(True, True), (True, True)]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["Patriot"], 0),
        (["zzzznothing"], 1),
        (["--no-such-option", "x"], 2),
        (["x", "--person", "Nobody At All"], 2),
        (["x", "-C", "no-such-folder"], 3),
        (["show", "no-such-article"], 1),
        (["entities", "merge", "turkey", "turkey"], 2),
        (["facets", "no-such-facet"], 2),
        ([], 0),
    ],
)
def test_exit_codes(on_copy: Run, args: list[str], code: int) -> None:
    result = on_copy(*args)
    assert (result.returncode, "Traceback" in result.stderr) == (code, False)


def test_a_word_with_a_minus_says_how_to_leave_it_out(on_seeds: Run) -> None:
    assert "--not WORD" in on_seeds("Patriot", "-withdrawal").stderr


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    assert "run: search-cli index FOLDER" in _run("Patriot", folder=tmp_path).stderr


@pytest.mark.parametrize("environment", [{"FORCE_COLOR": "1"}, {"COLUMNS": "20"}, {"CLICOLOR_FORCE": "1"}])
def test_json_is_json_whatever_the_terminal(on_seeds: Run, environment: dict[str, str]) -> None:
    assert json.loads(on_seeds("Patriot", "--json", **environment).stdout)["schema"] == 1


def test_there_is_bracketed_text_to_lose() -> None:
    assert len(BRACKETED) >= 4


@pytest.mark.parametrize("phrase", BRACKETED)
@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "md", "text"])
def test_bracketed_text_survives_every_format(seed_index: Path, phrase: str, form: str) -> None:
    columns = ["--fields", "snippets"] if form != "text" else []
    args = ["search", f'"{phrase[1:-1]}"', "-C", str(seed_index), "-o", form, *columns]
    assert phrase in CliRunner(env={"COLUMNS": "500"}).invoke(cli, args).output


def test_text_of_an_article_cannot_drive_the_terminal(in_process: Run, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "evil.txt").write_text(
        "\x1b]0;owned\x07 Evil \x1b[2Jtitle\n\nThe evil\x9b31m text \u202eends.\n", encoding="utf-8"
    )
    assert in_process("index", "articles").returncode == 0
    outputs = [in_process("evil", "-o", form).stdout for form in ("text", "table", "csv", "tsv", "md")]
    outputs.append(in_process("show", "evil").stdout)
    assert [set(output) & {"\x1b", "\x9b", "\x07", "\u202e"} for output in outputs] == [set()] * 6
    assert [output for output in outputs if "vil" not in output] == []


@pytest.mark.parametrize(
    "module", ["spacy", "sqlalchemy", "flask", "rich", "whoosh", "index.identity.resolving", "index.stages"]
)
def test_a_search_does_not_import(seed_index: Path, module: str) -> None:
    code = (
        "import sys; from search.cli.main import cli; "
        "cli.main(['Patriot', '-q'], standalone_mode=False); print(sorted(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=seed_index.parent, check=True,
        env={**os.environ, "PYTHONPATH": str(SEEDS.parent)},
    )  # fmt: skip
    assert (f"'{module}'" in result.stdout, "'search.answer.service'" in result.stdout) == (False, True)


def test_a_reader_that_leaves_is_no_error(seed_index: Path) -> None:
    script = '"$0" -c "from search.cli.main import main; main()" export -o csv | head -c 10'
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script, sys.executable], capture_output=True, text=True, check=False,
        cwd=seed_index.parent, env={**os.environ, "PYTHONPATH": str(SEEDS.parent)},
    )  # fmt: skip
    assert "Error" not in result.stderr


def test_export_has_a_row_for_every_article(on_seeds: Run) -> None:
    assert len(on_seeds("export", "-o", "jsonl").stdout.splitlines()) == 5


def test_facets_without_a_name_are_listed(in_process_on_copy: Run) -> None:
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in in_process_on_copy("facets").stdout.splitlines()}
    assert rows["system"][0] == "Systems"
    for facet, (_, values, first) in rows.items():
        counted = in_process_on_copy("facets", facet, "-n", "1000").stdout.splitlines()
        assert len(counted) == int(values), facet
        # Of equal values, the overview names first what the articles mention most, the list goes by the alphabet.
        names = [line.split("\t") for line in counted]
        assert any(first.startswith(name) for _, name, count in names if count == names[0][2]), facet


def test_merge_and_undo_lead_back_to_where_we_were(in_process_on_copy: Run) -> None:
    before = in_process_on_copy("facets", "place").stdout
    merged = in_process_on_copy("entities", "merge", "ankara", "turkey")
    during = in_process_on_copy("facets", "place").stdout
    undone = in_process_on_copy("entities", "undo")
    assert (merged.returncode, undone.returncode) == (0, 0)
    assert "ankara" not in during
    assert in_process_on_copy("facets", "place").stdout == before


def test_the_id_of_what_was_split_off_leads_back_once_that_is_undone(in_process_on_copy: Run) -> None:
    article = in_process_on_copy("Demir", "--csv").stdout.splitlines()[1].split(",")[0]
    in_process_on_copy("entities", "split", "ismail-demir", "--article", article)
    split_off = next(
        line.split("\t")[0]
        for line in in_process_on_copy("entities", "list", "people").stdout.splitlines()
        if "-person" in line
    )
    assert "1 article," in in_process_on_copy("entities", "show", split_off).stdout
    in_process_on_copy("entities", "undo")
    assert "(ismail-demir, people)" in in_process_on_copy("entities", "show", split_off).stdout


def test_decisions_can_be_carried_to_another_index(in_process_on_copy: Run, tmp_path: Path) -> None:
    in_process_on_copy("entities", "rename", "turkey", "Türkiye")
    lines = in_process_on_copy("entities", "decisions", "--jsonl").stdout
    in_process_on_copy("entities", "undo")
    (tmp_path / "decisions.jsonl").write_text(lines, encoding="utf-8")
    assert in_process_on_copy("entities", "import", "decisions.jsonl").returncode == 0
    assert "Türkiye" in in_process_on_copy("entities", "list", "places").stdout


def test_broken_files_are_reported_and_the_rest_is_indexed(in_process: Run, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text("A good article\n\nIt says something about Ankara.\n", encoding="utf-8")
    (articles / "empty.txt").write_bytes(b"")
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 64)
    first = in_process("index", "articles")
    assert (first.returncode, "1 added" in first.stderr, "2 failed" in first.stderr) == (4, True, True)
    listed = in_process("stats", "--failures").stdout
    assert ("empty.txt" in listed, "binary.txt" in listed) == (True, True)
    assert in_process("Ankara").returncode == 0


def test_indexing_again_does_only_what_is_new_and_prune_forgets(in_process: Run, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    shutil.copytree(SEEDS, articles, ignore=shutil.ignore_patterns("*.md"))
    assert "5 added" in _run("index", "articles", folder=tmp_path, SEARCH_CLI_MODEL="none").stderr
    assert "5 unchanged" in in_process("index", "articles").stderr
    next(iter(sorted(articles.glob("*.txt")))).unlink()
    assert "1 removed" in in_process("index", "articles", "--prune", "--dry-run").stderr
    assert "1 removed" in in_process("index", "articles", "--prune", "--yes").stderr
    assert len(in_process("export").stdout.splitlines()) == 4


def test_doctor_finds_a_flipped_byte_and_rebuild_mends_it(in_process_on_copy: Run, tmp_path: Path) -> None:
    assert in_process_on_copy("doctor").returncode == 0
    segment = max((tmp_path / ".dossier/engine").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 0xFF
    segment.write_bytes(data)
    assert (
        in_process_on_copy("doctor").returncode,
        in_process_on_copy("rebuild").returncode,
        in_process_on_copy("doctor").returncode,
    ) == (3, 0, 0)


def test_config_shows_every_setting(on_seeds: Run) -> None:
    assert re.findall(r"^\w+", on_seeds("config").stdout, re.MULTILINE) == [
        "index", "engine", "engine_url", "engine_options", "catalog_url", "workers", "ray", "model", "meaning", "order",
        "device", "packs", "encoding", "lock_seconds", "follow_links", "file_seconds", "file_memory",
    ]  # fmt: skip


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_program(on_seeds: Run, shell: str) -> None:
    assert "_SEARCH_CLI_COMPLETE" in on_seeds("completion", shell).stdout


def test_page_address_has_the_same_parameters(on_seeds: Run) -> None:
    assert "q=Patriot" in on_seeds("Patriot", "--system", "mim-104-patriot", "--url").stdout


def test_a_merged_id_is_read_as_the_new_one_in_filters(in_process_on_copy: Run) -> None:
    in_process_on_copy("entities", "merge", "cbs", "trt")
    old, new = (in_process_on_copy("Turkey", "--org", name).stdout for name in ("cbs", "trt"))
    assert old == new != ""
