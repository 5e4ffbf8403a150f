"""Finds acronyms of organizations: those that a text gives beside the long form, and those before a role."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from index.extract.candidates import Candidate, Certainty
from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import Casing, Tokens, read_tokens
from index.model import Kind
from index.normalize.names import fold_name

__all__ = ["INNER_WORDS", "Acronyms"]

INNER_WORDS: Final = frozenset({"of", "for", "on", "and", "the", "&", "in", "de", "du", "des", "del", "la"})
"""Small words inside a long form; they have no letter in its acronym."""
_MIN_ACRONYM, _MAX_ACRONYM = 2, 7
_MIN_UNKNOWN_ACRONYM = 3


class Acronyms:
    """Proposes the acronyms of one text, and the long forms that only their acronym tells."""

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._name = name

    def find(self, tokens: Tokens, candidates: list[Candidate], laws: Collection[str]) -> list[Candidate]:
        """Return the candidates; an acronym that is also a country's ("US") is left to the country."""
        known: dict[int, Candidate] = {}
        for candidate in candidates:
            if candidate.kind is Kind.ORGANIZATIONS and (candidate.end not in known or candidate.reference is not None):
                known[candidate.end] = candidate
        countries = {
            candidate.end: candidate.start
            for candidate in candidates
            if candidate.kind is Kind.PLACES and candidate.certainty is Certainty.SURE
        }
        found: list[Candidate] = []
        defined = self._definitions(tokens, known, laws, found, countries)
        for acronym in self._vocabulary.country_acronyms.intersection(defined):
            del defined[acronym]
        of_countries = {tokens.text[each.start : each.end] for each in found if each.certainty is Certainty.SURE}
        self._drop_other_meanings(tokens, candidates, defined, of_countries)
        found += self._with_slash(tokens, list(known.values()))
        found += self._occurrences(tokens, defined, laws)
        return found

    def _drop_other_meanings(
        self,
        tokens: Tokens,
        candidates: list[Candidate],
        defined: Mapping[str, tuple[str, str | None]],
        of_countries: Collection[str],
    ) -> None:
        """Leave no acronym that a pack knows for something else than what the text spells out.

        The packs call NATO so; in "National Association of Tea Owners (NATO)" it is another one. Names that end with
        their country have it in another language, mostly, and other letters: "Statistics Norway (SSB)".
        """
        known = self._vocabulary.acronym_names
        others = {
            acronym
            for acronym, (text, reference) in defined.items()
            if reference is None and acronym in known and self._is_other(text, acronym, known[acronym])
        }
        spelled = {
            acronym: frozenset(fold_name(text).split()) - INNER_WORDS
            for acronym, (text, _) in defined.items()
            if text in of_countries
        }
        if others or spelled:
            candidates[:] = [
                each
                for each in candidates
                if each.reference is None
                or not (
                    (written := tokens.text[each.start : each.end]) in others
                    or (written in spelled and spelled[written].isdisjoint(fold_name(each.evidence).split()))
                )
            ]

    def _is_other(self, text: str, acronym: str, names: Collection[frozenset[str]]) -> bool:
        """Return whether the long form has these initials and shares few words with the names that a pack knows."""
        words = [word for word in fold_name(text).split() if word not in INNER_WORDS]
        initials = "".join(word[0] for word in words).upper()
        return initials == acronym and all(
            2 * len(name.intersection(words)) < min(len(words), len(name - INNER_WORDS)) for name in names
        )

    def _definitions(
        self,
        tokens: Tokens,
        known: Mapping[int, Candidate],
        laws: Collection[str],
        found: list[Candidate],
        places: Mapping[int, int],
    ) -> dict[str, tuple[str, str | None]]:
        """Return the long form of each acronym in brackets behind it, with its reference.

        Long forms that nothing but their initials tells are appended to `found`.
        """
        defined: dict[str, tuple[str, str | None]] = {}
        for position, word in enumerate(tokens.words):
            if word != "(" or position + 2 >= len(tokens) or tokens.words[position + 2] != ")" or position == 0:
                continue
            acronym = tokens.keys[position + 1]
            if not (_MIN_ACRONYM <= len(acronym) <= _MAX_ACRONYM and acronym[:2].isupper() and acronym.isalnum()):
                continue
            if acronym in laws:
                continue
            long_form = known.get(tokens.ends[position - 1])
            if long_form is not None and self._is_cut(tokens, position, long_form, acronym):
                continue
            if long_form is not None:
                text = tokens.text[long_form.start : long_form.end]
                defined.setdefault(acronym, (text, long_form.reference))
                continue
            start = self._spell_out(tokens, position, acronym)
            of_country = self._before_country(tokens, position, acronym, places) if start is None else None
            if of_country is not None:
                start = of_country
            if start is not None:
                text = tokens.text[tokens.starts[start] : tokens.ends[position - 1]]
                found.append(
                    Candidate(
                        tokens.starts[start],
                        tokens.ends[position - 1],
                        Kind.ORGANIZATIONS,
                        self._name,
                        f"acronym '{acronym}' after the name",
                        certainty=Certainty.LIKELY if of_country is None else Certainty.SURE,
                    )
                )
                defined.setdefault(acronym, (text, None))
        return defined

    def _is_cut(self, tokens: Tokens, bracket: int, long_form: Candidate, acronym: str) -> bool:
        """Return whether the acronym is that of a longer name, which ends with a known one: "Aker | BP (AKRBP)".

        Its letters may stand in another order, as in another language: "Christian | Democratic Party (PDC)".
        """
        start = bracket - 1
        while start > 0 and tokens.starts[start] > long_form.start:
            start -= 1
        before = start - 1
        if long_form.reference is None or before < 0 or tokens.sentences[before] != tokens.sentences[bracket]:
            return False
        key, vocabulary = tokens.keys[before], self._vocabulary
        if not tokens.capital[before] or not key.isalpha():
            return False
        first, own = key[0].upper(), {word[0].upper() for word in tokens.keys[start:bracket]}
        if first in acronym and first not in own and not own.issuperset(acronym):
            return True
        is_name = key not in vocabulary.common | vocabulary.titles | vocabulary.nationalities
        return is_name and acronym[0] == first and acronym[0] != tokens.keys[start][0].upper()

    def _occurrences(
        self, tokens: Tokens, defined: Mapping[str, tuple[str, str | None]], laws: Collection[str]
    ) -> Iterator[Candidate]:
        for position, key in enumerate(tokens.keys):
            definition = defined.get(key)
            if definition is not None:
                text, reference = definition
                evidence = f"acronym of '{text}' in the same article"
            elif key not in laws and self._is_unknown_acronym(tokens, position):
                reference, evidence = None, f"acronym before '{tokens.words[position + 1]}'"
            else:
                continue
            yield Candidate(
                tokens.starts[position],
                tokens.ends[position],
                Kind.ORGANIZATIONS,
                self._name,
                evidence,
                reference,
                Certainty.LIKELY,
            )

    def _with_slash(self, tokens: Tokens, known: list[Candidate]) -> Iterator[Candidate]:
        """Yield acronyms such as "S/P", when one organization of the text has these initials."""
        by_initials: dict[str, Candidate | None] = {}
        if "/" not in tokens.words:
            return
        for candidate in known:
            initials = self._initials(tokens.text[candidate.start : candidate.end])
            other = by_initials.setdefault(initials, candidate)
            if other is not None and (other.reference is None or other.reference != candidate.reference):
                same = tokens.text[other.start : other.end] == tokens.text[candidate.start : candidate.end]
                by_initials[initials] = other if same else None
        for slash, word in enumerate(tokens.words):
            if word != "/" or not 0 < slash < len(tokens) - 1:
                continue
            long_form = by_initials.get(tokens.keys[slash - 1] + tokens.keys[slash + 1])
            is_joined = tokens.ends[slash - 1] == tokens.starts[slash] == tokens.starts[slash + 1] - 1
            if long_form is not None and is_joined:
                evidence = f"initials of '{tokens.text[long_form.start : long_form.end]}' in the same article"
                yield Candidate(
                    tokens.starts[slash - 1],
                    tokens.ends[slash + 1],
                    Kind.ORGANIZATIONS,
                    self._name,
                    evidence,
                    long_form.reference,
                    Certainty.SURE,
                )

    def _initials(self, written: str) -> str:
        words = (key for key in read_tokens(written).keys if key not in self._vocabulary.organization_mark)
        return "".join(word[0] for word in words if word[0].isupper())

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
            elif key not in INNER_WORDS:
                return None
            position -= 1
        return None

    def _before_country(self, tokens: Tokens, bracket: int, acronym: str, places: Mapping[int, int]) -> int | None:
        """Return the start of a name that ends with a known place before the bracket: "Statistics | Norway (SSB)"."""
        place = places.get(tokens.ends[bracket - 1])
        vocabulary = self._vocabulary
        position = bracket - 1
        if place is None or acronym in vocabulary.country_acronyms or tokens.casing[bracket] != Casing.NORMAL:
            return None
        while position > 0 and tokens.starts[position] > place:
            position -= 1
        if acronym[:2] == tokens.keys[position][:2].upper():
            # "Ayla Brunt Norway (NOR)"
            return None
        start = position
        while (
            start > 0
            and tokens.capital[start - 1]
            and tokens.sentences[start - 1] == tokens.sentences[bracket]
            and tokens.keys[start - 1].isalpha()
            and tokens.keys[start - 1] not in vocabulary.common | vocabulary.titles | vocabulary.nationalities
        ):
            start -= 1
        words = tokens.keys[start:position]
        is_person = not vocabulary.given.isdisjoint(words) or not vocabulary.family.isdisjoint(words)
        return start if words and not is_person else None

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
