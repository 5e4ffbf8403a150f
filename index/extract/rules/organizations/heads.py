"""Proposes organizations that no pack knows: by the word that heads their name, or by an acronym."""

from collections.abc import Iterator

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.organizations.acronyms import INNER_WORDS, Acronyms
from index.extract.rules.organizations.bodies import find_bodies
from index.extract.rules.organizations.codes import is_code
from index.extract.rules.systems.lookalikes import things_of
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["OrganizationsComponent", "create_organizations"]

_MAX_WORDS_BEFORE = 6
_MAX_WORDS_AFTER = 10
# "Pty. Ltd.", "GmbH & Co. KG": no firm has more.
_MAX_MARKS = 6
_LETTERS_OF_FORM = (3, 4, 5)
_SURE_FORMS = frozenset({"PLC", "LLC", "LLP", "LTD", "INC"})
_LINKS = frozenset({"of", "for", "on", "against", "to"})
_OF_CAPITAL = "de"


class OrganizationsComponent:
    """Proposes names that look like organizations, and the acronyms that the text defines."""

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._name = name
        self._acronyms = Acronyms(vocabulary, name)

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        tokens = tokens_of(doc)
        known = {each.start for each in candidates_of(doc) if each.kind is Kind.ORGANIZATIONS}
        add_candidates(doc, list(find_bodies(tokens, self._vocabulary, known, self._name)))
        add_candidates(doc, self._find_headed(tokens))
        return add_candidates(doc, self._acronyms.find(tokens, candidates_of(doc), things_of(doc).laws))

    def _is_name_word(self, tokens: Tokens, position: int) -> bool:
        key = tokens.keys[position]
        return tokens.capital[position] and (
            key not in self._vocabulary.common or key in self._vocabulary.organization_inside
        )

    def _find_headed(self, tokens: Tokens) -> Iterator[Candidate]:
        vocabulary = self._vocabulary
        for position, key in enumerate(tokens.keys):
            is_mark = key in vocabulary.organization_mark
            if not (tokens.capital[position] or is_mark) or tokens.casing[position] != Casing.NORMAL:
                continue
            if is_mark or key in vocabulary.organization_last:
                start = self._walk_back(tokens, position)
                end = self._walk_past(tokens, position)
                # "Airline Veluna said": what Veluna is begins no name.
                is_description = start == position and key in vocabulary.described
                is_description = is_description or self._is_period(tokens, start, position)
                if end > position and not is_description and not self._is_only_marks(tokens, start, position):
                    certainty = Certainty.SURE if self._is_unmistakable(tokens, position) else Certainty.LIKELY
                    evidence = f"'{tokens.words[position]}' ends the name"
                    yield self._propose(tokens, start, end, evidence, certainty=certainty)
            elif (end := self._long_mark(tokens, position)) > position:
                start = self._walk_back(tokens, position)
                if not self._is_only_marks(tokens, start, position):
                    evidence = f"'{tokens.text[tokens.starts[position] : tokens.ends[end - 1]]}' ends the name"
                    yield self._propose(tokens, start, end, evidence, certainty=Certainty.SURE)
            if key in vocabulary.form_first and "." not in tokens.words[position]:
                end = self._walk_behind_form(tokens, position)
                if end > position + 1:
                    yield self._propose(tokens, position, end, f"'{tokens.words[position]}' begins the name")
            if key in vocabulary.organization_of:
                end = self._walk_on(tokens, position)
                if end > position + 1:
                    start = self._walk_back(tokens, position)
                    yield self._propose(tokens, start, end, f"'{tokens.words[position]}' heads the name")

    def _is_unmistakable(self, tokens: Tokens, position: int) -> bool:
        """Return whether a word is a legal form and nothing else: "Ltd", "S.p.A."; "SA" and "AG" mean more.

        Before the code of a firm they mean nothing else: "SE | SAPG.DE".
        """
        key, word = tokens.keys[position], tokens.words[position]
        following = position + 1
        if key in _SURE_FORMS or (following < len(tokens) and is_code(tokens.text, tokens.starts[following])):
            return True
        is_dotted = "." in word.rstrip(".")
        is_mark = key in self._vocabulary.organization_mark and (is_dotted or len(key) in _LETTERS_OF_FORM)
        return is_mark and (not key.isupper() or is_dotted or len(key) > _LETTERS_OF_FORM[0])

    def _is_period(self, tokens: Tokens, start: int, position: int) -> bool:
        """Return whether a word behind a country or a people says how often: "US Weekly Claims"."""
        vocabulary = self._vocabulary
        if tokens.keys[position] not in vocabulary.periods or start < position - 1:
            return False
        return tokens.keys[start] in vocabulary.country_acronyms | vocabulary.nationalities

    def _is_only_marks(self, tokens: Tokens, start: int, end: int) -> bool:
        """Return whether there are only legal forms, or no words: "Co Inc" is no name."""
        return all(key in self._vocabulary.organization_mark for key in tokens.keys[start:end])

    def _walk_back(self, tokens: Tokens, position: int) -> int:
        """Return the start of the capitalized words before `position`; at most a few words back."""
        sentence = tokens.sentences[position]
        start = position
        while (
            start > 0
            and position - start < _MAX_WORDS_BEFORE
            and tokens.sentences[start - 1] == sentence
            and (
                self._is_name_word(tokens, start - 1)
                or (tokens.words[start - 1] == "&" and start > 1 and tokens.capital[start - 2])
            )
        ):
            key = tokens.keys[start - 1]
            # "Chipmaker Nexbolt Ltd", "Charity Dorn Foundation", but "Airline Pilots Association"
            is_firm = tokens.keys[position] not in self._vocabulary.organization_of or not self._is_plain(tokens, start)
            # "Bank Nusa Raya Tbk" is called so.
            is_named_so = (
                key in self._vocabulary.organization_of and tokens.keys[position] in self._vocabulary.organization_mark
            )
            is_described = is_firm and key in self._vocabulary.described and not is_named_so
            if start < position and (key in self._vocabulary.titles or is_described):
                break
            if self._ends_other_firm(tokens, start):
                break
            start -= 1
        return start

    def _is_plain(self, tokens: Tokens, position: int) -> bool:
        """Return whether a word can say whose association this is: "Airline | Pilots Association"."""
        key = tokens.keys[position]
        vocabulary = self._vocabulary
        return (
            key in vocabulary.organization_of
            or key.endswith("s")
            or key in vocabulary.organization_inside
            or key in vocabulary.common
        )

    def _ends_other_firm(self, tokens: Tokens, start: int) -> bool:
        """Return whether the word before `start` is the legal form of another firm: "Brunt Inc | Quell Ltd"."""
        marks = self._vocabulary.organization_mark
        return (
            start > 1
            and tokens.keys[start - 1] in marks
            and tokens.keys[start] not in marks
            and tokens.capital[start - 2]
            and tokens.sentences[start - 2] == tokens.sentences[start]
        )

    def _walk_on(self, tokens: Tokens, position: int) -> int:
        """Return the end of "of X and Y" after the word at `position`; `position + 1` when it does not follow."""
        sentence = tokens.sentences[position]
        count = len(tokens)
        end = current = position + 1
        if current >= count or tokens.keys[current] not in _LINKS:
            return end
        if tokens.keys[current] == "on" and current + 1 < count and tokens.keys[current + 1] == "the":
            # "the Security Council on the conflict"
            return end
        limit = min(count, position + _MAX_WORDS_AFTER)
        while current < limit and tokens.sentences[current] == sentence:
            key = tokens.keys[current]
            if self._is_name_word(tokens, current):
                current += 1
                end = current
            elif key in INNER_WORDS or key in _LINKS:
                if key == "and" and not self._continues(tokens, current + 1):
                    break
                current += 1
            else:
                break
        return end

    def _continues(self, tokens: Tokens, position: int) -> bool:
        """Return whether the word after "and" goes on with the name, as in "Health and Human Services"."""
        if position >= len(tokens) or not tokens.capital[position]:
            return False
        key = tokens.keys[position]
        vocabulary = self._vocabulary
        is_name = key in vocabulary.given or key in vocabulary.titles or key in vocabulary.unsure_given
        return key.isalpha() and not key.isupper() and not is_name and key not in vocabulary.organization_of

    def _walk_behind_form(self, tokens: Tokens, position: int) -> int:
        """Return the end of the capitalized words behind a legal form that begins a name: "PT Karya Dana"."""
        vocabulary = self._vocabulary
        end = position + 1
        while (
            end < min(len(tokens), position + _MAX_WORDS_BEFORE)
            and tokens.sentences[end] == tokens.sentences[position]
            and self._is_name_word(tokens, end)
            and tokens.keys[end][0].isalpha()
            and tokens.keys[end] not in vocabulary.titles | vocabulary.nationalities
        ):
            end += 1
        return self._take_marks(tokens, end) if end > position + 1 else end

    def _take_marks(self, tokens: Tokens, end: int) -> int:
        """Return the position after the legal forms that follow: "Ltd", "Inc."."""
        marks = self._vocabulary.organization_mark
        limit = min(len(tokens), end + _MAX_MARKS)
        while end < limit:
            if tokens.keys[end] in marks:
                end += 1
            elif tokens.words[end] == _OF_CAPITAL and end + 1 < limit and tokens.keys[end + 1] in marks:
                # "S.A.B. | de C.V."
                end += 2
            elif (following := self._long_mark(tokens, end)) > end:
                end = following
            else:
                break
        return end

    def _long_mark(self, tokens: Tokens, position: int) -> int:
        """Return the end of a legal form of several words that begins here: "Sp. z o.o."; else `position`."""
        for mark in self._vocabulary.long_marks.get(tokens.keys[position], ()):
            end = position + len(mark)
            if tuple(tokens.keys[position:end]) == mark:
                return end
        return position

    def _walk_past(self, tokens: Tokens, position: int) -> int:
        """Return the end of the name headed by the word at `position`; `position` when it is part of something else.

        What follows with capital letters belongs to it ("Major League Baseball"), unless it is a title, a given name
        or another head; an award, a building or the like makes the whole something else ("Academy Award").
        """
        vocabulary = self._vocabulary
        end = self._take_marks(tokens, position + 1)
        if end > position + 1 and tokens.keys[position] not in vocabulary.organization_mark:
            # A legal form ends a name: "Corvin Energy S.A. | Paris".
            return end
        if end >= len(tokens) or tokens.sentences[end] != tokens.sentences[position] or not tokens.capital[end]:
            return end
        following = tokens.keys[end]
        if is_code(tokens.text, tokens.starts[end]):
            return end
        if following in vocabulary.organization_never or following in vocabulary.place_last:
            return position
        if tokens.keys[position] in vocabulary.organization_mark:
            # "Quell Ltd QLL", "Quell Ltd CEO"
            is_whole = following.isupper() and self._is_unmistakable(tokens, position)
            return end if is_whole else position
        is_own = (
            following in vocabulary.common
            or following in vocabulary.titles
            or following in vocabulary.given
            or following in vocabulary.unsure_given
            or following in vocabulary.organization_last
            or following in vocabulary.nationalities
            or not following.isalpha()
            or following.isupper()
        )
        if is_own or (end + 1 < len(tokens) and tokens.capital[end + 1]):
            return end
        return end + 1

    def _propose(
        self, tokens: Tokens, start: int, end: int, evidence: str, *, certainty: Certainty = Certainty.LIKELY
    ) -> Candidate:
        last = tokens.ends[end - 1]
        if (
            end < len(tokens)
            and tokens.words[end] == "."
            and tokens.keys[end - 1] in self._vocabulary.organization_mark
            and tokens.starts[end] == last
            and end + 1 < len(tokens)
            and tokens.sentences[end + 1] == tokens.sentences[end]
        ):
            last = tokens.ends[end]
        return Candidate(tokens.starts[start], last, Kind.ORGANIZATIONS, self._name, evidence, certainty=certainty)


@ArticleLanguage.factory("dossier_organizations")
def create_organizations(nlp: ArticleLanguage, name: str) -> OrganizationsComponent:
    """The component with the words of the packs of `nlp`."""
    return OrganizationsComponent(read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
