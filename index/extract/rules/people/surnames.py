"""Proposes the short form of every person whose full name stands in the article ("Ismail Demir" ... "Demir")."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.overlaps import settle
from index.extract.rules.systems.lookalikes import things_of
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens, read_tokens
from index.model import Kind

__all__ = ["SurnamesComponent", "create_surnames"]

_MIN_LETTERS = 3
_MIN_UPPER_LETTERS = 5
# The whole name that a recognizer read with less is wrong as often as right where it stands again; a surname is right.
_FIRM_READING = 0.9


@dataclass(frozen=True, slots=True)
class _Person:
    """A person named in full; `weak` are the words of a name that is not looked for as a whole."""

    text: str
    reference: str | None
    weak: tuple[str, ...] = ()


class SurnamesComponent:
    """Finds known people again by full name or surname, also where no rule sees them, as in headlines."""

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each occurrence of a known person's name."""
        people = [
            candidate
            for candidate in settle(candidates_of(doc))
            if candidate.kind is Kind.PEOPLE and candidate.certainty > Certainty.GUESS
        ]
        if not people:
            return doc
        tokens = tokens_of(doc)
        known = {candidate.start for candidate in people}
        found = self._find(tokens, self._forms(tokens.text, people))
        things = things_of(doc)
        return add_candidates(
            doc,
            (
                candidate
                for candidate in found
                if candidate.start not in known and not things.holds(tokens.text, candidate.start, candidate.end)
            ),
        )

    def _forms(self, text: str, people: list[Candidate]) -> dict[tuple[str, ...], _Person]:
        """Return the forms of a person: the full name and the surname, or the family name where that comes first.

        The whole name of a weak reading is not among them, unless the article has a part of it by itself, too.
        """
        named = [(each, tuple(read_tokens(text[each.start : each.end]).keys)) for each in people]
        parts = {part for _, keys in named if len(keys) > 1 for part in (keys[0], keys[-1])}
        alone = {keys[0] for each, keys in named if len(keys) == 1 and each.chance >= _FIRM_READING}
        forms: dict[tuple[str, ...], _Person] = {}
        for candidate, keys in named:
            if not keys or (len(keys[-1]) < _MIN_LETTERS and len(keys) == 1):
                continue
            is_shared = keys[0] in parts if len(keys) == 1 else keys[-1] in alone
            is_firm = is_shared or candidate.chance >= _FIRM_READING
            written = text[candidate.start : candidate.end]
            person = _Person(written, candidate.reference, () if is_firm else keys)
            if is_firm:
                forms.setdefault(keys, person)
            short = self._short_form(keys)
            if short is not None and (short not in forms or forms[short].reference is None):
                forms[short] = person
        return forms

    def _short_form(self, keys: tuple[str, ...]) -> tuple[str, ...] | None:
        vocabulary = self._vocabulary
        words = [key for key in keys if key not in vocabulary.endings and key != "."]
        if len(words) < 2:
            return None
        is_family_first = words[0] in vocabulary.family or (
            words[0] in vocabulary.unsure_family and words[-1] not in vocabulary.family
        )
        if is_family_first and words[0] not in vocabulary.given:
            short = words[0]
            return (short,) if len(short) > 1 else None
        start = len(words) - 1
        while start > 1 and words[start - 1] in vocabulary.particles:
            start -= 1
        if words[start] in vocabulary.common or len(words[-1]) < _MIN_LETTERS:
            return None
        return tuple(words[start:])

    def _find(self, tokens: Tokens, forms: dict[tuple[str, ...], _Person]) -> Iterator[Candidate]:
        by_first: dict[str, list[tuple[tuple[str, ...], _Person]]] = {}
        for form, person in forms.items():
            by_first.setdefault(form[0], []).append((form, person))
            if len(form) == 1 and form[0].isupper() and person.text.upper() != person.text:
                # "Alexander NEMENOV" is "Nemenov" in the story.
                by_first.setdefault(form[0].capitalize(), []).append(((form[0].capitalize(),), person))
            upper = tuple(key.upper() for key in form)
            if upper != form and len("".join(upper)) >= _MIN_UPPER_LETTERS:
                by_first.setdefault(upper[0], []).append((upper, person))
        for position, key in enumerate(tokens.keys):
            for form, person in by_first.get(key, ()):
                end = position + len(form)
                if len(form) > 1 and tuple(tokens.keys[position:end]) != form:
                    continue
                if len(form) == 1 and self._is_other_name(tokens, position):
                    continue
                if person.weak and tuple(tokens.keys[end - len(person.weak) : end]) == person.weak:
                    continue
                yield Candidate(
                    tokens.starts[position],
                    tokens.ends[end - 1],
                    Kind.PEOPLE,
                    self._name,
                    f"'{person.text}' in the same article",
                    person.reference,
                )

    def _is_other_name(self, tokens: Tokens, position: int) -> bool:
        """Return whether the words around make it part of a longer name of something or someone else.

        "Jane Smith", "Smith Barney", "Duke of Smith".
        """
        if tokens.casing[position] != Casing.NORMAL:
            return False
        sentence = tokens.sentences[position]
        vocabulary = self._vocabulary
        before, after = position - 1, position + 1
        if after < len(tokens) and tokens.sentences[after] == sentence and tokens.capital[after]:
            following = tokens.keys[after]
            if following in vocabulary.organization_last or following in vocabulary.place_last:
                return True
        if before < 0 or tokens.sentences[before] != sentence:
            return False
        if tokens.words[before] == "of" and before > 0:
            return tokens.keys[before - 1] in vocabulary.titles
        return tokens.capital[before] and tokens.keys[before] in vocabulary.given


@ArticleLanguage.factory("dossier_surnames")
def create_surnames(nlp: ArticleLanguage, name: str) -> SurnamesComponent:
    """The component with the words of the packs of `nlp`."""
    return SurnamesComponent(read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
