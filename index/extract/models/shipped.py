"""Runs the recognizer that ships with the program and weighs its names against those of rules and packs.

Its weights are read once for each process. Nationalities are no kind of ours and are left out.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from index.extract.candidates import Candidate, Certainty, candidates_of, language_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.models.borders import trim
from index.extract.models.screening import Screen
from index.extract.models.seams import Seams
from index.extract.models.weighing import FIRM_READING, LABELS, ReadName, agree, weigh
from index.extract.rules.organizations.introductions import Introductions
from index.extract.rules.people.addresses import Addresses
from index.extract.rules.systems.lookalikes import things_of
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens, word_key
from index.model import Kind
from index.packs.loader import Packs
from index.recognizer.languages import runs_in
from index.recognizer.reading import Found, Recognizer, load_recognizer

__all__ = ["ShippedRecognizerComponent", "create_shipped_recognizer", "shipped_pipeline"]

_KINDS: Final = {label: kind for kind, label in LABELS.items()}
# So many characters before a name tell whether it is the name of what somebody rules.
_BEFORE: Final = 20
_BESIDE: Final = frozenset({" ", ", ", ","})
_GENERATION = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
# A stop at the end belongs to a form that has others; "Co-founder" is none.
# "(P) Ltd.", "(China) Co".
_LEGAL_FORM = re.compile(
    r"(?:\s+\([A-Z][A-Za-z]{0,14}\.?\))?(?:\s+(?:and|&)(?=\s+Co\b))?\s+(\w+(?:\.\w+)+\.?|\w+)(?![\w-])(?:\.(?=,|\s+[a-z]))?"
)
# Not "as" and "doo", but "AS", "d.o.o." and "plc".
_NO_FORM = re.compile(r"(?!plc\b)[a-z]+")
_NO_FORM_OF_PEOPLE = re.compile(r"[a-z]+|[A-Z]{2}")
# Before the name of what somebody rules: "kings of Gezer", "Duke of Cumberland".
_RULER_OF = re.compile(
    r"\b(?:[Kk]ing|[Qq]ueen|[Pp]rince|[Pp]rincess|[Dd]uke|[Dd]uchess|[Ee]arl|[Cc]ount|[Cc]ountess|[Ee]mperor|[Ss]ultan"
    r"|[Ee]mir|[Bb]ishop|[Aa]rchbishop)(?:s|es)? of (?:the )?$"
)
# "the party Brunt founded" is about the person.
_PERSON_NOT_INTRODUCED: Final = 0.9
# A text of unknown language is read as English.
_TRAINED_LANGUAGES = (None, "en")
_AND = re.compile(r"\s+(?:and|&)\s+")


class ShippedRecognizerComponent:
    """Proposes the names of the network, with their probability as evidence, and drops candidates that it refutes."""

    def __init__(self, recognizer: Recognizer, vocabulary: Vocabulary, name: str) -> None:
        self._recognizer = recognizer
        self._vocabulary = vocabulary
        self._addresses = Addresses(vocabulary)
        self._seams = Seams(recognizer, vocabulary)
        self._introductions = Introductions(vocabulary)
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name; none in a language in which the network does not run."""
        if not runs_in(language_of(doc)):
            return doc
        tokens, candidates = tokens_of(doc), candidates_of(doc)
        if Casing.LOWER in tokens.casing[:1]:
            # Half of what is read there is wrong.
            return doc
        screen = Screen(tokens, self._vocabulary, things_of(doc))
        known = {
            each.start
            for each in candidates
            if each.certainty is Certainty.SURE or (each.kind is Kind.PLACES and each.reference is not None)
        }
        places = {
            (each.start, each.end) for each in candidates if each.kind is Kind.PLACES and each.reference is not None
        }
        reading = self._recognizer.read(_join_lines(tokens))
        names = agree(
            tokens.text,
            self._with_partners(
                tokens.text, list(self._propose(tokens, screen, self._seams.part(tokens, reading.names, places), known))
            ),
        )
        is_trained = language_of(doc) in _TRAINED_LANGUAGES
        candidates[:] = weigh(tokens.text, candidates, names, reading, heeds_silence=is_trained)
        return doc

    def _propose(
        self, tokens: Tokens, screen: Screen, names: Iterable[Found], known: Container[int]
    ) -> Iterator[ReadName]:
        """Yield what can be a name; `known` are the starts of names that a pack or a title makes sure."""
        text = tokens.text
        for name in names:
            kind = _KINDS.get(name.kind)
            if kind is None:
                continue
            if kind is Kind.PEOPLE and _RULER_OF.search(text, max(0, name.start - _BEFORE), name.start):
                kind = Kind.PLACES
            start, end = trim(text, name.start, name.end, kind)
            chance = name.chance
            firm_end = self._end_of_firm(text, start, end, kind)
            if firm_end is not None and kind is not Kind.PLACES:
                kind, end, chance = Kind.ORGANIZATIONS, firm_end, max(chance, FIRM_READING)
            word = max(0, bisect_right(tokens.starts, start) - 1)
            start = self._after_address(tokens, word, start, end, kind)
            if start >= end or not screen.passes(start, end, kind, chance, word=word):
                continue
            evidence = f"recognizer, {name.chance:.0%} sure"
            has_sign = False
            if kind is not Kind.ORGANIZATIONS and start not in known:
                # A name may begin inside a word.
                first = max(0, bisect_right(tokens.starts, start) - 1)
                sign = self._introductions.sign(tokens, first, bisect_left(tokens.starts, end))
                if sign and (kind is Kind.PLACES or chance < _PERSON_NOT_INTRODUCED):
                    kind, evidence, has_sign = Kind.ORGANIZATIONS, f"{evidence} of {kind}, but {sign}", True
            yield ReadName(
                Candidate(start, end, kind, self._name, evidence, chance=name.chance),
                chance,
                in_headline=tokens.casing[word] == Casing.TITLE,
                has_sign=has_sign,
            )

    def _after_address(self, tokens: Tokens, word: int, start: int, end: int, kind: Kind) -> int:
        """Return the start of a name, at `word`, without the forms of address before it; `end` when it is nothing else.

        Other names than those of people begin with such words, too: "General Court".
        """
        if tokens.starts[word] != start:
            return start
        stop = bisect_left(tokens.starts, end)
        if kind is not Kind.PLACES and word + 1 < stop and self._is_described(tokens, word, stop):
            return tokens.starts[word + 1]
        after = self._addresses.end(tokens, word, stop)
        if after == word:
            return start
        if after >= stop:
            return end
        return tokens.starts[after] if kind is Kind.PEOPLE else start

    def _is_described(self, tokens: Tokens, word: int, stop: int) -> bool:
        """Return whether the first word says what the rest is: "Chipmaker | Nexbolt", but not "Lawyers Committee".

        With a legal form behind it, "Bank" is a part of the name: "Bank Nusa Raya Tbk".
        """
        vocabulary = self._vocabulary
        rest = tokens.keys[word + 1 : stop]
        is_name = any(
            key not in vocabulary.firm_last | vocabulary.organization_mark | vocabulary.organization_inside
            for key in rest
        )
        first = tokens.keys[word]
        is_named_so = first in vocabulary.organization_of and rest[-1] in vocabulary.organization_mark
        # "Airline Pilots Association", but "Charity | Dorn Foundation"
        is_of_members = rest[-1] in vocabulary.organization_of and (
            len(rest) == 1 or rest[0].endswith("s") or rest[0] in vocabulary.organization_inside | vocabulary.common
        )
        return first in vocabulary.described and is_name and not is_of_members and not is_named_so

    def _end_of_firm(self, text: str, start: int, end: int, kind: Kind) -> int | None:
        """Return the end of the name at `[start, end)` with its legal form; None when it has none.

        The form is its last word, or follows it: "Savinja Apno | d.o.o.", "Merrill Lynch | and Co". Two capital
        letters are too little to make a firm of a person: "Brunt AG nominee".
        """
        no_form = _NO_FORM_OF_PEOPLE if kind is Kind.PEOPLE else _NO_FORM
        last_blank = text.rfind(" ", start, end)
        for blank in (end, last_blank) if last_blank >= 0 else (end,):
            form = _LEGAL_FORM.match(text, blank)
            if form is not None and self._is_mark(form[1]) and not no_form.fullmatch(form[1]):
                return max(end, form.end())
        return None

    def _with_partners(self, text: str, names: Iterable[ReadName]) -> list[ReadName]:
        """Join "and Co" to the firm before it, and "Jr." to the person; neither is a name alone."""
        joined: list[ReadName] = []
        for name in names:
            end = name.candidate.end
            if joined and self._are_one(text, joined[-1].candidate, name.candidate):
                joined[-1] = replace(joined[-1], candidate=replace(joined[-1].candidate, end=end))
            elif joined and self._are_partners(text, joined[-1].candidate, name.candidate):
                firm = replace(joined[-1].candidate, end=end, kind=Kind.ORGANIZATIONS)
                joined[-1] = replace(joined[-1], candidate=firm)
            elif not self._is_only_marks(text, name.candidate):
                joined.append(name)
        return joined

    def _are_partners(self, text: str, first: Candidate, name: Candidate) -> bool:
        """Return whether two names are one firm: "Demir | & Söhne KG", "Merrill Lynch | and Co"."""
        between = _AND.fullmatch(text, first.end, name.start)
        if between is None or first.kind is Kind.PLACES:
            return False
        has_form = "&" in between[0] and self._end_of_firm(text, name.start, name.end, Kind.ORGANIZATIONS) == name.end
        return has_form or self._is_only_marks(text, name)

    def _is_only_marks(self, text: str, name: Candidate) -> bool:
        """Return whether a name consists of legal forms only."""
        return all(map(self._is_mark, text[name.start : name.end].split()))

    def _is_mark(self, word: str) -> bool:
        return word_key(word) in self._vocabulary.organization_mark

    def _are_one(self, text: str, first: Candidate, name: Candidate) -> bool:
        """Return whether two names are one.

        "İsmail Demir, | Jr.", "Tamim | bin Hamad", "French | Digital Council", "Forces | for the Liberation of Congo".
        """
        between = text[first.end : name.start]
        match first.kind:
            case Kind.PEOPLE if name.kind is Kind.PEOPLE and between == " " and text[name.start].islower():
                return text[name.start : name.end].partition(" ")[0] in self._vocabulary.particles
            case Kind.PEOPLE:
                return between in _BESIDE and _GENERATION.fullmatch(text, name.start, name.end) is not None
            case Kind.ORGANIZATIONS if name.kind is Kind.ORGANIZATIONS:
                is_nationality = word_key(text[first.start : first.end]) in self._vocabulary.nationalities
                return between == " for the " or (between == " " and is_nationality)
            case _:
                return False


