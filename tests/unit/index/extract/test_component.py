import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, DocBin, Span

from index.errors import ModelError, PackError, UsageError
from index.model import Kind
from tests.support.examples import examples

TEXT = "Turkey bought S-400s for $2.5 billion in late August, said Ismail Demir."
FOUND = [
    ("Turkey", "places", "core:turkey"),
    ("S-400s", "systems", "defence:s-400"),
    ("$2.5 billion", "amounts", ""),
    ("late August", "dates", ""),
    ("Ismail Demir", "people", ""),
]


def make_pipeline(**config: object) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("dossier", config={"model": "none", **config})
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_pipeline()


@pytest.fixture(scope="module")
def by_blanks() -> Language:
    """A pipeline whose tokenizer has no rules and splits at blanks alone."""
    nlp = make_pipeline()
    nlp.tokenizer = Tokenizer(nlp.vocab)
    return nlp


def described(spans: object) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.kb_id_) for span in spans]  # type: ignore[attr-defined]  # spans or a group


def test_mentions_are_entities_and_spans_with_kind_and_reference(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert described(doc.ents) == FOUND
    assert described(doc.spans["dossier"]) == FOUND


def test_sums_are_read_in_the_language_of_the_pipeline() -> None:
    german = spacy.blank("de")
    german.add_pipe("dossier", config={"model": "none"})
    mention = german("Das Schiff kostet 1.234,5 Mio. Euro und eine Billion Dollar.")._.dossier[-1]
    assert (mention.text, str(mention.amount.value)) == ("eine Billion Dollar", "1000000000000")


def test_spans_have_the_values_of_their_mentions(nlp: Language) -> None:
    doc = nlp(TEXT)
    _, _, amount, day, person = doc.ents
    assert amount._.dossier_amount.value == Decimal(2_500_000_000)
    assert (day._.dossier_interval.start, day._.dossier_amount) == (None, None)
    assert person._.dossier_evidence == "given name 'Ismail'"
    assert person._.dossier.kind is Kind.PEOPLE


def test_the_document_has_all_mentions(nlp: Language) -> None:
    assert [mention.text for mention in nlp(TEXT)._.dossier] == [text for text, _, _ in FOUND]


def test_other_spans_have_no_mention(nlp: Language) -> None:
    span = nlp(TEXT)[0:2]
    assert (span._.dossier, span._.dossier_amount, span._.dossier_interval, span._.dossier_evidence) == (None,) * 4


@pytest.mark.parametrize("anchor", [date(2021, 9, 25), "2021-09-25"])
def test_relative_dates_are_read_from_the_anchor(nlp: Language, anchor: date | str) -> None:
    doc = nlp.make_doc("It came in late August.")
    doc._.dossier_anchor = anchor
    (entity,) = nlp(doc).ents
    assert entity._.dossier_interval.start == date(2021, 8, 21)
    assert doc._.dossier_anchor == date(2021, 9, 25)


def test_an_anchor_can_be_taken_away(nlp: Language) -> None:
    doc = nlp.make_doc("It came in late August.")
    doc._.dossier_anchor = "2021-09-25"
    doc._.dossier_anchor = None
    assert nlp(doc).ents[0]._.dossier_interval.start is None


def mark_before(*marked: tuple[int, int, str]) -> Callable[[Doc], Doc]:
    def mark(doc: Doc) -> Doc:
        doc.ents = tuple(Span(doc, start, end, label=label) for start, end, label in marked)
        return doc

    return mark


@pytest.mark.parametrize(
    ("overwrites", "marked", "found"),
    [
        (False, (0, 1, "GPE"), [("Moscow", "GPE"), ("Ankara", "places")]),
        (True, (0, 1, "GPE"), [("Moscow", "places"), ("Ankara", "places")]),
        (False, (0, 2, "ORG"), [("Moscow and", "ORG"), ("Ankara", "places")]),
        (True, (0, 2, "ORG"), [("Moscow", "places"), ("Ankara", "places")]),
        (False, (1, 2, "ORG"), [("Moscow", "places"), ("and", "ORG"), ("Ankara", "places")]),
        (True, (1, 2, "ORG"), [("Moscow", "places"), ("and", "ORG"), ("Ankara", "places")]),
    ],
)
def test_entities_that_are_there_stay_unless_ours_overwrite(
    overwrites: bool, marked: tuple[int, int, str], found: list[tuple[str, str]]
) -> None:
    nlp = make_pipeline(overwrite_ents=overwrites)
    doc = mark_before(marked)(nlp.make_doc("Moscow and Ankara"))
    doc = nlp(doc)
    assert [(entity.text, entity.label_) for entity in doc.ents] == found
    assert [span.text for span in doc.spans["dossier"]] == ["Moscow", "Ankara"]


def test_words_that_are_blocked_for_entities_stay_so(nlp: Language) -> None:
    doc = nlp.make_doc("Moscow and Ankara")
    doc.set_ents([], blocked=[doc[0:1]], default="unmodified")
    assert [entity.text for entity in nlp(doc).ents] == ["Ankara"]


def test_a_document_without_names_has_been_annotated(nlp: Language) -> None:
    assert nlp("nothing here").has_annotation("ENT_IOB")


def test_it_works_between_the_components_of_others() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]  # a ruler, as asked for
        [{"label": "GPE", "pattern": "Ankara"}]
    )
    nlp.add_pipe("dossier", config={"model": "none"})
    nlp.add_pipe("merge_entities")
    doc = nlp("Ismail Demir spoke. He was in Ankara.")
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Ismail Demir", "people"), ("Ankara", "GPE")]
    assert [entity._.dossier.text for entity in doc.ents] == ["Ismail Demir", "Ankara"]
    assert len(list(doc.sents)) == 2


