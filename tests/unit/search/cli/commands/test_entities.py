"""Suggestions and decisions on the command line: what it shows, what it does, and how that is undone."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.errors import ArticleNotFoundError, DecisionError, UsageError
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.cli.main import cli

TEXTS = {
    "a": "Defence minister Ismail Demir spoke in Ankara on Monday. Demir said the talks went well.",
    "b": "Mr Demir arrived in Moscow. Mr Demir said he would stay.",
    "z": "Interior minister Hasan Demir spoke in Izmir. Hasan Demir laughed.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three articles and their index; tests work on a copy."""
    folder = tmp_path_factory.mktemp("archive")
    news = folder / "news"
    news.mkdir()
    for name, text in TEXTS.items():
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    Indexer(Settings(index=folder / ".dossier", workers=1, packs=("core",), model="none")).index([str(news)])
    return folder


@pytest.fixture
def run(archive: Path, tmp_path: Path) -> Callable[..., Result]:
    """A command on an index of the three articles; errors are raised."""
    shutil.copytree(archive, tmp_path, dirs_exist_ok=True)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "-C", str(tmp_path)], standalone_mode=False, catch_exceptions=False)

    return run


def suggested(run: Callable[..., Result]) -> dict[tuple[str, str], str]:
    """The numbers of the suggested pairs."""
    rows = json.loads(run("entities", "suggestions", "-o", "json").stdout)
    return {(row["entity"], row["into"]): str(row["number"]) for row in rows}


HASAN, ISMAIL = ("demir", "hasan-demir"), ("demir", "ismail-demir")


def test_suggestions_come_with_evidence_and_articles(run: Callable[..., Result]) -> None:
    found = json.loads(run("entities", "suggestions", "-o", "json").stdout)
    (hasan,) = [row for row in found if row["into"] == "hasan-demir"]
    ids = {name: json.loads(run("show", f"news/{name}.txt", "--json").stdout)["article"]["id"] for name in "bz"}
    assert hasan["entity_articles"] == [ids["b"]]
    assert hasan["into_articles"] == [ids["z"]]
    assert (hasan["kind"], hasan["entity"]) == ("people", "demir")
    assert "“Hasan Demir”" in hasan["evidence"]
    assert 1 <= hasan["score"] <= 99


def test_suggestions_can_keep_to_a_kind_and_a_number(run: Callable[..., Result]) -> None:
    assert len(run("entities", "suggestions", "--kind", "people").stdout.splitlines()) == 2
    assert run("entities", "suggestions", "--kind", "places").return_value == 1
    limited = run("entities", "suggestions", "--limit", "1")
    assert (len(limited.stdout.splitlines()), limited.stderr) == (1, "1 more: --limit 2\n")


def test_accepting_merges_and_can_be_undone(run: Callable[..., Result]) -> None:
    said = run("entities", "accept", suggested(run)[ISMAIL]).stderr
    assert said == ("merged “Demir” into “Ismail Demir”. 1 article re-indexed. To undo: search-cli entities undo 1\n")
    assert suggested(run) == {}
    run("entities", "undo")
    assert suggested(run).keys() == {HASAN, ISMAIL}


def test_what_was_dismissed_does_not_come_back_until_it_is_undone(run: Callable[..., Result], tmp_path: Path) -> None:
    said = run("entities", "dismiss", suggested(run)[HASAN]).stderr
    assert said.startswith("kept “Demir” apart from “Hasan Demir”.")
    left = suggested(run)
    assert HASAN not in left
    (tmp_path / "news" / "y.txt").write_text("Interior minister Hasan Demir was in Rome.", encoding="utf-8")
    run("index", str(tmp_path / "news"))
    assert suggested(run) == left
    run("entities", "undo", "1")
    assert suggested(run).keys() == {HASAN, ISMAIL}


def version(run: Callable[..., Result], entity: str) -> str:
    """The version of an entity, as `entities show` gives it."""
    (row,) = json.loads(run("entities", "show", entity, "-o", "json").stdout)
    assert f"version {row['version']}" in run("entities", "show", entity).stdout.splitlines()
    return str(row["version"])


