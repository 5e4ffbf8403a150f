"""The extraction as one spaCy component: `nlp.add_pipe("dossier")` in any pipeline, with any tokenizer.

spaCy finds it through the entry point `spacy_factories` of this package, and imports this module whenever it makes a
pipeline, ours or not. So the module imports nothing that costs time; the extraction is imported by the factory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc, Span

from index.errors import UsageError
from index.extract.extensions import anchor_of_doc, register_extensions, write_mentions
from index.model import Article, DateInterval, DatePrecision, Kind, Mention

if TYPE_CHECKING:
    from index.extract.pipeline import Extractor

__all__ = ["DossierComponent", "create_dossier"]

_BATCH: Final = 64
_CODE_LETTERS: Final = 2
_INSIDE: Final = frozenset({1, 3})
"""`Token.ent_iob` of the words of entities, and of words that somebody has blocked for entities."""


class DossierComponent:
    """Finds people, organizations, places, systems, amounts and dates, and marks them on a `Doc`.

    All of them become spans of `doc.spans[spans_key]`, labelled by kind, with the pack entry as `kb_id_`; where a
    mention ends within a token of the pipeline, its span is the whole token. Those that fit the tokens exactly become
    entities too. An entity that is already there stays, and ours is left out where the two overlap; with
    `overwrite_ents` it gives way. `labels` gives kinds other labels. Raises `PackError` and `ModelError`.
    """

    def __init__(
        self,
        *,
        packs: Sequence[str],
        model: str,
        spans_key: str = "dossier",
        overwrite_ents: bool = False,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        register_extensions()
        self._options = (tuple(packs), model, spans_key, overwrite_ents, dict(labels or {}))
        self._labels = {kind: (labels or {}).get(kind, kind.value) for kind in Kind}
        self._extractor = _load_extractor(tuple(packs), model)
        self._spans_key = spans_key
        self._overwrite_ents = overwrite_ents

    def __reduce__(self) -> tuple[Callable[..., "DossierComponent"], tuple[object, ...]]:
        """Pickle the options only: packs and network are read again, once in each process."""
        return _restore, self._options

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the spans, in the order of the kinds."""
        return tuple(self._labels.values())

    def __call__(self, doc: Doc) -> Doc:
        """Mark what is found in one `Doc`, and return it."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Do the same for many, in order."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            found = self._extractor.extract(map(_as_article, batch), batch_size=batch_size)
            for doc, mentions in zip(batch, found, strict=True):
                yield self._mark(doc, _as_written(doc, mentions))

    def _mark(self, doc: Doc, mentions: Sequence[Mention]) -> Doc:
        spans = [self._span(doc, mention) for mention in mentions]
        write_mentions(doc, mentions, spans)
        doc.spans[self._spans_key] = _distinct(spans)
        exact = [
            span
            for span, mention in zip(spans, mentions, strict=True)
            if (span.start_char, span.end_char) == (mention.span.start, mention.span.end)
        ]
        if self._overwrite_ents:
            taken = {token.i for span in exact for token in span}
            kept = [entity for entity in doc.ents if taken.isdisjoint(range(entity.start, entity.end))]
            doc.set_ents([*kept, *exact])
        else:
            free = [span for span in exact if all(token.ent_iob not in _INSIDE for token in span)]
            # Words of which nobody has said anything become words outside of entities, as after any recognizer.
            doc.set_ents(free, default="unmodified" if doc.has_annotation("ENT_IOB") else "outside")
        return doc

    def _span(self, doc: Doc, mention: Mention) -> Span:
        span: Span | None = doc.char_span(
            mention.span.start,
            mention.span.end,
            label=self._labels[mention.kind],
            kb_id=mention.reference or "",
            alignment_mode="expand",
        )
        assert span is not None, "a mention has at least one character, and each is part of a token"
        return span


def _distinct(spans: Iterable[Span]) -> list[Span]:
    """Drop spans that equal an earlier one: several mentions within one token."""
    return list({(span.start, span.end, span.label, span.kb_id): span for span in reversed(list(spans))}.values())[::-1]


def _as_article(doc: Doc) -> Article:
    day = anchor_of_doc(doc)
    published = None if day is None else DateInterval(day, day, DatePrecision.DAY, value=day.isoformat())
    # "xx" is a pipeline for any language.
    language = doc.lang_ if len(doc.lang_) == _CODE_LETTERS and doc.lang_ != "xx" else None
    body = _with_line_ends(doc.text)
    return Article(id="", locator="", content_hash="", title="", body=body, language=language, published=published)


def _as_written(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions with the text that the `Doc` has, where a line end in it was put into another form."""
    text = doc.text
    written = (text[mention.span.start : mention.span.end] for mention in mentions)
    return [
        mention if mention.text == form else replace(mention, text=form)
        for mention, form in zip(mentions, written, strict=True)
    ]


def _with_line_ends(text: str) -> str:
    r"""Return a text of the same length with the line ends that the extraction knows.

    >>> _with_line_ends("one\r\ntwo\rthree")
    'one \ntwo\nthree'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n")


def _load_extractor(packs: tuple[str, ...], model: str) -> "Extractor":
    # Imported here because spaCy imports this module whenever it makes any pipeline; see above.
    from index.extract.pipeline import Extractor
    from index.packs.loader import load_packs

    return Extractor(packs=load_packs(packs), model=model)


def _restore(
    packs: Sequence[str], model: str, spans_key: str, overwrite_ents: bool, labels: Mapping[str, str]
) -> DossierComponent:
    return DossierComponent(packs=packs, model=model, spans_key=spans_key, overwrite_ents=overwrite_ents, labels=labels)


@Language.factory(
    "dossier",
    assigns=["doc.ents", "doc.spans", "doc._.dossier", "span._.dossier", "token.ent_iob", "token.ent_type"],
    default_config={
        "packs": ["core", "defence"],
        "model": "dossier",
        "spans_key": "dossier",
        "overwrite_ents": False,
        "labels": {},
    },
)
def create_dossier(
    nlp: Language,
    name: str,
    packs: list[str],
    model: str,
    spans_key: str,
    overwrite_ents: bool,
    labels: dict[str, str],
) -> DossierComponent:
    """The component "dossier". See `DossierComponent` for the meaning of its configuration."""
    unknown = sorted(set(labels) - set(Kind))
    if unknown:
        raise UsageError(f"labels: there is no kind {', '.join(unknown)}. Known: {', '.join(Kind)}.")
    return DossierComponent(packs=packs, model=model, spans_key=spans_key, overwrite_ents=overwrite_ents, labels=labels)