def test_mentions_within_a_word_are_whole_words_and_no_entities(by_blanks: Language) -> None:
    doc = by_blanks("The US-Russia talks in Ankara.")
    assert described(doc.ents) == []
    assert described(doc.spans["dossier"]) == [
        ("US-Russia", "places", "core:united-states"),
        ("US-Russia", "places", "core:russia"),
        ("Ankara.", "places", "core:ankara"),
    ]
    assert [span._.dossier.text for span in doc.spans["dossier"]] == ["US", "Russia", "Ankara"]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_mention_over_a_line_end_has_the_text_of_the_document(nlp: Language, end: str) -> None:
    doc = nlp(f"Ismail Ismail {end}Ismail")
    assert [mention.text for mention in doc._.dossier] == [
        doc.text[mention.span.start : mention.span.end] for mention in doc._.dossier
    ]


PIECES = ["Ankara", " ", "  ", "\n\n", "\r\n", "\r", "\t", "S-400s", "Gen. ", "Ismail ", "Demir", "(SSB)", "'s", "$5m",
          "İ", "US-Russia", "\u0301", "\x00", "in 2019.", "\U0001f600", ", "]  # fmt: skip


@settings(max_examples=examples(100))
@given(text=st.one_of(st.text(max_size=100), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
@pytest.mark.parametrize("pipeline", ["nlp", "by_blanks"])
def test_no_span_has_the_wrong_text(text: str, pipeline: str, request: pytest.FixtureRequest) -> None:
    nlp: Language = request.getfixturevalue(pipeline)
    doc = nlp(text)
    assert doc.text == text
    assert all(text[mention.span.start : mention.span.end] == mention.text for mention in doc._.dossier)
    assert all(entity.text == entity._.dossier.text for entity in doc.ents)
    assert all(span._.dossier.text in span.text for span in doc.spans["dossier"])
    assert {span._.dossier for span in doc.spans["dossier"]} <= set(doc._.dossier)


def test_a_pipeline_is_saved_and_read_with_its_configuration(tmp_path: Path) -> None:
    make_pipeline(spans_key="found", labels={"people": "PERSON"}).to_disk(tmp_path)
    doc = spacy.load(tmp_path)("Ismail Demir was in Ankara.")
    assert described(doc.spans["found"]) == [("Ismail Demir", "PERSON", ""), ("Ankara", "places", "core:ankara")]
    assert described(doc.ents) == described(doc.spans["found"])


@pytest.mark.parametrize(
    "copied",
    [
        pytest.param(lambda nlp: spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes()), id="bytes"),
        pytest.param(lambda nlp: pickle.loads(pickle.dumps(nlp)), id="pickle"),
    ],
)
def test_a_copy_of_a_pipeline_finds_the_same(nlp: Language, copied: Callable[[Language], Language]) -> None:
    assert described(copied(nlp)(TEXT).ents) == FOUND


def test_many_documents_are_read_in_order_by_several_processes(nlp: Language) -> None:
    texts = ["Ankara", "nothing", "Moscow and Ankara", "for $5 million"] * 2
    anchored = [nlp.make_doc(text) for text in texts]
    for doc in anchored:
        doc._.dossier_anchor = date(2021, 9, 25)
    here = [described(doc.ents) for doc in nlp.pipe(texts)]
    there = list(nlp.pipe(anchored, n_process=2, batch_size=2))
    assert [described(doc.ents) for doc in there] == here
    assert there[3].ents[0]._.dossier_amount.value == 5_000_000
    assert there[0]._.dossier_anchor == date(2021, 9, 25)


def test_a_saved_document_keeps_its_mentions(nlp: Language) -> None:
    doc = nlp(TEXT)
    (copy,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert copy._.dossier == doc._.dossier
    assert [entity._.dossier for entity in copy.ents] == list(doc._.dossier)


@pytest.mark.parametrize(
    ("config", "error", "said"),
    [
        ({"packs": ["nowhere"]}, PackError, "nowhere"),
        ({"model": "nowhere"}, ModelError, "nowhere"),
        ({"labels": {"persons": "PERSON"}}, UsageError, "persons"),
    ],
)
def test_a_wrong_configuration_is_told_at_once(config: dict[str, object], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        make_pipeline(**config)


def test_only_names_of_the_packs_of_the_configuration_are_known() -> None:
    assert [entity.text for entity in make_pipeline(packs=["core"])("an S-400 near Ankara").ents] == ["Ankara"]


def test_what_it_assigns_is_told_to_spacy(nlp: Language) -> None:
    assert {"doc.ents", "doc.spans"} <= set(nlp.get_pipe_meta("dossier").assigns)


def test_labels_are_those_of_the_kinds(nlp: Language) -> None:
    assert nlp.pipe_labels["dossier"] == [kind.value for kind in Kind]


def test_pipelines_of_others_do_not_pay_for_the_extraction() -> None:
    program = (
        "import sys, spacy; nlp = spacy.blank('en')\n"
        "heavy = {'index.extract.pipeline', 'index.packs.loader', 'onnxruntime', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "nlp.add_pipe('dossier', config={'model': 'none'})\n"
        "print(nlp('in Ankara').ents)"
    )
    printed = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert printed == "[]\n(Ankara,)\n"
