"""Proposes people that no pack knows, by the words in and around a row of capitalized words.

Each sign has its own rule; the strongest that holds for a name is its evidence: a title or role before it ("Foreign
Minister X", "spokesman X Y"), a known given name in front, an age or a role behind a comma ("X Y, 45,", "X Y, head
of"), a verb of saying beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.people.addresses import Addresses
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["PeopleComponent", "create_people"]

_MAX_WORDS = 6
_MAX_APPOSITION = 8
_MAX_AGE = 115
_MAX_PARTICLES = 3
_MIN_NAME_LETTERS = 2
_OFFICE_LINKS = frozenset({"of", "for", "on", "the", "and"})
_RELATIVE = frozenset({"who", "whose", "whom"})
_INSERTED = frozenset({"retd", "rtd", "ret", "retired", "mrs", "ms", "mr", "dr"})
_BRACKET = 3
# The dash of "NEW YORK, March 26 - Fed governor X said" ends what stands behind a comma, too.
_APPOSITION_ENDS = frozenset(",.;:()-–—")


@dataclass(slots=True)
class _Name:
    """Words `[start, end)` that may be one name; `words` of them are more than particles, initials and endings."""

    start: int
    end: int
    words: int


class PeopleComponent:
    """Proposes the names that look like people."""

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._name = name
        self._stops = vocabulary.common | vocabulary.nationalities | vocabulary.titles
        self._others = (
            vocabulary.organization_last
            | vocabulary.organization_mark
            | vocabulary.organization_never
            | vocabulary.place_last
        )
        self._described = vocabulary.described - vocabulary.given - vocabulary.titles
        self._family = vocabulary.family | vocabulary.unsure_family
        self._named = vocabulary.given | vocabulary.unsure_given
        self._addresses = Addresses(vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        tokens = tokens_of(doc)
        return add_candidates(doc, self._find(tokens))

    def _find(self, tokens: Tokens) -> Iterator[Candidate]:
        position, count = 0, len(tokens)
        while position < count:
            if not tokens.capital[position] or tokens.casing[position] == Casing.TITLE:
                position += 1
                continue
            if tokens.casing[position] == Casing.UPPER:
                end = self._read_upper_name(tokens, position)
                if end > position:
                    evidence = f"given name '{tokens.words[position]}'"
                    yield Candidate(tokens.starts[position], tokens.ends[end - 1], Kind.PEOPLE, self._name, evidence)
                position = max(end, position + 1)
                continue
            address, position = position, self._addresses.end_before_name(tokens, position)
            name = self._read_name(tokens, position)
            if name is None:
                position += 1
                continue
            judged = self._judge(tokens, name) or self._addressed(tokens, name, address)
            if judged is not None:
                evidence, certainty = judged
                yield Candidate(
                    tokens.starts[name.start],
                    tokens.ends[name.end - 1],
                    Kind.PEOPLE,
                    self._name,
                    evidence,
                    certainty=certainty,
                )
            position = name.end

    def _read_upper_name(self, tokens: Tokens, start: int) -> int:
        """Return the end of a name in text in capitals ("RECEP TAYYIP ERDOGAN"); `start` when there is none."""
        vocabulary = self._vocabulary
        sentence = tokens.sentences[start]
        if start > 0 and tokens.keys[start - 1].capitalize() in vocabulary.place_first:
            return start
        end = start
        while end < len(tokens) and tokens.sentences[end] == sentence:
            key = tokens.keys[end].capitalize()
            if key in vocabulary.given:
                end += 1
                continue
            is_surname = (
                end > start
                and key.isalpha()
                and key not in self._stops
                and key not in self._others
                and key.lower() not in vocabulary.verbs | vocabulary.roles | vocabulary.particles
            )
            return end + 1 if is_surname else start
        return start

    def _read_name(self, tokens: Tokens, start: int) -> _Name | None:
        """Return the longest row of words from `start` that could be one name; None at an ordinary word."""
        vocabulary = self._vocabulary
        if tokens.keys[start] in self._described or self._is_role(tokens, start):
            # "Chipmaker Brontek said" is no person, and "Brontek" alone needs a sign of its own.
            return None
        keys, words = tokens.keys, tokens.words
        sentence = tokens.sentences[start]
        count = len(tokens)
        position = end = start
        counted = 0
        while position < count and tokens.sentences[position] == sentence and position - start < _MAX_WORDS:
            key = keys[position]
            if tokens.capital[position] and not self._is_stop(tokens, start, position):
                if len(key) == 1 or (len(words[position]) > len(key) and "." in words[position]):
                    # An initial, with its full stop: "J.", "H.W.".
                    following = position + 1
                    if following < count and words[following] == "." and len(key) == 1:
                        following += 1
                    if end != position and counted == 0:
                        return None
                    position = end = following
                    continue
                if not key[0].isalpha() or any(letter.isdigit() for letter in key) or key.endswith("n't"):
                    break
                if key not in vocabulary.endings or end == start:
                    counted += 1
                position += 1
                if keys[start] in self._family and self._is_joined(tokens, position):
                    # The second half of a given name in two: "Myung-bak".
                    position += 2
                end = position
            elif counted and key in vocabulary.particles and self._skip_particles(tokens, position) > position:
                position = self._skip_particles(tokens, position)
            else:
                break
        if counted == 0 or end <= start:
            return None
        return _Name(start, end, counted)

    def _skip_particles(self, tokens: Tokens, position: int) -> int:
        """Return the position after "van der"; `position` when no name follows."""
        following = position
        while following < len(tokens) and tokens.keys[following] in self._vocabulary.particles:
            following += 1
        is_name = following < len(tokens) and tokens.capital[following] and following - position <= _MAX_PARTICLES
        return following if is_name else position

    def _is_stop(self, tokens: Tokens, start: int, position: int) -> bool:
        """Return whether a word ends a name: an ordinary word or a title, unless it is a surname ("Ayla King")."""
        key = tokens.keys[position]
        if tokens.keys[start] not in self._vocabulary.given and self._is_role(tokens, position):
            return True
        if key not in self._stops and not self._is_title(key):
            return False
        following = position + 1
        return not (
            key in self._vocabulary.titles
            and position == start + 1
            and tokens.keys[start] in self._vocabulary.given
            and key not in self._vocabulary.common
            and not (following < len(tokens) and tokens.capital[following])
        )

    def _is_role(self, tokens: Tokens, position: int) -> bool:
        """Return whether a word with a capital letter says what the person behind it is: "Lawmaker Ayla Brunt"."""
        key, following = tokens.keys[position], position + 1
        if key.lower() not in self._vocabulary.roles or not tokens.capital[position] or key in self._named:
            return False
        return (
            following < len(tokens)
            and tokens.capital[following]
            and tokens.sentences[following] == tokens.sentences[position]
        )

    def _is_title(self, key: str) -> bool:
        """Return whether a word is a title, also one with a hyphen: "Lieutenant-General", "President-elect"."""
        titles = self._vocabulary.titles
        return key in titles or ("-" in key and not titles.isdisjoint(key.split("-")))

    @staticmethod
    def _is_joined(tokens: Tokens, position: int) -> bool:
        """Return whether a hyphen and a word in small letters follow without a blank."""
        return (
            position + 1 < len(tokens)
            and tokens.keys[position] == "-"
            and tokens.starts[position] == tokens.ends[position - 1]
            and tokens.starts[position + 1] == tokens.ends[position]
            and tokens.keys[position + 1].isalpha()
            and tokens.keys[position + 1].islower()
        )

    def _drop_office(self, tokens: Tokens, name: _Name) -> None:
        """Move the start of a name past the words of an office: "Minister of | Defense | Hulusi Akar"."""
        given = self._vocabulary.given
        first = tokens.keys[name.start]
        if first in given or name.words < 3:
            return
        before = name.start - 1
        is_office = first.isupper() or (before >= 0 and tokens.keys[before] in _OFFICE_LINKS)
        if not is_office:
            return
        for position in range(name.start + 1, name.end - 1):
            if tokens.keys[position] in given:
                name.words -= position - name.start
                name.start = position
                return

    def _judge(self, tokens: Tokens, name: _Name) -> tuple[str, Certainty] | None:
        """Return the evidence that the name is a person's and its certainty; None when there is none."""
        keys = tokens.keys
        self._drop_office(tokens, name)
        if any(key in self._others for key in keys[name.start : name.end]) and name.words > 1:
            return None
        single = next((key for key in keys[name.start : name.end] if len(key) > 1), keys[name.start])
        if name.words == 1 and (len(single) < _MIN_NAME_LETTERS or (single.isupper() and len(single) < 6)):
            return None
        if name.words == 1 and self._is_part_of_title(tokens, name):
            return None
        before = self._before(tokens, name)
        if before is not None:
            return before
        if name.words == 1:
            return None
        return self._inside(tokens, name) or self._after(tokens, name)

    def _addressed(self, tokens: Tokens, name: _Name, address: int) -> tuple[str, Certainty] | None:
        """Return the form of address between `address` and the name as evidence, when only people are addressed so."""
        if address == name.start or not self._addresses.is_title(tokens, address):
            return None
        return f"title '{tokens.words[address]}' before name", Certainty.SURE

    def _is_part_of_title(self, tokens: Tokens, name: _Name) -> bool:
        """Return whether the word stands between two titles: "Deputy | Prime | Minister"."""
        before, after = name.start - 1, name.end
        return (
            before >= 0
            and after < len(tokens)
            and tokens.sentences[before] == tokens.sentences[after]
            and tokens.capital[after]
            and self._is_title(tokens.keys[before])
            and self._is_title(tokens.keys[after])
        )

    def _before(self, tokens: Tokens, name: _Name) -> tuple[str, Certainty] | None:
        position = name.start - 1
        sentence = tokens.sentences[name.start]
        if tokens.words[position] == ")" and position >= _BRACKET and tokens.keys[position - 1].lower() in _INSERTED:
            # "Lt Gen (retd) X", "Prof. (Mrs) X"
            position -= _BRACKET
        if position >= 0 and tokens.words[position] == "." and position > 0:
            position -= 1
        if position < 0 or tokens.sentences[position] != sentence:
            return None
        key = tokens.keys[position]
        if self._is_title(key):
            return f"title '{tokens.words[position]}' before name", Certainty.SURE
        if position == name.start - 1 and name.words > 1 and self._is_role(tokens, position):
            return f"'{key}' before name", Certainty.LIKELY
        if key in self._vocabulary.roles and position == name.start - 1:
            if name.words > 1:
                return f"'{key}' before name", Certainty.SURE
            if tokens.keys[name.start] not in self._vocabulary.unsure_given:
                return f"'{key}' before name", Certainty.LIKELY
        return None

    def _inside(self, tokens: Tokens, name: _Name) -> tuple[str, Certainty] | None:
        vocabulary = self._vocabulary
        first = tokens.keys[name.start]
        word = tokens.words[name.start]
        if first in vocabulary.given:
            return f"given name '{word}'", Certainty.LIKELY
        if first in vocabulary.unsure_given and not tokens.is_sentence_start(name.start):
            return f"given name '{word}'", Certainty.LIKELY
        if first in vocabulary.family and name.words <= 3:
            return f"family name '{word}' before given name", Certainty.LIKELY
        return None

    def _after(self, tokens: Tokens, name: _Name) -> tuple[str, Certainty] | None:
        vocabulary = self._vocabulary
        keys, end, count = tokens.keys, name.end, len(tokens)
        sentence = tokens.sentences[name.start]
        if end + 1 < count and tokens.words[end] == "," and tokens.sentences[end + 1] == sentence:
            following = keys[end + 1]
            if following.isdigit() and 0 < int(following[:4]) < _MAX_AGE and end + 2 < count and keys[end + 2] in ",.":
                return f"age {following} after name", Certainty.LIKELY
            if following in _RELATIVE:
                return f"'{following}' after name", Certainty.LIKELY
            for position in range(end + 1, min(end + 1 + _MAX_APPOSITION, count)):
                if keys[position] in vocabulary.roles:
                    return f"'{keys[position]}' after name", Certainty.LIKELY
                if keys[position] in _APPOSITION_ENDS or keys[position] in vocabulary.verbs:
                    break
        if name.words > 3:
            return None
        if end < count and keys[end] in vocabulary.verbs and tokens.sentences[end] == sentence:
            return f"'{keys[end]}' after name", Certainty.LIKELY
        before = name.start - 1
        if before >= 0 and keys[before] in vocabulary.verbs and tokens.sentences[before] == sentence:
            return f"'{keys[before]}' before name", Certainty.GUESS
        return None


@ArticleLanguage.factory("dossier_people")
def create_people(nlp: ArticleLanguage, name: str) -> PeopleComponent:
    """The component with the words of the packs of `nlp`."""
    return PeopleComponent(read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
