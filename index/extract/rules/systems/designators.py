"""Proposes systems that no pack knows by the shape of their designator ("MQ-9B", "9K720"), where the context fits."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from index.extract.candidates import Candidate, add_candidates, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.pack_names.contexts import Context, SentenceWords, read_contexts
from index.extract.tokens import Tokens
from index.model import Kind

__all__ = ["DesignatorsComponent", "create_designators"]

_SHAPES = re.compile(
    r"""
      [A-Z]{1,4}[a-z]{0,2}-\d{1,4}[A-Z]{0,4}\d?s?         # MQ-9B, T-90M, Su-57, S-400s
    | (?:\d{1,2}[A-Z]\d{1,3}[A-Z]?\d?)                    # 9K720, 2S19
    | [A-Z]{2,4}\d{2,4}[A-Z]{0,3}s?                       # KF51, NH90
    """,
    re.VERBOSE,
)
_CONTEXT = "designator"
_WINDOW = 6


class DesignatorsComponent:
    """Proposes words that look like a designator near a word such as "missile"."""

    def __init__(self, context: Context, name: str) -> None:
        self._context = context
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each designator."""
        return add_candidates(doc, self._find(tokens_of(doc)))

    def _find(self, tokens: Tokens) -> Iterator[Candidate]:
        words = SentenceWords(tokens)
        confirmed: set[str] = set()
        waiting: list[int] = []
        evidence = ""
        for position, key in enumerate(tokens.keys):
            if not _SHAPES.fullmatch(key):
                continue
            near = self._nearest(tokens, position)
            if near and not self._context.against & words.around(position):
                confirmed.add(key.rstrip("s"))
                evidence = f"designator near '{near}'"
                yield self._propose(tokens, position, evidence)
            else:
                waiting.append(position)
        for position in waiting:
            if tokens.keys[position].rstrip("s") in confirmed:
                yield self._propose(tokens, position, evidence)

    def _nearest(self, tokens: Tokens, position: int) -> str:
        sentence = tokens.sentences[position]
        for distance in range(1, _WINDOW + 1):
            for neighbor in (position + distance, position - distance):
                if not 0 <= neighbor < len(tokens) or tokens.sentences[neighbor] != sentence:
                    continue
                word = tokens.keys[neighbor].lower()
                if word in self._context.near:
                    return word
        return ""

    def _propose(self, tokens: Tokens, position: int, evidence: str) -> Candidate:
        return Candidate(tokens.starts[position], tokens.ends[position], Kind.SYSTEMS, self._name, evidence)


@ArticleLanguage.factory("dossier_designators")
def create_designators(nlp: ArticleLanguage, name: str) -> DesignatorsComponent:
    """The component with the context named "designator" in the packs of `nlp`."""
    context = read_contexts(nlp.packs).get(_CONTEXT, Context())
    return DesignatorsComponent(context, name.removeprefix("dossier_"))
