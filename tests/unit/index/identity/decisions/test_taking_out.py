"""Several written forms and mentions are taken out of an entity together, or none of them."""

from pathlib import Path

import pytest

from index.archive import Archive
from index.catalog.reader import CatalogReader
from index.deciding import Decider
from index.errors import DecisionError
from index.identity.decisions import Merge, Part, Reject, Rename, Retype, TakeOut, expect_versions
from index.model import Kind
from index.settings import Settings
from tests.support.editing import copy_archive, make_archive


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_archive(tmp_path_factory.mktemp("taking_out"))


@pytest.fixture
def settings(made: Settings, tmp_path: Path) -> Settings:
    return copy_archive(made, tmp_path)


@pytest.fixture
def decider(settings: Settings) -> Decider:
    return Decider(settings)


@pytest.fixture
def reader(settings: Settings) -> CatalogReader:
    return Archive(settings).open_reader()


def counts(reader: CatalogReader) -> dict[str, tuple[str, int, int]]:
    found = [entity for kind in (Kind.PEOPLE, Kind.PLACES) for entity in reader.list_entities(kind, limit=100)]
    return {entity.id: (entity.name, entity.documents, entity.mentions) for entity in found}


def article_of(reader: CatalogReader, words: str) -> str:
    return next(found for found in reader.article_ids() if words in reader.article(found).body)


def test_parts_become_one_entity(decider: Decider, reader: CatalogReader) -> None:
    parts = tuple(Part("Hasan Demir", article_of(reader, word)) for word in ("Kiel", "laughed"))
    report = decider.decide(TakeOut("hasan-demir", parts))
    added = {name: found for name, found in counts(reader).items() if name not in ("hasan-demir", "ismail-demir")}
    assert counts(reader)["hasan-demir"] == ("Hasan Demir", 1, 1)
    assert ("Hasan Demir", 2, 3) in added.values()
    assert len(report.decisions) == 3
    assert report.changes.added != ()


def test_a_short_form_goes_with_the_full_name_of_its_article(decider: Decider, reader: CatalogReader) -> None:
    decider.decide(TakeOut("mevlut-cavusoglu", (Part("Mevlut Cavusglu"), Part("Cavusglu"))))
    assert counts(reader)["mevlut-cavusoglu"][1:] == (1, 2)


def test_a_form_is_taken_out_as_a_name_and_where_it_is_short_for_one(decider: Decider, reader: CatalogReader) -> None:
    decider.decide(Merge("demir", "ismail-demir"))
    assert counts(reader)["ismail-demir"] == ("İsmail Demir", 3, 5)
    decider.decide(TakeOut("ismail-demir", (Part("Demir"),)))
    assert counts(reader)["ismail-demir"] == ("İsmail Demir", 2, 2)
    assert counts(reader)["demir"] == ("Demir", 2, 3)


@pytest.mark.parametrize(
    ("then", "left"),
    [(Reject(""), 3), (Retype("", Kind.PLACES), 3), (Merge("", "ismail-demir"), 4)],
    ids=lambda value: type(value).__name__,
)
def test_what_is_taken_out_is_decided_about_at_once(
    decider: Decider, reader: CatalogReader, then: Merge | Retype | Reject, left: int
) -> None:
    before = counts(reader)
    wanted = TakeOut("hasan-demir", (Part("", article_of(reader, "Kiel")),), then)
    report = decider.decide(wanted)
    assert counts(reader)["hasan-demir"] == ("Hasan Demir", 2, 3)
    assert counts(reader)["ismail-demir"][2] == left
    assert len(report.decisions) == 2
    decider.undo(*reversed([made.id for made in report.decisions]))
    assert counts(reader) == before


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (TakeOut("hasan-demir", ()), "Choose at least one"),
        (TakeOut("nobody", (Part("x"),)), "No entity has the id"),
        (TakeOut("demir", (Part("Demir"),)), "only name"),
        (TakeOut("hasan-demir", (Part("Hasan Demir", "nowhere"),)), "does not mention"),
        (TakeOut("mevlut-cavusoglu", (Part("Cavusglu"),), Merge("", "nobody")), "No entity has the id"),
    ],
)
def test_when_one_step_is_refused_nothing_is_done(
    decider: Decider, reader: CatalogReader, wanted: TakeOut, words: str
) -> None:
    before = counts(reader)
    with pytest.raises(DecisionError, match=words):
        decider.decide(wanted)
    assert (counts(reader), reader.decisions()) == (before, ())


def test_what_its_author_saw_of_both_sides_is_expected(decider: Decider, reader: CatalogReader) -> None:
    wanted = TakeOut("hasan-demir", (Part("", article_of(reader, "Kiel")),), Merge("", "ismail-demir"))
    seen = [str(version) for version in reader.versions(["hasan-demir", "ismail-demir"]).values()]
    decider.decide(Rename("ismail-demir", "The Minister"))
    with pytest.raises(DecisionError, match="renamed"):
        decider.decide(wanted, expected=expect_versions(seen))
    newer = [str(version) for version in reader.versions(["hasan-demir", "ismail-demir"]).values()]
    assert decider.decide(wanted, expected=expect_versions(newer)).decisions


@pytest.mark.parametrize(
    "wanted",
    [
        Rename("demir", "X"),
        Merge("demir", "hasan-demir"),
        Reject("angela-merkl"),
        Retype("ismail-demir", Kind.ORGANIZATIONS),
        TakeOut("mevlut-cavusoglu", (Part("Cavusglu"),)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_preview_foretells_everything_and_changes_nothing(
    settings: Settings, decider: Decider, reader: CatalogReader, wanted: Rename | Merge | Reject | Retype | TakeOut
) -> None:
    state, before = reader.state(), counts(reader)
    preview = decider.preview(wanted)
    assert (reader.state(), counts(reader), reader.decisions()) == (state, before, ())
    decider.decide(wanted)
    touched = sorted({*preview.before, *preview.after})
    assert dict(reader.entities(touched)) == {key: preview.after[key] for key in touched if key in preview.after}
    assert preview.description != ""
