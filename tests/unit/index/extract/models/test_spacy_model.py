from pathlib import Path

import pytest
import spacy

from index.errors import ModelError
from index.extract.pipeline import Extractor
from index.model import Article, Kind
from index.packs.loader import load_packs

PATTERNS = [
    {"label": "PERSON", "pattern": "Tovah Brunt"},
    {"label": "ORG", "pattern": "the Quell"},
    {"label": "GPE", "pattern": "Ankara 's"},
    {"label": "NORP", "pattern": "Quellish"},
    {"label": "PRODUCT", "pattern": "Flopp"},
    {"label": "ORG", "pattern": "Turkey"},
    {"label": "ORG", "pattern": "Erdogan Reiterates"},
    {"label": "PERSON", "pattern": "Putin Reiterates Russia"},
    {"label": "ORG", "pattern": "Lockheed F-35"},
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline with an entity ruler in the place of a trained recognizer."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)  # type: ignore[attr-defined]  # a ruler, as asked for
    folder = tmp_path_factory.mktemp("model")
    nlp.to_disk(folder)
    return str(folder)


@pytest.fixture(scope="module")
def with_model(model: str) -> Extractor:
    return Extractor(packs=load_packs(("core", "defence")), model=model)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("There Tovah Brunt sat.", Kind.PEOPLE, ["Tovah Brunt"]),
        ("There Tovah Brunt sat. Then Brunt left.", Kind.PEOPLE, ["Tovah Brunt", "Brunt"]),
        ("He joined the Quell early.", Kind.ORGANIZATIONS, ["Quell"]),
        ("the Quellish sea", Kind.PLACES, []),
        ("A Flopp shop opened.", Kind.SYSTEMS, []),
        ("A Flopp missile flew.", Kind.SYSTEMS, ["Flopp"]),
        ("He left Turkey early.", Kind.ORGANIZATIONS, []),
        ("He left Turkey early.", Kind.PLACES, ["Turkey"]),
        ("the Lockheed F-35 jet", Kind.SYSTEMS, ["F-35"]),
        ("There Erdogan Reiterates sat.", Kind.PEOPLE, ["Erdogan"]),
        ("Mister Putin Reiterates Russia Will Come Again", Kind.PEOPLE, ["Putin"]),
    ],
)
def test_what_the_model_finds_is_mapped_trimmed_and_weighed(
    text: str, kind: Kind, found: list[str], with_model: Extractor
) -> None:
    (mentions,) = with_model.extract([Article("a", "a", "", "", text)])
    assert [mention.text for mention in mentions if mention.kind is kind] == found


def test_evidence_names_the_model_and_its_label(with_model: Extractor, model: str) -> None:
    ((mention,),) = with_model.extract([Article("a", "a", "", "", "There Tovah Brunt sat.")])
    assert (mention.component, mention.evidence) == ("recognizer", f"{model}: PERSON")


def test_offsets_hold_in_bodies_that_the_model_reads_in_pieces(with_model: Extractor) -> None:
    body = "a word and " * 5_000 + "\n" + "one more " * 5_000 + "by Tovah Brunt"
    (mentions,) = with_model.extract([Article("a", "a", "", "", body)])
    assert [mention.text for mention in mentions] == ["Tovah Brunt"]


def test_a_pipeline_that_finds_no_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="no part that finds entities"):
        Extractor(packs=load_packs(("core",)), model=str(tmp_path))
