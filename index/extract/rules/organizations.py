"""Proposes organizations that no pack knows: by the word that heads their name, or by an acronym given beside it."""

from collections.abc import Collection, Iterator

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.things import things_of
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["OrganizationsComponent", "create_organizations"]

_MAX_WORDS_BEFORE = 6
_MAX_WORDS_AFTER = 10
# "Pty. Ltd.", "GmbH & Co. KG": no firm has more.
_MAX_MARKS = 6
_LINKS = frozenset({"of", "for", "on", "against", "to"})
_INNER = frozenset({"of", "for", "on", "and", "the", "&", "in", "de", "du", "des", "del", "la"})
_MIN_ACRONYM, _MAX_ACRONYM = 2, 7
_MIN_UNKNOWN_ACRONYM = 3


class OrganizationsComponent:
    """Proposes names that look like organizations, and the acronyms that the text defines."""

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        tokens = tokens_of(doc)
        add_candidates(doc, self._find_headed(tokens))
        return add_candidates(doc, self._find_acronyms(tokens, candidates_of(doc), things_of(doc).laws))

    def _is_name_word(self, tokens: Tokens, position: int) -> bool:
        key = tokens.keys[position]
        return tokens.capital[position] and (
            key not in self._vocabulary.common or key in self._vocabulary.organization_inside
        )

    def _find_headed(self, tokens: Tokens) -> Iterator[Candidate]:
        vocabulary = self._vocabulary
        for position, key in enumerate(tokens.keys):
            if not tokens.capital[position] or tokens.casing[position] != Casing.NORMAL:
                continue
            if key in vocabulary.organization_mark or key in vocabulary.organization_last:
                start = self._walk_back(tokens, position)
                end = self._walk_past(tokens, position)
                if end > position and not self._is_only_marks(tokens, start, position):
                    yield self._propose(tokens, start, end, f"'{tokens.words[position]}' ends the name")
            if key in vocabulary.organization_of:
                end = self._walk_on(tokens, position)
                if end > position + 1:
                    start = self._walk_back(tokens, position)
                    yield self._propose(tokens, start, end, f"'{tokens.words[position]}' heads the name")

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
            if tokens.keys[start - 1] in self._vocabulary.titles and start - 1 != position - 1:
                break
            start -= 1
        return start

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
            elif key in _INNER or key in _LINKS:
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

    def _take_marks(self, tokens: Tokens, end: int) -> int:
        """Return the position after the legal forms that follow: "Ltd", "Inc."."""
        limit = min(len(tokens), end + _MAX_MARKS)
        while end < limit and tokens.keys[end] in self._vocabulary.organization_mark:
            end += 1
        return end

    def _walk_past(self, tokens: Tokens, position: int) -> int:
        """Return the end of the name headed by the word at `position`; `position` when it is part of something else.

        What follows with capital letters belongs to it ("Major League Baseball"), unless it is a title, a given name
        or another head; an award, a building or the like makes the whole something else ("Academy Award").
        """
        vocabulary = self._vocabulary
        end = self._take_marks(tokens, position + 1)
        if end >= len(tokens) or tokens.sentences[end] != tokens.sentences[position] or not tokens.capital[end]:
            return end
        following = tokens.keys[end]
        if following in vocabulary.organization_never or following in vocabulary.place_last:
            return position
        if tokens.keys[position] in vocabulary.organization_mark:
            return position
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

    def _propose(self, tokens: Tokens, start: int, end: int, evidence: str) -> Candidate:
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
        return Candidate(tokens.starts[start], last, Kind.ORGANIZATIONS, self._name, evidence)

    def _find_acronyms(self, tokens: Tokens, candidates: list[Candidate], laws: Collection[str]) -> list[Candidate]:
        known: dict[int, Candidate] = {}
        for candidate in candidates:
            if candidate.kind is Kind.ORGANIZATIONS and (candidate.end not in known or candidate.reference is not None):
                known[candidate.end] = candidate
        defined: dict[str, tuple[str, str | None]] = {}
        found: list[Candidate] = []
        for position, word in enumerate(tokens.words):
            if word != "(" or position + 2 >= len(tokens) or tokens.words[position + 2] != ")" or position == 0:
                continue
            acronym = tokens.keys[position + 1]
            if not (_MIN_ACRONYM <= len(acronym) <= _MAX_ACRONYM and acronym[:2].isupper() and acronym.isalnum()):
                continue
            if acronym in laws:
                continue
            long_form = known.get(tokens.ends[position - 1])
            if long_form is not None:
                text = tokens.text[long_form.start : long_form.end]
                defined.setdefault(acronym, (text, long_form.reference))
                continue
            start = self._spell_out(tokens, position, acronym)
            if start is not None:
                text = tokens.text[tokens.starts[start] : tokens.ends[position - 1]]
                found.append(
                    Candidate(
                        tokens.starts[start],
                        tokens.ends[position - 1],
                        Kind.ORGANIZATIONS,
                        self._name,
                        f"acronym '{acronym}' after the name",
                    )
                )
                defined.setdefault(acronym, (text, None))
        for position, key in enumerate(tokens.keys):
            definition = defined.get(key)
            if definition is not None:
                text, reference = definition
                evidence = f"acronym of '{text}' in the same article"
            elif key not in laws and self._is_unknown_acronym(tokens, position):
                reference, evidence = None, f"acronym before '{tokens.words[position + 1]}'"
            else:
                continue
            found.append(
                Candidate(
                    tokens.starts[position],
                    tokens.ends[position],
                    Kind.ORGANIZATIONS,
                    self._name,
                    evidence,
                    reference,
                    Certainty.LIKELY,
                )
            )
        return found

    def _spell_out(self, tokens: Tokens, bracket: int, acronym: str) -> int | None:
        """Return the start of the words before the bracket whose initials are the acronym; skips small words."""
        letters = [letter for letter in acronym if letter.isupper()]
        position = bracket - 1
        sentence = tokens.sentences[bracket]
        while letters and position >= 0 and tokens.sentences[position] == sentence:
            key = tokens.keys[position]
            if tokens.capital[position] and key[0] == letters[-1]:
                letters.pop()
                if not letters:
                    return position if bracket - position > 1 else None
            elif key not in _INNER:
                return None
            position -= 1
        return None

    def _is_unknown_acronym(self, tokens: Tokens, position: int) -> bool:
        """Return whether this is an acronym before a role, such as spokesman, in text in normal case."""
        key = tokens.keys[position]
        following = position + 1
        return (
            _MIN_UNKNOWN_ACRONYM <= len(key) <= _MAX_ACRONYM
            and key.isupper()
            and key.isalpha()
            and tokens.casing[position] == Casing.NORMAL
            and key not in self._vocabulary.common
            and following < len(tokens)
            and tokens.sentences[following] == tokens.sentences[position]
            and tokens.keys[following] in self._vocabulary.roles
        )


@ArticleLanguage.factory("dossier_organizations")
def create_organizations(nlp: ArticleLanguage, name: str) -> OrganizationsComponent:
    """The component with the words of the packs of `nlp`."""
    return OrganizationsComponent(read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
