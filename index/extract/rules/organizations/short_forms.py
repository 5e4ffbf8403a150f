"""Proposes the short forms of organizations that the article names in full: "Hadley Tool Co" ... "Hadley".

What an article names in full owns its name in every position, also where the short form looks like a person or a town.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.overlaps import settle
from index.extract.rules.organizations.partnerships import NAME as PARTNERSHIPS
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["ShortFormsComponent", "create_short_forms"]

Words = tuple[str, ...]
_MIN_LETTERS: Final = 3
_LONGEST_ACRONYM: Final = 5
_PAIR: Final = 2
_COMMA: Final = ","
_MARKS: Final = frozenset(".,()")
_RELATIVES: Final = (["who"], ["whose"], ["whom"])
# A name that a recognizer reads with less is not spread: it is wrong as often as right.
_FIRM_READING: Final = 0.9
_RECOGNIZER: Final = "recognizer"
_PACKS: Final = "gazetteer"
_NAMES: Final = (Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES)
_THE: Final = "the"
_OF: Final = (["of"], ["for"])
_OF_NAMES: Final = (("of",), ("for",))
_BEFORE_PLACE: Final = frozenset({"in", "near", "outside", "around"})


@dataclass(frozen=True, slots=True)
class _Full:
    """An organization named in full, and where a person who is called like its short form is named first."""

    candidate: Candidate
    until: int | None


class ShortFormsComponent:
    """Finds the organizations of an article again, by full names and by what is left without their legal forms."""

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._name = name
        self._ends = vocabulary.organization_mark | vocabulary.partners
        self._not_alone = (
            vocabulary.common
            | vocabulary.titles
            | vocabulary.addresses
            | vocabulary.nationalities
            | vocabulary.organization_last
            | vocabulary.organization_of
            | vocabulary.organization_inside
            | vocabulary.form_first
            | vocabulary.place_last
            | vocabulary.place_first
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each other occurrence of an organization's name."""
        tokens = tokens_of(doc)
        candidates = candidates_of(doc)
        # Most candidates have no short form; those that remain are asked for only where one has.
        heads = self._places_of_heads(tokens)
        if not heads and not any(True for each in candidates for _ in self._forms_of(tokens, each)):
            return doc
        settled = settle(candidates)
        forms = self._forms(tokens, settled)
        found = [*self._find(tokens, forms, candidates), *self._find_heads(tokens, heads, settled)]
        return add_candidates(doc, found)

    def _places_of_heads(self, tokens: Tokens) -> list[int]:
        """Return where a word that heads names stands alone with a capital letter: "the | Commission said"."""
        keys, heads = tokens.keys, self._vocabulary.heads_alone
        return [
            position
            for position in range(1, len(tokens))
            if keys[position] in heads
            and tokens.capital[position]
            and tokens.casing[position] == Casing.NORMAL
            and keys[position - 1].lower() == _THE
            and tokens.sentences[position] == tokens.sentences[position - 1]
            and keys[position + 1 : position + 2] not in _OF
            and not (position + 1 < len(tokens) and tokens.capital[position + 1])
        ]

    def _find_heads(self, tokens: Tokens, places: list[int], settled: list[Candidate]) -> Iterator[Candidate]:
        """Yield the heads that mean the one organization with this head in the article, which it has named before."""
        if not places:
            return
        taken = {each.start for each in settled if each.kind is Kind.ORGANIZATIONS and each.reference is not None}
        full: dict[str, list[Candidate]] = {}
        for candidate in settled:
            words = _read(tokens, candidate) if candidate.kind is Kind.ORGANIZATIONS else ()
            if len(words) > 1:
                head = words[0] if words[1:2] in _OF_NAMES else words[-1]
                full.setdefault(head, []).append(candidate)
        for position in places:
            start, head = tokens.starts[position], tokens.keys[position]
            named = full.get(head, [])
            meant = {each.reference or tokens.text[each.start : each.end] for each in named}
            is_one = len(meant) == 1 and named[0].end <= start and start not in taken
            if is_one and not self._is_of_any_country(tokens, named[0]):
                written = tokens.text[named[0].start : named[0].end]
                evidence = f"head of '{written}' in the same article"
                # Without the reference: elsewhere the word means another one.
                end = tokens.ends[position]
                yield Candidate(start, end, Kind.ORGANIZATIONS, self._name, evidence, certainty=Certainty.SURE)

    def _is_of_any_country(self, tokens: Tokens, candidate: Candidate) -> bool:
        """Return whether every country has a body of this name: "Supreme Court" is not named in full."""
        return candidate.reference is None and self._vocabulary.any_country.issuperset(_read(tokens, candidate)[:-1])

    def _forms(self, tokens: Tokens, settled: list[Candidate]) -> dict[Words, _Full]:
        """Return the forms of each organization that is named in full, without those of people and places here.

        What somebody is called whom the article names later means the firm until there.
        """
        forms: dict[Words, _Full] = {}
        text = tokens.text
        people: dict[Words, int] = {}
        for candidate in settled:
            if candidate.kind is Kind.PEOPLE:
                for word in self._forms_of_person(_read(tokens, candidate), candidate):
                    people.setdefault(word, candidate.start)
        others = {
            text[candidate.start : candidate.end]
            for candidate in settled
            if candidate.kind is not Kind.ORGANIZATIONS and candidate.chance >= _FIRM_READING
        }
        for candidate in settled:
            if text[candidate.start : candidate.end] in others:
                continue
            for form in self._forms_of(tokens, candidate):
                until = people.get(form) if len(form) == 1 else None
                if until is None or until > candidate.end:
                    forms.setdefault(form, _Full(candidate, until))
        return forms

    def _forms_of_person(self, words: Words, person: Candidate) -> Iterator[Words]:
        """Yield the single words that mean a person of the article: the surname, and a word behind a title."""
        if len(words) > 1:
            yield words[-1:]
            if words[0] in self._vocabulary.family or words[0] in self._vocabulary.unsure_family:
                yield words[:1]
        elif person.certainty is Certainty.SURE and person.component != _PACKS:
            yield words

    def _forms_of(self, tokens: Tokens, candidate: Candidate) -> Iterator[Words]:
        words = _read(tokens, candidate) if candidate.kind is Kind.ORGANIZATIONS else ()
        if not words or (candidate.chance < _FIRM_READING and words[-1] not in self._ends):
            return
        is_partnership = candidate.component == PARTNERSHIPS
        if candidate.component == _RECOGNIZER or is_partnership:
            yield words
        core = words
        while len(core) > 1 and core[-1] in self._ends:
            core = core[:-1]
            while len(core) > 1 and (core[-1] in _MARKS or core[-1] in self._vocabulary.partner_links):
                core = core[:-1]
        is_firm = len(core) < len(words) or words[-1] in self._vocabulary.firm_last
        if core[0] in self._vocabulary.form_first and len(core) > 1:
            core, is_firm = core[1:], True
        is_acronym = len(core) == 1 and core[0].isupper() and len(core[0]) <= _LONGEST_ACRONYM
        if core != words and self._may_stand_alone(core) and not is_acronym:
            # What "ICO" means, its letters or the article say, and not "ICO Ltd".
            yield core
        if is_partnership:
            yield from self._of_partners(words, core)
        elif is_firm:
            yield from self._of_firm(core)

    def _of_firm(self, core: Words) -> Iterator[Words]:
        """Yield the beginnings of a firm's name: "Hadley" of "Hadley Tool", "Al Sarrani" of "Al Sarrani Brothers"."""
        yield from self._without_last(core)
        if not self._vocabulary.partner_links.isdisjoint(core):
            # "Johnson" of "Johnson and Johnson" is somebody else.
            return
        is_particle = core[0].lower() in self._vocabulary.particles
        first = core[: 2 if is_particle else 1]
        if len(first) < len(core) and self._may_stand_alone(first):
            yield first
        if len(core) == _PAIR and first not in ((), core) and self._is_own_name(core):
            yield core[1:]
        if len(core) > _PAIR and not is_particle and self._may_be_pair(core):
            yield core[:_PAIR]

    def _may_be_pair(self, core: Words) -> bool:
        """Return whether two words at the start may stand for a firm: "Chen Hwa", not "New York" or "Ayla Brunt"."""
        vocabulary = self._vocabulary
        first, second = core[:_PAIR]
        is_name = all(word.isalpha() and word[0].isupper() for word in (first, second))
        return (
            is_name
            and first not in vocabulary.given | vocabulary.place_first | self._not_alone
            and second not in self._not_alone
        )

    def _is_own_name(self, core: Words) -> bool:
        """Return whether the second of two words is the name, and the first says what it is: "Kranbau Kessler"."""
        vocabulary = self._vocabulary
        first, last = core
        return (
            first not in vocabulary.given | vocabulary.unsure_given | vocabulary.family | vocabulary.nationalities
            and first not in vocabulary.place_first
            and first[-1:].islower()
            and last not in vocabulary.firm_last
            and self._may_stand_alone((last,))
        )

    def _without_last(self, core: Words) -> Iterator[Words]:
        while len(core) > 1 and core[-1] in self._vocabulary.firm_last:
            core = core[:-1]
            if self._may_stand_alone(core):
                yield core

    def _of_partners(self, words: Words, core: Words) -> Iterator[Words]:
        """Yield the short forms of a partnership: "Rao, Patnaik" of "Gopal Rao, Patnaik and Sons"."""
        partners = [list(part) for part in _split(core, _COMMA)]
        if len(partners) > 1:
            surnames: list[str] = []
            for partner in partners:
                surnames += [_COMMA, partner[-1]] if surnames else [partner[-1]]
            yield tuple(surnames)
        elif len(core) > 1:
            # "Mama Zuhura and Daughters", "Imprenta Hermanos Quiñónez y Cía."
            yield core[1:] + words[len(core) :]
            if len(core) > 2:
                yield core[1:]
            yield from self._without_last(core)

    def _may_stand_alone(self, form: Words) -> bool:
        if len(form) > 1:
            return not all(word in self._not_alone for word in form)
        word = form[0]
        return (
            len(word) >= _MIN_LETTERS
            and word[0].isalpha()
            and word not in self._not_alone
            and word not in self._vocabulary.given
            and word not in self._vocabulary.unsure_given
        )

    def _find(self, tokens: Tokens, forms: dict[Words, _Full], candidates: list[Candidate]) -> Iterator[Candidate]:
        by_first: dict[str, list[Words]] = {}
        for form in sorted(forms, key=len, reverse=True):
            by_first.setdefault(form[0], []).append(form)
        if by_first.keys().isdisjoint(tokens.keys):
            return
        taken = _places_taken(candidates)
        places = {candidate.start for candidate in candidates if candidate.kind is Kind.PLACES}
        names = {candidate.start for candidate in candidates}
        read = {(each.start, each.end, each.kind) for each in candidates if each.kind in _NAMES}
        packs = {(each.start, each.end) for each in candidates if each.component == _PACKS}
        done = 0
        for position, key in enumerate(tokens.keys):
            if position < done:
                continue
            for form in by_first.get(key, ()):
                end = position + len(form)
                if tuple(tokens.keys[position:end]) != form or tokens.casing[position] == Casing.UPPER:
                    continue
                start, stop = tokens.starts[position], tokens.ends[end - 1]
                full, until = forms[form].candidate, forms[form].until
                if until is not None and not full.end <= start < until:
                    break
                if not taken.isdisjoint(range(start, stop)) or (full.start <= start and stop <= full.end):
                    break
                others = [(start, stop, kind) for kind in _NAMES if kind is not Kind.ORGANIZATIONS]
                is_read = (start, stop, Kind.ORGANIZATIONS) in read and (
                    (start, stop) in packs or read.isdisjoint(others)
                )
                if (is_read and until is None) or self._is_part_of_other_name(tokens, position, end):
                    break
                if self._is_in_place(tokens, position, places):
                    break
                is_last = full.start != start and _read(tokens, full)[: len(form)] != form
                if end == position + 1 and start not in names and (is_last or tokens.is_sentence_start(position)):
                    # A capital at the start of a sentence says nothing.
                    break
                written = tokens.text[full.start : full.end]
                evidence = f"short form of '{written}' in the same article"
                yield Candidate(start, stop, Kind.ORGANIZATIONS, self._name, evidence, full.reference, Certainty.SURE)
                done = end
                break

    @staticmethod
    def _is_in_place(tokens: Tokens, position: int, places: Container[int]) -> bool:
        """Return whether the words are read as a place, and stand where places do: "in Hadley"."""
        return position > 0 and tokens.keys[position - 1].lower() in _BEFORE_PLACE and tokens.starts[position] in places

    def _is_part_of_other_name(self, tokens: Tokens, start: int, end: int) -> bool:
        """Return whether a capitalized neighbor makes the words part of a longer name: "Jane Hadley"."""
        if tokens.casing[start] != Casing.NORMAL:
            return False
        sentence = tokens.sentences[start]
        before, after = start - 1, end
        vocabulary = self._vocabulary
        if after < len(tokens) and tokens.sentences[after] == sentence and tokens.capital[after]:
            following = tokens.keys[after]
            if following not in vocabulary.titles | vocabulary.common | vocabulary.nationalities:
                return True
        if tokens.words[after : after + 1] == [","] and tokens.keys[after + 1 : after + 2] in _RELATIVES:
            # "Britt, who retired"
            return True
        if before < 0 or tokens.sentences[before] != sentence or not tokens.capital[before]:
            return False
        key = tokens.keys[before]
        return key in vocabulary.given | vocabulary.unsure_given or (
            key not in vocabulary.common | vocabulary.described and not tokens.is_sentence_start(before)
        )


