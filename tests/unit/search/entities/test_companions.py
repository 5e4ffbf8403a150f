"""Who appears with an entity, counted by hand over five small articles."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

import search
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.archive_api import Archive
from search.cli.main import cli

ARTICLES = (
    # Putin with Erdogan in two sentences, with Akar in none.
    ("2019-07-01", "Vladimir Putin met Recep Tayyip Erdogan. Erdogan thanked Putin. Hulusi Akar was in Rome."),
    ("2019-07-20", "Vladimir Putin called Recep Tayyip Erdogan."),
    ("2020-01-02", "Hulusi Akar wrote to Vladimir Putin."),
    ("", "Recep Tayyip Erdogan rested. Vladimir Putin did not."),
    ("2020-02-02", "Hulusi Akar met Recep Tayyip Erdogan."),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("companions")
    rows = [
        {"id": number, "title": f"Article {number}", "date": date, "text": text}
        for number, (date, text) in enumerate(ARTICLES)
    ]
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    settings = Settings(index=folder / ".dossier", workers=1, packs=("core",), model="none")
    assert Indexer(settings).index([str(folder / "news.jsonl")]).added == 5
    with search.open(folder) as opened:
        yield opened


def counted(archive: Archive, name: str, **options: str) -> list[tuple[str, int, int, float]]:
    found = archive.companions(name, kinds="person", **options)  # type: ignore[arg-type]  # options by name
    return [(view.entity.id, view.documents, view.sentences, view.lift) for view in found]


def test_articles_sentences_and_lift_are_counted(archive: Archive) -> None:
    # Five articles; Putin is in four, Erdogan in four, Akar in three.
    assert counted(archive, "Vladimir Putin") == [
        ("recep-tayyip-erdogan", 3, 3, round(3 * 5 / (4 * 4), 2)),
        ("hulusi-akar", 2, 1, round(2 * 5 / (4 * 3), 2)),
    ]


@pytest.mark.parametrize(("order", "first"), [("sentences", "recep-tayyip-erdogan"), ("lift", "recep-tayyip-erdogan")])
def test_orders(archive: Archive, order: str, first: str) -> None:
    assert counted(archive, "Vladimir Putin", order=order)[0][0] == first
    with pytest.raises(search.UsageError, match="documents, sentences, lift"):
        counted(archive, "Vladimir Putin", order="size")


def test_months_are_those_of_publication(archive: Archive) -> None:
    (erdogan,) = archive.companions("Vladimir Putin", kinds="person", limit=1)
    assert [(month.month, month.documents, month.sentences) for month in erdogan.months] == [
        ("2019-07", 2, 3),
        ("undated", 1, 0),
    ]


def test_kinds_are_chosen(archive: Archive) -> None:
    assert [view.entity.id for view in archive.companions("Vladimir Putin", kinds="place")] == ["rome"]


def test_an_unknown_name_is_an_error(archive: Archive) -> None:
    with pytest.raises(search.EntityNotFoundError):
        archive.companions("Nobody")


def test_the_command_shows_the_same(archive: Archive) -> None:
    folder = str(archive._opened.settings.index)
    run = CliRunner().invoke(cli, ["entities", "with", "Putin", "--kind", "people", "-o", "csv", "-C", folder])
    assert run.stdout.splitlines() == [
        "id,kind,name,documents,sentences,lift",
        "recep-tayyip-erdogan,people,Recep Tayyip Erdoğan,3,3,0.94",
        "hulusi-akar,people,Hulusi Akar,2,1,0.83",
    ]
    run = CliRunner().invoke(cli, ["entities", "with", "Putin", "--by-month", "-n", "1", "-o", "csv", "-C", folder])
    assert run.stdout.splitlines()[1:] == [
        "2019-07,recep-tayyip-erdogan,people,Recep Tayyip Erdoğan,2,3",
        "undated,recep-tayyip-erdogan,people,Recep Tayyip Erdoğan,1,0",
    ]
