"""Proposes people whose surname stands first, as in lists, bylines and indexes: "Brunt, Ayla: 12, 44"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind
from index.normalize.names import fold_name

__all__ = ["InvertedNamesComponent", "create_inverted_names"]

_COMMA: Final = ","
_MOST_WORDS: Final = 3
# And the comma between them
_TWO_WORDS: Final = 3
_LIST_MARKS: Final = frozenset(";:•*(")
# Before a name that is known in its other order.
_BEFORE_KNOWN: Final = frozenset({*_LIST_MARKS, _COMMA, "and", "as", "&", "by"})
_END_MARKS: Final = frozenset(";:().|\N{EN DASH}\N{EM DASH}")
_AFTER_KNOWN: Final = frozenset({*_END_MARKS, _COMMA, "and", "&"})
_BY: Final = "by"


@dataclass(frozen=True, slots=True)
class _Inverted:
    """Words `[start, end)` with the comma at `comma`."""

    start: int
    comma: int
    end: int


class InvertedNamesComponent:
    """Finds "Brunt, Ayla" where an article or a pack has "Ayla Brunt", or where a part of a list is that alone.

    Where neither says that "Ayla" is a given name, the two are not two people either.
    """

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._given = vocabulary.given | vocabulary.unsure_given
        self._stops = vocabulary.common | vocabulary.titles | vocabulary.nationalities
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        tokens = tokens_of(doc)
        names = [name for name in self._read(tokens) if name is not None]
        if not names:
            return doc
        candidates = candidates_of(doc)
        people = {
            fold_name(tokens.text[each.start : each.end]): each.reference
            for each in candidates
            if each.kind is Kind.PEOPLE and each.certainty > Certainty.GUESS
        }
        kinds: dict[int, set[Kind]] = {}
        for each in candidates:
            if each.kind is not Kind.PLACES or each.reference is not None:
                kinds.setdefault(each.start, set()).add(each.kind)
        found, unknown = self._judge(tokens, names, people, kinds)
        lone = [each for each in unknown if any(_is_in(other, each) for other in candidates if _is_person(other))]
        candidates[:] = [
            each for each in candidates if each.reference is not None or not any(_is_in(each, place) for place in lone)
        ]
        return add_candidates(doc, found)

    def _read(self, tokens: Tokens) -> Iterator[_Inverted | None]:
        for comma in range(1, len(tokens) - 1):
            if tokens.words[comma] != _COMMA or not tokens.capital[comma - 1] or not tokens.capital[comma + 1]:
                continue
            if tokens.casing[comma] == Casing.UPPER or tokens.paragraphs[comma - 1] != tokens.paragraphs[comma + 1]:
                continue
            yield self._read_around(tokens, comma)

    def _read_around(self, tokens: Tokens, comma: int) -> _Inverted | None:
        """Return the name around a comma: as many words on either side as can be its surname and given names."""
        start = comma
        while (
            start > 0
            and comma - start < _MOST_WORDS
            and not _is_by(tokens, start - 1)
            and self._is_name_word(tokens, start - 1, comma)
        ):
            start -= 1
        end = comma + 1
        while end < len(tokens) and end - comma <= _MOST_WORDS and self._is_name_word(tokens, end, comma):
            end += 1
            if end < len(tokens) and tokens.words[end] == "." and len(tokens.keys[end - 1]) == 1:
                end += 1
            elif _is_divided(tokens, end):
                end += 2
        return _Inverted(start, comma, end) if start < comma and end > comma + 1 else None

    def _is_name_word(self, tokens: Tokens, position: int, comma: int) -> bool:
        key = tokens.keys[position]
        is_particle = position < comma - 1 and key.lower() in self._vocabulary.particles
        is_initial = len(key) == 1 and tokens.words[position + 1 : position + 2] == ["."]
        return (
            tokens.paragraphs[position] == tokens.paragraphs[comma]
            and (is_particle or (tokens.capital[position] and (is_initial or key not in self._stops)))
            and key[0].isalpha()
        )

    def _judge(
        self,
        tokens: Tokens,
        names: list[_Inverted],
        people: Mapping[str, str | None],
        kinds: Mapping[int, set[Kind]],
    ) -> tuple[list[Candidate], list[tuple[int, int]]]:
        """Return the people, and where a line has two names of which nobody knows whether they are one."""
        found: list[Candidate] = []
        unknown: list[tuple[int, int]] = []
        for name in names:
            name = self._without_verb(tokens, name, people)
            uprights = [upright for upright in _upright(tokens, name) if self._is_known(upright, people)]
            is_known = bool(uprights)
            known = self._vocabulary.people.get(uprights[0], people.get(uprights[0])) if uprights else None
            start, end = tokens.starts[name.start], tokens.ends[name.end - 1]
            if is_known and self._is_between(tokens, name, _BEFORE_KNOWN, _AFTER_KNOWN):
                evidence = "known with the surname last"
            elif not self._is_between(tokens, name, _LIST_MARKS, _END_MARKS):
                continue
            elif self._may_be_person(tokens, name, kinds):
                evidence = "surname before a given name"
            else:
                if name.end - name.start == _TWO_WORDS:
                    unknown.append((start, end))
                continue
            found.append(Candidate(start, end, Kind.PEOPLE, self._name, evidence, known, Certainty.SURE))
        return found, unknown

    def _is_known(self, upright: str, people: Mapping[str, str | None]) -> bool:
        return upright in people or upright in self._vocabulary.people

    def _without_verb(self, tokens: Tokens, name: _Inverted, people: Mapping[str, str | None]) -> _Inverted:
        """Return the name without "Said" before it where a line begins, if that makes a name that is known."""
        is_verb = tokens.keys[name.start].lower() in self._vocabulary.verbs and _is_first(tokens, name.start)
        shorter = replace(name, start=name.start + 1)
        if not is_verb or shorter.start == name.comma:
            return name
        return shorter if any(self._is_known(upright, people) for upright in _upright(tokens, shorter)) else name

    def _may_be_person(self, tokens: Tokens, name: _Inverted, kinds: Mapping[int, set[Kind]]) -> bool:
        """Return whether a given name or an initial follows a word that is none: "Brunt, A.", but not "Ayla, Maria"."""
        first, given = tokens.keys[name.start], tokens.keys[name.comma + 1]
        is_given = given in self._given or (len(given) == 1 and tokens.words[name.end - 1] == ".")
        if _is_divided(tokens, name.comma + 2) and name.comma - name.start == 1:
            is_given = is_given or first in self._vocabulary.family | self._vocabulary.unsure_family
        is_surname = first not in self._vocabulary.given and first not in self._vocabulary.organization_last
        both = kinds.get(tokens.starts[name.start], set()), kinds.get(tokens.starts[name.comma + 1], set())
        return is_given and is_surname and Kind.PLACES not in both[1] and Kind.ORGANIZATIONS not in both[0] | both[1]

    def _is_between(self, tokens: Tokens, name: _Inverted, before: frozenset[str], after: frozenset[str]) -> bool:
        """Return whether the name stands alone in its line, or between marks."""
        start, end = name.start, name.end
        if start > 0 and _is_by(tokens, start - 1):
            start -= 1
        is_start = (
            _is_first(tokens, start)
            or tokens.keys[start - 1].lower() in before
            or (tokens.keys[start - 1].lower() in self._vocabulary.verbs and _is_first(tokens, start - 1))
        )
        is_end = _is_first(tokens, end) or tokens.words[end] in after or tokens.words[end].isdigit()
        is_page = end + 1 < len(tokens) and tokens.words[end] == _COMMA and tokens.words[end + 1].isdigit()
        return is_start and (is_end or is_page)


def _upright(tokens: Tokens, name: _Inverted) -> Iterator[str]:
    """Yield the folded name with the surname last, and first, as "Brunt Ay-la" has it."""
    family, given = tokens.words[name.start : name.comma], tokens.words[name.comma + 1 : name.end]
    yield fold_name(" ".join(given + family))
    yield fold_name(" ".join(family + given))


def _is_divided(tokens: Tokens, hyphen: int) -> bool:
    """Return whether a hyphen joins a capitalized word to one in small letters: "Ay-la"."""
    return (
        0 < hyphen < len(tokens) - 1
        and tokens.keys[hyphen] == "-"
        and tokens.words[hyphen + 1].isalpha()
        and tokens.words[hyphen + 1].islower()
        and tokens.ends[hyphen - 1] == tokens.starts[hyphen]
        and tokens.ends[hyphen] == tokens.starts[hyphen + 1]
    )


def _is_by(tokens: Tokens, position: int) -> bool:
    """Return whether a line begins with this word, and it is "By"."""
    return tokens.keys[position].lower() == _BY and _is_first(tokens, position)


def _is_person(candidate: Candidate) -> bool:
    return candidate.kind is Kind.PEOPLE and candidate.reference is None


def _is_in(candidate: Candidate, place: tuple[int, int]) -> bool:
    """Return whether this is a person or a place within characters `[start, end)`."""
    return candidate.kind in (Kind.PEOPLE, Kind.PLACES) and place[0] <= candidate.start and candidate.end <= place[1]


def _is_first(tokens: Tokens, position: int) -> bool:
    """Return whether a word begins a line, or the text ends before it."""
    if position in (0, len(tokens)):
        return True
    return "\n" in tokens.text[tokens.ends[position - 1] : tokens.starts[position]]


@ArticleLanguage.factory("dossier_inverted_names")
def create_inverted_names(nlp: ArticleLanguage, name: str) -> InvertedNamesComponent:
    """The component with the names of the packs of `nlp`."""
    return InvertedNamesComponent(read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