def _places_taken(candidates: list[Candidate]) -> set[int]:
    """Return the characters of known places, and of names of another kind that are sure; packs know surnames alone."""
    return {
        place
        for candidate in candidates
        if (candidate.kind is Kind.PLACES and candidate.component != _RECOGNIZER)
        or (
            candidate.certainty is Certainty.SURE
            and candidate.kind not in (Kind.ORGANIZATIONS, Kind.PLACES)
            and (candidate.kind is not Kind.PEOPLE or candidate.component != _PACKS)
        )
        for place in range(candidate.start, candidate.end)
    }


def _read(tokens: Tokens, candidate: Candidate) -> Words:
    first = max(0, bisect_right(tokens.starts, candidate.start) - 1)
    words = [key for key in tokens.keys[first : bisect_left(tokens.starts, candidate.end)] if key not in ("(", ")")]
    while words and words[-1] in _MARKS:
        words.pop()
    return tuple(words)


def _split(words: Words, mark: str) -> Iterator[Words]:
    start = 0
    for position, word in enumerate((*words, mark)):
        if word == mark:
            if position > start:
                yield words[start:position]
            start = position + 1


@ArticleLanguage.factory("dossier_short_forms")
def create_short_forms(nlp: ArticleLanguage, name: str) -> ShortFormsComponent:
    """The component with the words of the packs of `nlp`."""
    return ShortFormsComponent(read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