def _join_lines(tokens: Tokens) -> str:
    """Return the text with blanks for the line ends within paragraphs of wrapped text; its length is the same."""
    text = tokens.text
    if "\n" not in text:
        return text
    pieces: list[str] = []
    done = 0
    for number in range(1, len(tokens)):
        start, end = tokens.ends[number - 1], tokens.starts[number]
        if end - start and tokens.paragraphs[number - 1] == tokens.paragraphs[number] and "\n" in text[start:end]:
            pieces += (text[done:start], text[start:end].replace("\n", " "))
            done = end
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=1)
def _load(device: str) -> Recognizer:
    return load_recognizer(device=device)


def shipped_pipeline() -> Language:
    """Return a spaCy pipeline of the recognizer alone, which sets `doc.ents`.

    Entities are of our words: a name that ends within a word, such as "US" in "US-built", is the whole word there.
    """
    nlp = ArticleLanguage(Packs())
    nlp.add_pipe("dossier_shipped_entities")
    return nlp


@ArticleLanguage.component("dossier_shipped_entities")
def mark_entities(doc: Doc) -> Doc:
    """Mark the names of the recognizer, nationalities too, as entities."""
    names = _load("cpu").read(doc.text).names
    spans = (doc.char_span(name.start, name.end, label=name.kind, alignment_mode="expand") for name in names)
    doc.ents = filter_spans(span for span in spans if span is not None)
    return doc


@ArticleLanguage.factory("dossier_shipped_recognizer")
def create_shipped_recognizer(nlp: ArticleLanguage, name: str) -> ShippedRecognizerComponent:
    """The component with the network of the package, and the words of the packs of `nlp`."""
    return ShippedRecognizerComponent(_load(nlp.device), read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
