"""Organizations that no pack has, whose names end with one that a pack has: "Christian Democratic Party"."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.extract.candidates import Candidate, Certainty
from index.extract.rules.pack_names.forms import Match, words_of
from index.extract.tokens import Tokens
from index.model import Kind
from index.packs.loader import Packs, split_cell

__all__ = ["LongerNames", "part_longer_names", "read_longer_names"]

_PARTY = "party"
# Words of fewer parties are part of their names alone: "way", "homeland".
_FEWEST_PARTIES = 5
_SHORTEST_WORD = 3
# "All", "New", "From": common words that say nothing where they begin a name.
_LONGEST_SMALL_WORD = 4

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LongerNames:
    """Names of packs with the word that stands before them in another name, and words that begin names of parties."""

    known: frozenset[_Words]
    of_parties: frozenset[str]

    def start(self, tokens: Tokens, match: Match) -> int:
        """Return where the longer name begins; the start of the match, when it is whole."""
        start = match.start
        is_party = match.form.entry.attributes.get("category") == _PARTY
        keys = tuple(key.lower() for key in tokens.keys[match.start : match.end])
        while start > 0 and tokens.capital[start - 1] and tokens.sentences[start - 1] == tokens.sentences[start]:
            before = tokens.keys[start - 1].lower()
            if (before, *keys) not in self.known and not (is_party and before in self.of_parties):
                break
            start -= 1
            keys = (before, *keys)
        return start


def part_longer_names(
    longer: LongerNames, tokens: Tokens, sure: Iterable[Match], name: str
) -> tuple[list[Match], list[Candidate]]:
    """Return the matches that are whole names, and candidates for the longer ones of which the others are the end."""
    whole: list[Match] = []
    found: list[Candidate] = []
    for match in sure:
        start = longer.start(tokens, match) if match.form.entry.kind is Kind.ORGANIZATIONS else match.start
        if start == match.start:
            whole.append(match)
            continue
        evidence = f"'{tokens.words[start]}' before '{match.form.entry.name}', which a pack knows"
        first, last = tokens.starts[start], tokens.ends[match.end - 1]
        found.append(Candidate(first, last, Kind.ORGANIZATIONS, name, evidence, None, Certainty.LIKELY))
    return whole, found


def read_longer_names(packs: Packs) -> LongerNames:
    """Return what the names of organizations of the packs tell, but for words that name a country or its people."""
    names: dict[_Words, str] = {}
    parties: Counter[str] = Counter()
    for entry in packs.entries:
        if entry.kind is not Kind.ORGANIZATIONS:
            continue
        forms = [tuple(word.lower() for word in words_of(written)) for written in (entry.name, *entry.aliases)]
        names.update((form, entry.reference) for form in forms)
        if entry.attributes.get("category") == _PARTY:
            parties.update({word for form in forms for word in form[:-1]})
    common = frozenset(word.lower() for row in packs.rows("common_words") for word in split_cell(row["words"]))
    plain = _words_of_countries(packs) | frozenset(word for word in common if len(word) <= _LONGEST_SMALL_WORD)
    known = frozenset(found for form, reference in names.items() for found in _inner(form, reference, names, plain))
    many = (word for word, count in parties.items() if count >= _FEWEST_PARTIES)
    return LongerNames(known, frozenset(word for word in many if _may_begin(word, plain | common)))


def _inner(form: _Words, reference: str, names: dict[_Words, str], plain: frozenset[str]) -> Iterator[_Words]:
    """Yield the names of others inside a form, each with the word before it."""
    for start in range(1, len(form)):
        if _may_begin(form[start - 1], plain):
            for end in range(start + 1, len(form) + 1):
                if names.get(form[start:end], reference) != reference:
                    yield form[start - 1 : end]


def _may_begin(word: str, plain: frozenset[str]) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST_WORD and word not in plain


def _words_of_countries(packs: Packs) -> frozenset[str]:
    places = [
        text
        for entry in packs.entries
        if entry.kind is Kind.PLACES and entry.attributes.get("category") == "country"
        for text in (entry.name, *entry.aliases)
    ]
    peoples = [text for row in packs.rows("demonyms") for text in split_cell(row["demonym"])]
    return frozenset(word.lower() for text in (*places, *peoples) for word in words_of(text))
