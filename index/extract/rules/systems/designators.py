"""Proposes systems that no pack knows by the shape of their designator ("MQ-9B", "9K720"), where the context fits."""

import re
from collections.abc import Container, Iterator, Mapping

from spacy.tokens import Doc

from index.extract.candidates import Candidate, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.pack_names.contexts import Context, SentenceWords, read_contexts
from index.extract.rules.pack_names.variants import variant_end
from index.extract.tokens import Tokens
from index.model import Kind

__all__ = ["DesignatorsComponent", "create_designators"]

_SHAPES = re.compile(
    r"""
      (?:[A-Z]{1,4}[a-z]{0,2}|[A-Z][a-z][A-Z])-\d{1,4}[A-Z]{0,4}\d?s?         # MQ-9B, T-90M, Su-57, S-400s
    | (?:\d{1,2}[A-Z]\d{1,3}[A-Z]?\d?)                    # 9K720, 2S19
    | [A-Z]{2,4}\d{2,4}[A-Z]{0,3}s?                       # KF51, NH90
    | [A-Z]\d{1,3}[A-Z]{1,3}\d{0,2}s?                      # K9A2, M84AS
    | (?!Covid|Sars|Ebola)[A-Z][a-z]{2,}-(?:\d{1,4}[A-Z]{0,3}|I{2,3}|IV|VI{0,3})s?   # Nagastra-1, Fatah-II
    | [A-Z]{2,3}-[A-Z]{1,2}\d{1,3}[A-Z]?s?                # VU-R70
    """,
    re.VERBOSE,
)
_CONTEXT = "designator"
_WINDOW = 6
_MOST_BETWEEN = 4
_JOINS = frozenset({",", "and", "or", "/"})


class DesignatorsComponent:
    """Proposes words that look like a designator near a word such as "missile"."""

    def __init__(self, context: Context, name: str) -> None:
        self._context = context
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each designator."""
        tokens = tokens_of(doc)
        known = {each.start: each.end for each in candidates_of(doc) if each.kind is Kind.SYSTEMS}
        others = {each.start for each in candidates_of(doc) if each.reference is not None}
        return add_candidates(doc, self._find(tokens, known, others))

    def _find(self, tokens: Tokens, known: Mapping[int, int], others: Container[int]) -> Iterator[Candidate]:
        words = SentenceWords(tokens)
        confirmed: set[str] = set()
        waiting: list[int] = []
        evidence = ""
        for position, key in enumerate(tokens.keys):
            if _SHAPES.fullmatch(key) is None or tokens.starts[position] in others:
                continue
            near = self._nearest(tokens, position)
            if near and not self._context.against & words.around(position):
                confirmed.add(key.rstrip("s"))
                evidence = f"designator near '{near}'"
                yield self._propose(tokens, position, evidence)
            else:
                waiting.append(position)
        listed = _Lists(tokens, known)
        for position in waiting:
            if tokens.keys[position].rstrip("s") in confirmed:
                yield self._propose(tokens, position, evidence)
            elif (beside := listed.beside(position)) and not self._context.against & words.around(position):
                yield self._propose(tokens, position, f"beside '{beside}'")

    def _nearest(self, tokens: Tokens, position: int) -> str:
        sentence = tokens.sentences[position]
        for distance in range(1, _WINDOW + 1):
            for neighbor in (position + distance, position - distance):
                if not 0 <= neighbor < len(tokens) or tokens.sentences[neighbor] != sentence:
                    continue
                word = tokens.keys[neighbor].lower()
                if word == "-" and 0 < neighbor < len(tokens) - 1:
                    # "air-defence" is three words of the text.
                    word = f"{tokens.keys[neighbor - 1]}-{tokens.keys[neighbor + 1]}".lower()
                if word in self._context.near:
                    return word
        return ""

    def _propose(self, tokens: Tokens, position: int, evidence: str) -> Candidate:
        end = variant_end(tokens, position + 1)
        return Candidate(tokens.starts[position], tokens.ends[end - 1], Kind.SYSTEMS, self._name, evidence)


class _Lists:
    """Tells which words stand beside a known system in a list: "four Su-30s and two KJ-600s"."""

    def __init__(self, tokens: Tokens, known: Mapping[int, int]) -> None:
        self._tokens = tokens
        self._starts = {start: tokens.text[start:end] for start, end in known.items()}
        self._ends = {end: tokens.text[start:end] for start, end in known.items()}

    def beside(self, position: int) -> str:
        """Return the known system before or after this word in a list; empty when there is none."""
        if not self._starts:
            return ""
        tokens = self._tokens
        sentence = tokens.sentences[position]
        for step, places, ends in ((-1, tokens.ends, self._ends), (1, tokens.starts, self._starts)):
            joins = 0
            for distance in range(1, _MOST_BETWEEN + 1):
                near = position + step * distance
                if not 0 <= near < len(tokens) or tokens.sentences[near] != sentence:
                    break
                if joins and places[near] in ends:
                    return ends[places[near]]
                word = tokens.words[near].lower()
                joins += word in _JOINS
                if word not in _JOINS and word not in self._SMALL and not word.isdigit():
                    break
        return ""

    _SMALL = frozenset({"a", "an", "the", "its", "one", "two", "three", "four", "five", "six", "new"})


@ArticleLanguage.factory("dossier_designators")
def create_designators(nlp: ArticleLanguage, name: str) -> DesignatorsComponent:
    """The component with the context named "designator" in the packs of `nlp`."""
    context = read_contexts(nlp.packs).get(_CONTEXT, Context())
    return DesignatorsComponent(context, name.removeprefix("dossier_"))