COMMANDS = [
    ("merge", "demir", "hasan-demir"),
    ("merge", "hasan-demir", "demir"),
    ("rename", "demir", "Ahmet Demir"),
    ("retype", "demir", "places"),
    ("reject", "demir"),
    ("apart", "hasan-demir", "Demir"),
    ("split", "demir", "--article", "news/b.txt"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_decision_about_a_version_is_refused_when_another_person_decided_meanwhile(
    run: Callable[..., Result], command: tuple[str, ...]
) -> None:
    before = version(run, "demir")
    run("entities", "merge", "moscow", "demir")
    with pytest.raises(DecisionError, match="“Moscow” was merged into it by decision 1 on "):
        run("entities", *command, "--if-version", before)
    assert len(run("entities", "decisions").stdout.splitlines()) == 1


@pytest.mark.parametrize("command", [*COMMANDS[:-1], ("split", "ismail-demir", "Demir")])
def test_a_decision_about_a_version_is_made_when_the_entity_is_as_before(
    run: Callable[..., Result], command: tuple[str, ...]
) -> None:
    before = version(run, command[1])
    run("entities", "merge", "moscow", "demir")
    run("entities", "undo", "1")
    assert run("entities", *command, "--if-version", before).return_value == 0


@pytest.mark.parametrize("command", ["accept", "dismiss"])
def test_a_suggestion_may_be_decided_about_as_it_was_seen(run: Callable[..., Result], command: str) -> None:
    numbers = suggested(run)
    versions = [version(run, entity) for entity in ISMAIL]
    run("entities", "rename", "ismail-demir", "I. Demir")
    options = [option for text in versions for option in ("--if-version", text)]
    with pytest.raises(DecisionError, match=r"renamed from “Ismail Demir” to “I\. Demir” by decision 1"):
        run("entities", command, numbers[ISMAIL], *options)
    versions = [version(run, entity) for entity in ISMAIL]
    options = [option for text in versions for option in ("--if-version", text)]
    assert run("entities", command, numbers[ISMAIL], *options).return_value == 0


@pytest.mark.parametrize("command", ["accept", "dismiss"])
def test_a_number_that_is_no_suggestion_is_said(run: Callable[..., Result], command: str) -> None:
    with pytest.raises(DecisionError, match=r"no suggestion 99\. To list them"):
        run("entities", command, "99")


def test_entities_can_be_kept_apart_without_a_suggestion(run: Callable[..., Result]) -> None:
    said = run("entities", "apart", "ankara", "moscow").stderr
    assert said.startswith("kept “Ankara” apart from “Moscow”. 0 articles re-indexed.")


def test_decisions_are_imported_and_those_that_hold_are_counted(run: Callable[..., Result], tmp_path: Path) -> None:
    run("entities", "accept", suggested(run)[ISMAIL])
    lines = run("entities", "decisions", "--jsonl").stdout
    file = tmp_path / "decisions.jsonl"
    file.write_text(lines + '{"action": "reject", "arguments": {"entity": "moscow"}}\n', encoding="utf-8")
    said = run("entities", "import", str(file)).stderr
    assert said == "1 decision imported, 1 already in force. 1 article re-indexed.\n"


def test_why_says_of_every_mention_what_found_it_and_what_it_means(run: Callable[..., Result]) -> None:
    lines = run("show", "news/a.txt", "--why").stdout.splitlines()
    assert lines[-3] == "Demir  57–62"
    assert lines[-2].startswith("   people, found by surnames: ")
    assert lines[-1] == "   means Ismail Demir (ismail-demir): surname of “Ismail Demir” in this article (surname)"
    shown = json.loads(run("show", "news/a.txt", "--json").stdout)
    assert [(item["text"], item["link"]["entity_id"], item["link"]["rule"]) for item in shown["mentions"][:2]] == [
        ("Ismail Demir", "ismail-demir", "name"),
        ("Ankara", "ankara", "pack"),
    ]
    assert [item["link"] for item in shown["mentions"] if item["kind"] == "dates"] == [None]


def meaning(run: Callable[..., Result], article: str) -> str:
    """Return the meaning of the last mention of an article, with the reason."""
    return run("show", article, "--why").stdout.splitlines()[-1].strip()


LINKED = "means Ismail Demir (ismail-demir): surname of “Ismail Demir” in this article (surname)"


def test_a_surname_that_was_linked_within_an_article_can_be_taken_out_and_put_back(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    said = run("entities", "split", "ismail-demir", "Demir").stderr
    assert said.startswith("took “Demir” out of “Ismail Demir”, in articles that name it in full. 1 article re-indexed")
    apart = "means Demir (demir-person): taken out of “Ismail Demir” by a person (split)"
    assert meaning(run, "news/a.txt") == apart
    found = json.loads(run("search", "person:demir-person", "-o", "json").stdout)
    assert found["total"] == 1
    (tmp_path / "news" / "a.txt").write_text("Again.\n\n" + TEXTS["a"], encoding="utf-8")
    (tmp_path / "news" / "c.txt").write_text("Ismail Demir left. Demir said no more.", encoding="utf-8")
    run("index", str(tmp_path / "news"))
    assert (meaning(run, "news/a.txt"), meaning(run, "news/c.txt")) == (apart, apart)
    run("entities", "undo")
    assert (meaning(run, "news/a.txt"), meaning(run, "news/c.txt")) == (LINKED, LINKED)


def test_one_article_can_be_taken_out_merged_elsewhere_and_imported_again(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "news" / "c.txt").write_text("Ismail Demir left. Demir said no more.", encoding="utf-8")
    run("index", str(tmp_path / "news"))
    said = run("entities", "split", "ismail-demir", "--article", "news/c.txt").stderr
    assert "out of “Ismail Demir”. 1 article re-indexed." in said
    apart = "means Ismail Demir (ismail-demir-person): taken out of “Ismail Demir” by a person, in this article (split)"
    assert (meaning(run, "news/c.txt"), meaning(run, "news/a.txt")) == (apart, LINKED)
    run("entities", "merge", "ismail-demir-person", "hasan-demir")
    assert meaning(run, "news/c.txt") == (
        "means Hasan Demir (hasan-demir): taken out of “Ismail Demir” by a person, in this article; "
        "joined with “Hasan Demir” by a person (split, decision)"
    )
    file = tmp_path / "decisions.jsonl"
    file.write_text(run("entities", "decisions", "--jsonl").stdout, encoding="utf-8")
    run("entities", "undo", "2")
    run("entities", "undo", "1")
    assert meaning(run, "news/c.txt") == LINKED
    run("entities", "import", str(file))
    assert meaning(run, "news/c.txt").startswith("means Hasan Demir (hasan-demir): taken out")


def test_a_split_wants_a_name_or_an_article_that_there_is(run: Callable[..., Result]) -> None:
    with pytest.raises(UsageError, match="a NAME of the entity, or --article"):
        run("entities", "split", "ismail-demir")
    with pytest.raises(ArticleNotFoundError, match="No single article"):
        run("entities", "split", "ismail-demir", "--article", "nowhere")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("entities", "list", "people", "--prefix", "zz"), "no people with a word that begins with “zz”\n"),
        (("entities", "list", "systems", "-o", "json"), "no systems in this archive\n"),
        (("entities", "find", "qqqqq"), "nothing has a name like “qqqqq”\n"),
        (("entities", "find", "qqqqq", "--kind", "people"), "no people have a name like “qqqqq”\n"),
        (("entities", "decisions"), "no decisions\n"),
        (("facets", "system"), "no values of “Systems”\n"),
    ],
)
def test_when_there_is_nothing_it_is_said_beside_the_output(
    run: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments)
    assert (result.return_value, result.stderr) == (1, message)
    assert run(*arguments, "--quiet").stderr == ""


@pytest.mark.parametrize("kind", ["people", "person", "Persons"])
def test_a_kind_has_the_names_of_its_field(run: Callable[..., Result], kind: str) -> None:
    assert run("entities", "list", kind).stdout == run("entities", "list", "people").stdout != ""
    assert run("facets", kind).stdout == run("facets", "people").stdout != ""
    assert (
        run("mentions", "--kind", kind, "-o", "json").stdout == run("mentions", "--kind", "people", "-o", "json").stdout
    )


@pytest.mark.parametrize("option", ["--org", "--organization"])
def test_an_option_may_be_spelled_out(run: Callable[..., Result], option: str) -> None:
    with pytest.raises(UsageError, match="no organization is called"):
        run("search", option, "nobody")
