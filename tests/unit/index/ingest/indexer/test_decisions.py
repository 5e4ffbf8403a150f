"""Decisions of people: what they write, how they are undone, and how they outlive what is read."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.deciding import Decider
from index.errors import DecisionError, IndexMissingError
from index.identity.decision_json import action_of
from index.identity.decisions import Reject, Split
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.settings import Settings
from tests.unit.index.catalog.contents import contents
from tests.unit.index.ingest.indexer.archive import counts

REJECT = Reject("ankara")


@pytest.mark.parametrize(
    "method",
    [
        lambda settings: Indexer(settings).rebuild(),
        lambda settings: Decider(settings).undo(1),
        lambda settings: Decider(settings).export_decisions(),
        lambda settings: Decider(settings).import_decisions([]),
    ],
)
def test_without_an_index_there_is_nothing_to_change(settings: Settings, method: Callable[[Settings], object]) -> None:
    with pytest.raises(IndexMissingError, match="search-cli index FOLDER"):
        method(settings)
    assert not settings.index.exists()


def test_a_decision_writes_only_the_documents_it_concerns(run: Callable[..., Report], settings: Settings) -> None:
    run()
    report = Decider(settings).decide(REJECT)
    assert (report.changes.removed, report.changes.documents, report.written) == (("ankara",), 1, 1)
    assert report.description == "rejected “Ankara” as not an entity"
    reader = open_reader(settings.index)
    assert reader.find_entities("Ankara") == ()
    assert [action_of(made.decision) for made in reader.decisions()] == ["reject"]
    reader.close()


def test_undoing_leaves_everything_as_it_was_but_the_log(run: Callable[..., Report], settings: Settings) -> None:
    run()
    before = contents(settings.index)
    number = Decider(settings).decide(REJECT).decisions[0].id
    assert Decider(settings).undo(number).written == 1
    after = contents(settings.index)
    # The last column is false for a decision that was undone.
    assert [row[-1] for row in after.pop("decisions")] == [0]
    before.pop("decisions")
    assert after == before
    assert Decider(settings).undo(number).is_already_so


def test_decisions_survive_indexing_again(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    run()
    Decider(settings).decide(REJECT)
    (news / "new.txt").write_text("Ankara once more.\n", encoding="utf-8")
    assert counts(run()) == (1, 0, 4, 0, 0)
    reader = open_reader(settings.index)
    assert reader.find_entities("Ankara") == ()
    reader.close()


def test_undoing_a_split_within_articles_leaves_everything_as_it_was(
    run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    (news / "a.txt").write_text("Ismail Demir spoke in Ankara. Mr Demir left.\n", encoding="utf-8")
    (news / "b.txt").write_text("Ismail Demir came to Moscow, and Demir stayed.\n", encoding="utf-8")
    run()
    before = contents(settings.index)
    report = Decider(settings).decide(Split("ismail-demir", "Demir"))
    assert (report.changes.added, report.written) == (("demir",), 2)
    assert run().relinked == 0
    split = contents(settings.index)
    assert Decider(settings).decide(REJECT).written == 2
    Decider(settings).undo(2)
    assert {**contents(settings.index), "decisions": []} == {**split, "decisions": []}
    assert Decider(settings).undo(1).written == 2
    assert {**contents(settings.index), "decisions": []} == before


def test_what_was_split_within_articles_is_the_same_when_all_is_read_again(
    run: Callable[..., Report], news: Path, settings: Settings, tmp_path: Path
) -> None:
    (news / "a.txt").write_text("Ismail Demir spoke in Ankara. Mr Demir left.\n", encoding="utf-8")
    run()
    Decider(settings).decide(Split("ismail-demir", "Demir"))
    (news / "b.txt").write_text("Ismail Demir came to Moscow, and Demir stayed.\n", encoding="utf-8")
    run()
    made, lines = contents(settings.index), Decider(settings).export_decisions()
    settings.index.rename(tmp_path / "old")
    run(news / "b.txt")
    Decider(settings).import_decisions(lines)
    run()
    assert contents(settings.index) == made


def test_decisions_go_to_another_archive(run: Callable[..., Report], settings: Settings, tmp_path: Path) -> None:
    run()
    Decider(settings).decide(REJECT)
    lines = Decider(settings).export_decisions()
    assert [json.loads(line)["action"] for line in lines] == ["reject"]
    settings.index.rename(tmp_path / "old")
    run()
    report = Decider(settings).import_decisions([*lines, ""])
    assert (report.changes.removed, report.written) == (("ankara",), 1)
    assert Decider(settings).import_decisions(lines).decisions == ()
    assert Decider(settings).export_decisions() == lines
    again = Decider(settings).decide(REJECT)
    assert (again.decisions, again.is_already_so, again.written) == ((), True, 0)
    assert Decider(settings).export_decisions() == lines


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"action": "sing", "arguments": {}}', "[]"])
def test_a_line_that_is_no_decision_is_named_and_nothing_is_kept(
    run: Callable[..., Report], settings: Settings, line: str
) -> None:
    run()
    good = json.dumps({"action": "reject", "arguments": {"entity": "ankara"}})
    with pytest.raises(DecisionError, match="Line 2"):
        Decider(settings).import_decisions([good, line])
    assert Decider(settings).export_decisions() == ()
