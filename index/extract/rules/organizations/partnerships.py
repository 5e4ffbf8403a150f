"""Finds firms named after partners, with "and" and commas inside: "Brunt, Quell and Co", "Brunt y Asociados, S.A."."""

from collections.abc import Iterator, Mapping
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["NAME", "PartnershipsComponent", "create_partnerships"]

NAME: Final = "partnerships"
"""The component of the candidates."""
_MAX_PARTNERS: Final = 4
_MAX_WORDS: Final = 5
_MAX_WORDS_OF_OTHERS: Final = 3
_COMMA: Final = ","
_DASHES: Final = frozenset("-–—")
_GROUPS: Final = frozenset({"Allies", "Members", "Friends", "Donors", "Clients"})
_BEFORE_TOWN: Final = frozenset({"in", "near"})
# Legal forms that only partners have: "Brunt, Quell & Harlow LLP".
_FORMS_OF_PARTNERS: Final = frozenset({"LLP", "PLLC"})
_AMPERSANDS: Final = frozenset({"&", "and"})


class PartnershipsComponent:
    """Proposes the firms whose names end with "and Sons", "& Cie", "dan Putra" and the like."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._partners = vocabulary.partners
        self._links = vocabulary.partner_links
        self._marks = vocabulary.organization_mark
        self._form_first = vocabulary.form_first
        self._particles = vocabulary.particles - vocabulary.partner_links
        self._towns = vocabulary.towns
        self._titles = vocabulary.titles - vocabulary.addresses
        titles = {title.lower() for title in vocabulary.titles}
        describing = vocabulary.organization_nouns | vocabulary.roles | titles
        self._describing = describing | {f"{noun}s" for noun in describing}
        # "Haji Brunt and Sons" is called so; "President Brunt and Partners" is not.
        self._stops = (
            (vocabulary.common | vocabulary.titles | vocabulary.nationalities | vocabulary.described)
            - vocabulary.addresses
            - vocabulary.form_first
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each firm."""
        tokens = tokens_of(doc)
        known = {
            candidate.end: candidate.kind
            for candidate in candidates_of(doc)
            if candidate.kind in (Kind.PLACES, Kind.ORGANIZATIONS) and candidate.certainty is Certainty.SURE
        }
        return add_candidates(doc, list(self._find(tokens, known)))

    def _find(self, tokens: Tokens, known: Mapping[int, Kind]) -> Iterator[Candidate]:
        for position in range(1, len(tokens) - 1):
            if tokens.words[position] in _AMPERSANDS and (form := self._form_behind(tokens, position + 1)):
                start = self._start(tokens, position, known)
                if start < position:
                    evidence = f"'{tokens.words[form]}' ends the name of partners"
                    yield Candidate(
                        tokens.starts[start],
                        self._end(tokens, form + 1),
                        Kind.ORGANIZATIONS,
                        NAME,
                        evidence,
                        certainty=Certainty.SURE,
                    )
                continue
            if tokens.keys[position] not in self._links or not self._is_partner(tokens, position + 1):
                continue
            start = self._start(tokens, position, known)
            if start < position and not self._is_about_people(tokens, start, position):
                end = self._end(tokens, position + 2)
                evidence = f"'{tokens.words[position]} {tokens.words[position + 1]}' ends the name"
                yield Candidate(tokens.starts[start], end, Kind.ORGANIZATIONS, NAME, evidence, certainty=Certainty.SURE)

    def _is_partner(self, tokens: Tokens, position: int) -> bool:
        return (
            tokens.keys[position] in self._partners
            and tokens.capital[position]
            and tokens.casing[position] != Casing.UPPER
            and tokens.sentences[position] == tokens.sentences[position - 1]
        )

    def _form_behind(self, tokens: Tokens, position: int) -> int | None:
        """Return where the legal form of partners ends the name of the last of them, which begins at `position`."""
        for end in range(position, min(len(tokens), position + _MAX_WORDS_OF_OTHERS + 1)):
            if tokens.sentences[end] != tokens.sentences[position] or not tokens.capital[end]:
                return None
            if tokens.keys[end] in _FORMS_OF_PARTNERS:
                return end if end > position else None
        return None

    def _is_about_people(self, tokens: Tokens, start: int, link: int) -> bool:
        """Return whether this is "President Brunt and Partners", or "Allies and Partners"."""
        before = start - 1
        is_titled = (
            before >= 0 and tokens.sentences[before] == tokens.sentences[start] and tokens.keys[before] in self._titles
        )
        return is_titled or tokens.keys[link - 1] in _GROUPS

    def _start(self, tokens: Tokens, link: int, known: Mapping[int, Kind]) -> int:
        """Return the start of the names before the word for "and" at `link`; `link` when there is none."""
        end = link - 1 if tokens.words[link - 1] == _COMMA else link
        start = self._walk_back(tokens, end, _MAX_WORDS)
        if start == end or all(key in self._marks or key in self._partners for key in tokens.keys[start:end]):
            return link
        for _ in range(_MAX_PARTNERS - 1):
            comma = start - 1
            if comma < 1 or tokens.words[comma] != _COMMA or tokens.keys[start] in self._form_first:
                break
            earlier = self._walk_back(tokens, comma, _MAX_WORDS_OF_OTHERS)
            if earlier == comma or not self._may_be_partner(tokens, earlier, comma, known):
                break
            start = earlier
        return start

    def _may_be_partner(self, tokens: Tokens, start: int, end: int, known: Mapping[int, Kind]) -> bool:
        """Return whether the words are the name of somebody; not a place, or a firm that has its form already.

        A firm that is known is a partner only where no list goes on before it: "Apple, Ford, Brunt and Co".
        """
        is_whole = tokens.keys[end - 1] in self._marks or tokens.keys[end - 1] in self._partners
        before = tokens.keys[start - 1].lower() if start else ""
        is_town = before in _BEFORE_TOWN and " ".join(tokens.keys[start:end]) in self._towns
        kind = known.get(tokens.ends[end - 1])
        is_listed = kind is Kind.ORGANIZATIONS and before == _COMMA
        return not is_whole and not is_town and not is_listed and kind is not Kind.PLACES

    def _walk_back(self, tokens: Tokens, end: int, most: int) -> int:
        """Return the start of the row of at most so many words of a name that ends before `end`."""
        start = position = end
        while position > 0 and end - position < most and tokens.sentences[position - 1] == tokens.sentences[end]:
            position -= 1
            key = tokens.keys[position]
            is_first = tokens.is_sentence_start(position) or tokens.words[position - 1] in _DASHES
            is_describing = is_first and key.lower() in self._describing and start < end
            if tokens.capital[position] and key[0].isalpha() and key not in self._stops and not is_describing:
                start = position
            elif tokens.words[position] == "." and position > 0 and len(tokens.keys[position - 1]) == 1:
                # The full stop of an initial
                continue
            elif start == end or key not in self._particles:
                break
        return start

    def _end(self, tokens: Tokens, end: int) -> int:
        """Return the character at which the name ends, with the legal forms that follow at token `end`."""
        position = end
        while position < len(tokens) and tokens.sentences[position] == tokens.sentences[end - 1]:
            if tokens.keys[position] in self._marks or tokens.keys[position] in self._partners:
                position += 1
                end = position
            elif tokens.words[position] in ".,":
                position += 1
            else:
                break
        last = tokens.ends[end - 1]
        is_stop = end + 1 < len(tokens) and tokens.words[end] == "." and tokens.starts[end] == last
        return tokens.ends[end] if is_stop and tokens.sentences[end + 1] == tokens.sentences[end] else last


@ArticleLanguage.factory("dossier_partnerships")
def create_partnerships(nlp: ArticleLanguage, name: str) -> PartnershipsComponent:
    """The component with the words of the packs of `nlp`."""
    return PartnershipsComponent(read_vocabulary(nlp.packs))
