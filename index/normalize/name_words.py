"""Words of names that are not the name itself: titles, legal forms, stop words, and spellings of given names.

`NameWords` is made from rows of packs; its methods take and give folded words (see `index.normalize.names`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.normalize.names import fold_name
from index.normalize.spellings import fold_transliteration

__all__ = ["NameWords", "Words"]

Words = tuple[str, ...]
"""A folded name as its words, in order."""

_LONGEST_LEGAL_FORM = 5


@dataclass(frozen=True, slots=True)
class NameWords:
    """Knowledge about the words of names.

    `legal_forms` holds each spelling of a legal form as words; `given_names` leads from each spelling of a given
    name to the one that stands for all. The sets hold folded single words.
    """

    titles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    generations: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    patronymics: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    facilities: frozenset[str] = frozenset()
    family_first: frozenset[str] = frozenset()
    legal_forms: frozenset[Words] = frozenset()
    given_names: Mapping[str, str] | None = None

    @classmethod
    def from_rows(
        cls,
        *,
        name_words: Iterable[Mapping[str, str]],
        legal_suffixes: Iterable[Mapping[str, str]],
        given_names: Iterable[Mapping[str, str]],
    ) -> "NameWords":
        """The knowledge in rows of the tables `name_words`, `legal_suffixes` and `given_name_spellings` of a pack."""
        roles: dict[str, set[str]] = {}
        for row in name_words:
            roles.setdefault(row["role"], set()).add(fold_name(row["word"]))
        spellings: dict[str, str] = {}
        for row in given_names:
            group = [fold_name(spelling) for spelling in row["spellings"].split("|")]
            spellings.update(dict.fromkeys(group, group[0]))
            for spelling in group:
                spellings.setdefault(fold_transliteration(spelling), group[0])
        forms = (form for row in legal_suffixes for form in row["form"].split("|"))
        return cls(
            titles=frozenset(roles.get("title", ())),
            honorifics=frozenset(roles.get("honorific", ())),
            generations=frozenset(roles.get("generation", ())),
            stop_words=frozenset(roles.get("stop", ())),
            particles=frozenset(roles.get("particle", ())),
            patronymics=frozenset(roles.get("patronymic", ())),
            generic=frozenset(roles.get("generic", ())),
            facilities=frozenset(roles.get("facility", ())),
            family_first=frozenset(roles.get("family first", ())),
            legal_forms=frozenset(tuple(fold_name(form).split()) for form in forms),
            given_names=spellings,
        )

    def without_titles(self, words: Words) -> Words:
        """A person's name without titles before it and honours after it; at least one word is left.

        >>> NameWords(titles=frozenset({"foreign", "minister"})).without_titles(("foreign", "minister", "ivanov"))
        ('ivanov',)
        """
        start, end = 0, len(words)
        while start < end - 1 and words[start] in self.titles:
            start += 1
        while end - 1 > start and words[end - 1] in self.honorifics:
            end -= 1
        return words[start:end]

    def without_article(self, words: Words) -> Words:
        """A name without a leading "the"; at least one word is left."""
        return words[1:] if len(words) > 1 and words[0] == "the" else words

    def without_legal_forms(self, words: Words) -> Words:
        """A firm's name without legal forms at its end or start; at least one word is left.

        >>> forms = frozenset({("corp",), ("co",), ("ltd",)})
        >>> NameWords(legal_forms=forms).without_legal_forms(("samsung", "electronics", "co", "ltd"))
        ('samsung', 'electronics')
        """
        found = True
        while found:
            found = False
            for length in range(min(_LONGEST_LEGAL_FORM, len(words) - 1), 0, -1):
                if words[-length:] in self.legal_forms:
                    words, found = words[:-length], True
                    break
        for length in range(min(_LONGEST_LEGAL_FORM, len(words) - 1), 0, -1):
            if words[:length] in self.legal_forms:
                return words[length:]
        return words

    def content(self, words: Words) -> Words:
        """The words that are neither stop words nor empty of meaning; all of them when nothing would be left."""
        return tuple(word for word in words if word not in self.stop_words) or words

    def is_generic(self, words: Words) -> bool:
        """True when every word could belong to a thousand names: "the ministry", "State Department"."""
        return all(word in self.generic or word in self.stop_words or word in self.facilities for word in words)

    def given_name(self, word: str) -> str:
        """The spelling that stands for all spellings of a given name; the word itself when it is in no row."""
        if self.given_names is None:
            return word
        return self.given_names.get(word) or self.given_names.get(fold_transliteration(word), word)
