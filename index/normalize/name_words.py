"""Words of names that are not the name itself: titles, legal forms, stop words, and spellings of given names.

`NameWords` is built from rows of packs; its methods take and return folded words (see `index.normalize.names`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from index.normalize.names import fold_name
from index.normalize.spellings import fold_transliteration

__all__ = ["NameWords", "Words"]

Words = tuple[str, ...]
"""A folded name as its words, in order."""

_LONGEST_LEGAL_FORM = 5


@dataclass(frozen=True, slots=True, eq=False)
class NameWords:
    """Knowledge about the words of names. Compared by identity, so that results can be cached for it.

    `legal_forms` holds each spelling of a legal form as words; `given_names` maps each spelling of a given name to its
    standard spelling. The sets hold folded single words; `dependents` end the names of organizations that are called
    after others, `given` are given names and `places` the words of places that packs know: two different ones are
    never typos of each other. `strict_forms` are the legal forms that tell firms apart, with one spelling for each;
    `nicknames` the names that a short form may stand for; `branches` are words that a firm adds for a part of it,
    `state_bodies` and `central_banks` whole names that bodies of any state have, `shared_bodies` those that bodies of a
    few states have, `local_bodies` those that bodies of any city have, and `ministries` words of others;
    `addressed` has the pronoun of somebody with a form of address; `numbers` and `shortened` map a word of an
    organization's name to its digits or its full form.
    """

    titles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    generations: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    patronymics: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    facilities: frozenset[str] = frozenset()
    dependents: frozenset[str] = frozenset()
    family_first: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()
    ministries: frozenset[str] = frozenset()
    state_bodies: frozenset[str] = frozenset()
    shared_bodies: frozenset[str] = frozenset()
    local_bodies: frozenset[str] = frozenset()
    central_banks: frozenset[str] = frozenset()
    addressed: Mapping[str, str] = field(default_factory=dict)
    legal_forms: frozenset[Words] = frozenset()
    given_names: Mapping[str, str] | None = None
    given: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    strict_forms: Mapping[Words, str] = field(default_factory=dict)
    nicknames: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    shortened: Mapping[str, Words] = field(default_factory=dict)
    _legal_words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_legal_words", frozenset(word for form in self.legal_forms for word in form))

    @classmethod
    def from_tables(
        cls,
        rows: Callable[[str], Iterable[Mapping[str, str]]],
        *,
        given: Iterable[str] = (),
        places: Iterable[str] = (),
    ) -> "NameWords":
        """Build the knowledge from the tables of the pack `names`; `rows` returns those of a table by its name.

        `given` and `places` are more given names and names of places, as they are written.
        """
        roles: dict[str, set[str]] = {}
        for row in rows("name_words"):
            roles.setdefault(row["role"], set()).add(fold_name(row["word"]))
        spellings: dict[str, str] = {}
        for row in rows("given_name_spellings"):
            group = [fold_name(spelling) for spelling in row["spellings"].split("|")]
            spellings.update(dict.fromkeys(group, group[0]))
            for spelling in group:
                spellings.setdefault(fold_transliteration(spelling), group[0])
        forms = [
            ([tuple(form.split()) for form in row["form"].split("|")], row.get("use")) for row in rows("legal_suffixes")
        ]
        return cls(
            titles=frozenset(roles.get("title", ())),
            honorifics=frozenset(roles.get("honorific", ())),
            generations=frozenset(roles.get("generation", ())),
            stop_words=frozenset(roles.get("stop", ())),
            particles=frozenset(roles.get("particle", ())),
            patronymics=frozenset(roles.get("patronymic", ())),
            generic=frozenset(roles.get("generic", ())),
            facilities=frozenset(roles.get("facility", ())),
            dependents=frozenset(roles.get("dependent", ())),
            family_first=frozenset(roles.get("family first", ())),
            branches=frozenset(roles.get("branch", ())),
            ministries=frozenset(roles.get("ministry", ())),
            state_bodies=frozenset(roles.get("state body", ())),
            shared_bodies=frozenset(roles.get("shared body", ())),
            local_bodies=frozenset(roles.get("local body", ())),
            central_banks=frozenset(roles.get("central bank", ())),
            addressed={word: pronoun for pronoun in ("she", "he") for word in roles.get(pronoun, ())},
            legal_forms=frozenset(form for group, _ in forms for form in group),
            given_names=spellings,
            given=frozenset(spellings).union(*(fold_name(name).split() for name in given)),
            places=frozenset(word for place in places for word in fold_name(place).split()),
            strict_forms={form: " ".join(group[0]) for group, use in forms if use != "loose" for form in group},
            nicknames={row["short"]: frozenset(row["names"].split("|")) for row in rows("nicknames")},
            numbers={word: row["number"] for row in rows("number_words") for word in row["words"].split("|")},
            shortened={row["short"]: tuple(row["long"].split()) for row in rows("shortened_words")},
        )

    def without_titles(self, words: Words) -> Words:
        """Remove titles before a person's name and honours after it; at least one word remains.

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
        """Remove a leading "the"; at least one word remains."""
        return words[1:] if len(words) > 1 and words[0] == "the" else words

    def without_legal_forms(self, words: Words) -> Words:
        """Remove legal forms from the end or start of a firm's name; at least one word remains.

        >>> forms = frozenset({("corp",), ("co",), ("ltd",)})
        >>> NameWords(legal_forms=forms).without_legal_forms(("samsung", "electronics", "co", "ltd"))
        ('samsung', 'electronics')
        """
        return self._parted(words)[0]

    def legal_form(self, words: Words) -> str:
        """Return the legal form in a firm's name that tells firms apart ("ag"); empty without one.

        Forms that English-language news gives to any firm ("Inc", "Ltd") do not count.

        >>> NameWords(legal_forms=frozenset({("ag",)}), strict_forms={("ag",): "ag"}).legal_form(("siemens", "ag"))
        'ag'
        """
        return " ".join(
            sorted({self.strict_forms[form] for form in self._parted(words)[1] if form in self.strict_forms})
        )

    def _parted(self, words: Words) -> tuple[Words, list[Words]]:
        """Split a firm's name into the name without its legal forms, and these."""
        forms: list[Words] = []
        if not words or (words[-1] not in self._legal_words and words[0] not in self._legal_words):
            return words, forms
        found = True
        while found:
            found = False
            for length in range(min(_LONGEST_LEGAL_FORM, len(words) - 1), 0, -1):
                if words[-length:] in self.legal_forms:
                    forms.append(words[-length:])
                    words, found = words[:-length], True
                    break
        for length in range(min(_LONGEST_LEGAL_FORM, len(words) - 1), 0, -1):
            if words[:length] in self.legal_forms:
                return words[length:], [*forms, words[:length]]
        return words, forms

    def spelled_out(self, words: Words) -> Words:
        """Return the name of an organization with its numbers in digits and its shortened words in full.

        A single word stays as it is.

        >>> words = NameWords(numbers={"forty": "40", "four": "4"}, shortened={"intl": ("international",)})
        >>> words.spelled_out(("brigade", "forty", "four")), words.spelled_out(("first", "intl", "bank"))
        (('brigade', '44'), ('first', 'international', 'bank'))
        """
        if len(words) == 1:
            return words
        spelled: list[str] = []
        tens = ""
        for word in words:
            number = self.numbers.get(word, word)
            if tens and number[0].isdigit() and number.rstrip("dhnrst").isdigit() and len(number.rstrip("dhnrst")) == 1:
                spelled[-1] = tens + number
            else:
                spelled.extend(self.shortened.get(word, (number,)))
            tens = (
                number[0] if word in self.numbers and len(number) == 2 and number[1] == "0" and number[0] > "1" else ""
            )
        return tuple(spelled)

    def content(self, words: Words) -> Words:
        """Return the words that are neither stop words nor generic; all of them when nothing would remain."""
        return tuple(word for word in words if word not in self.stop_words) or words

    def is_generic(self, words: Words) -> bool:
        """True when every word is generic and could belong to a thousand names: "the ministry", "State Department"."""
        return all(word in self.generic or word in self.stop_words or word in self.facilities for word in words)

    def given_name(self, word: str) -> str:
        """Return the standard spelling of a given name; an unknown word stays as it is."""
        if self.given_names is None:
            return word
        return self.given_names.get(word) or self.given_names.get(fold_transliteration(word), word)

    def is_nickname(self, short: str, name: str) -> bool:
        """True when the short form is a nickname of the given name, possibly among others: "ted" and "theodore"."""
        if short not in self.nicknames:
            return False
        full = self.given_name(name)
        return any(self.given_name(meant) == full for meant in self.nicknames.get(short, ()))
