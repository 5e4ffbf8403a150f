"""The recognizer that ships with the program, as a component: its names become proposals like those of the rules.

Its weights are read once for each process. Nationalities are no kind of ours and are left out.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from index.extract.candidates import Candidate, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.weighing import LABELS, weigh
from index.packs.loader import Packs
from index.recognizer.reading import Found, Recognizer, load_recognizer

__all__ = ["ShippedRecognizerComponent", "create_shipped_recognizer", "fingerprint", "shipped_pipeline"]

_BATCH = 64
_KINDS: Final = {label: kind for kind, label in LABELS.items()}
_ARTICLES = ("the ", "The ", "THE ")


class ShippedRecognizerComponent:
    """Proposes what the network finds, with its chance as evidence."""

    def __init__(self, recognizer: Recognizer, name: str) -> None:
        self._recognizer = recognizer
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Do the same for many; windows of like length of a whole batch are read together."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            read = self._recognizer.read([tokens_of(doc).text for doc in batch])
            for doc, reading in zip(batch, read, strict=True):
                candidates = candidates_of(doc)
                candidates[:] = weigh(candidates, self._propose(tokens_of(doc).text, reading.names), reading)
            yield from batch

    def _propose(self, text: str, names: Iterable[Found]) -> Iterator[tuple[Candidate, float]]:
        for name in names:
            kind = _KINDS.get(name.kind)
            if kind is None:
                continue
            start = name.start
            if text.startswith(_ARTICLES, start, name.end):
                start += 4
            if start < name.end:
                evidence = f"recognizer, {name.chance:.0%} sure"
                yield Candidate(start, name.end, kind, self._name, evidence), name.chance


@lru_cache(maxsize=1)
def _load() -> Recognizer:
    return load_recognizer()


def fingerprint() -> str:
    """What differs for networks that may find different names."""
    return _load().fingerprint


def shipped_pipeline() -> Language:
    """A spaCy pipeline of the recognizer alone, which marks what it finds as entities of the `Doc`.

    Entities are of our words: a name that ends within a word, such as "US" in "US-built", is the whole word there.
    """
    nlp = ArticleLanguage(Packs())
    nlp.add_pipe("dossier_shipped_entities")
    return nlp


@Language.component("dossier_shipped_entities")
def mark_entities(doc: Doc) -> Doc:
    """Mark the names of the recognizer, nationalities too, as entities."""
    (reading,) = _load().read([doc.text])
    names = reading.names
    spans = (doc.char_span(name.start, name.end, label=name.kind, alignment_mode="expand") for name in names)
    doc.ents = filter_spans(span for span in spans if span is not None)
    return doc


@Language.factory("dossier_shipped_recognizer")
def create_shipped_recognizer(nlp: Language, name: str) -> ShippedRecognizerComponent:
    """The component with the network of the package, whatever the rest of the pipeline."""
    del nlp
    return ShippedRecognizerComponent(_load(), name.removeprefix("dossier_"))
