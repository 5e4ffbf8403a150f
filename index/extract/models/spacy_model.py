"""Runs any installed spaCy pipeline as the recognizer; a table maps its labels to our kinds."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from index.errors import ModelError
from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.pack_names.contexts import Context, read_contexts
from index.extract.tokens import Casing
from index.model import Kind
from index.packs.loader import Packs

__all__ = ["RecognizerComponent", "create_recognizer", "load_model"]

# Parts of a pipeline that cost time and that no entity recognizer listens to.
_UNUSED = (
    "tagger",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "morphologizer",
    "senter",
    "textcat",
    "trainable_lemmatizer",
)
_SHIPPED = "dossier"
_PIECE = 20_000
_BATCH = 64
_WINDOW = 6
_EDGES = re.compile(r"^(?:[Tt]he |[\"'“”‘(\s])+|(?:['’]s?|[\"”)\s,;:])+$")


class RecognizerComponent:
    """Proposes the entities of the model. Labels that are not in the table are left out."""

    def __init__(
        self, model: Language, labels: Mapping[str, tuple[Kind, Context | None]], *, model_name: str, name: str
    ) -> None:
        self._model = model
        self._labels = labels
        self._model_name = model_name
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each entity of the model."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Do the same for many, as one stream through the model."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            pieces = [(doc, start, piece) for doc in batch for start, piece in _split(tokens_of(doc).text)]
            with self._model.memory_zone():
                read = self._model.pipe([piece for _, _, piece in pieces], batch_size=batch_size)
                for (doc, start, _), found in zip(pieces, read, strict=True):
                    proposed = self._propose(found.ents, start)
                    add_candidates(doc, [each for each in proposed if not _is_headline_mistake(doc, each)])
            yield from batch

    def _propose(self, entities: Iterable[Span], offset: int) -> Iterator[Candidate]:
        for entity in entities:
            mapped = self._labels.get(entity.label_)
            if mapped is None:
                continue
            kind, context = mapped
            start, end = _trim(entity.text, entity.start_char)
            if start >= end or "\n" in entity.text:
                continue
            start, end = start + offset, end + offset
            if context is not None and not context.near & _around(entity):
                continue
            yield Candidate(
                start,
                end,
                kind,
                self._name,
                f"{self._model_name}: {entity.label_}",
                certainty=Certainty.LIKELY,
            )


def _is_headline_mistake(doc: Doc, candidate: Candidate) -> bool:
    """Return whether a span in a title-case headline holds more than a sure name: models take verbs for names there."""
    tokens = tokens_of(doc)
    if tokens.casing[bisect_right(tokens.starts, candidate.start) - 1] != Casing.TITLE:
        return False
    return any(
        other.certainty is Certainty.SURE
        and candidate.start <= other.start
        and other.end <= candidate.end
        and (other.start, other.end) != (candidate.start, candidate.end)
        for other in candidates_of(doc)
    )


def _around(entity: Span) -> set[str]:
    doc = entity.doc
    return {token.lower_ for token in doc[max(0, entity.start - _WINDOW) : entity.end + _WINDOW]}


def load_model(name: str) -> Language:
    """Return the installed spaCy pipeline with this name or path, without components that entities do not need.

    "dossier" is the recognizer that ships with the program, alone.

    Raises `ModelError` when there is none, when it cannot be read, or when nothing in it finds entities.
    """
    if name == _SHIPPED:
        # Only who asks for it loads the runtime of the network.
        from index.extract.models.shipped import shipped_pipeline

        return shipped_pipeline()
    try:
        model = spacy.load(name, exclude=list(_UNUSED))
    except OSError as error:
        raise ModelError(
            f"No spaCy pipeline {name!r}: {error} Install it (`pip install` or `python -m spacy download {name}`), "
            "give the path of its folder, or use `--model none`."
        ) from error
    except (ValueError, ImportError, KeyError) as error:
        raise ModelError(f"The spaCy pipeline {name!r} cannot be loaded: {error}") from error
    if not any("ents" in "".join(model.get_pipe_meta(pipe).assigns) for pipe in model.pipe_names):
        raise ModelError(f"The spaCy pipeline {name!r} has no part that finds entities.")
    return model


def _split(text: str) -> Iterator[tuple[int, str]]:
    """Yield pieces of bounded length with their offsets, cut at the ends of paragraphs or at blanks if possible."""
    start = 0
    while len(text) - start > _PIECE:
        limit = start + _PIECE
        cut = max(text.rfind("\n", start + 1, limit), -1)
        if cut < 0:
            cut = text.rfind(" ", start + 1, limit)
        end = cut + 1 if cut > 0 else limit
        yield start, text[start:end]
        start = end
    if start < len(text):
        yield start, text[start:]


def _trim(text: str, start: int) -> tuple[int, int]:
    end = start + len(text)
    for match in _EDGES.finditer(text):
        if match.start() == 0:
            start += match.end()
        else:
            end -= len(match[0])
    return start, end


def _read_labels(packs: Packs) -> dict[str, tuple[Kind, Context | None]]:
    contexts = read_contexts(packs)
    return {
        row["label"]: (Kind(row["kind"]), contexts.get(row["context"]) if row["context"] else None)
        for row in packs.rows("labels")
    }


@ArticleLanguage.factory("dossier_recognizer")
def create_recognizer(nlp: ArticleLanguage, name: str) -> RecognizerComponent:
    """The component with the model of `nlp`."""
    return RecognizerComponent(
        load_model(nlp.model),
        _read_labels(nlp.packs),
        model_name=nlp.model,
        name=name.removeprefix("dossier_"),
    )
