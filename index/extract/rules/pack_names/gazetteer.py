"""Finds the names that the packs know.

The index is a table of written forms by their words, and of the lengths of those that a word begins, so that a text is
read once and a word that begins no name costs one look-up. Letter case counts ("turkey" is a bird), except that a word
in capitals ("ANKARA (AP)") is also compared without it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, anchor_of, language_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.capitals import is_plain_word, read_words_in_capitals
from index.extract.rules.pack_names.contexts import (
    Condition,
    Context,
    SentenceWords,
    condition_of,
    is_part_of_other_name,
    read_contexts,
)
from index.extract.rules.pack_names.forms import Form, FormTable, Match, spellings_of, words_of
from index.extract.rules.pack_names.longer_names import part_longer_names, read_longer_names
from index.extract.rules.pack_names.lower_forms import read_lower_forms
from index.extract.rules.pack_names.the_names import without_openings
from index.extract.rules.pack_names.variants import join_names, stems_of, variant_end
from index.extract.rules.pack_names.waters import is_landscape, part_waters
from index.extract.tokens import Casing, Tokens
from index.model import Kind
from index.packs.loader import PackEntry, Packs, PacksKey, split_cell

__all__ = ["Gazetteer", "Match", "create_gazetteer"]

_MIN_UPPER_LETTERS = 4
_VARIANT = re.compile(r"(.*\d)(?:[A-Z]{1,4}\d{0,2}|[a-z])(s?)")
_MAX_WORDS = 12
_MAX_COMPOUND = 40
_YEAR = re.compile(r"\d{4}")
# Who is known by a surname alone was known some years before the first term in office.
_KNOWN_BEFORE_OFFICE: Final = 10
_SURE_PLACES = frozenset({"country", "capital", "continent", "sea"})
# Words for weapons, which stand behind their names.
_HEADS = "apposition"
_SOURCE = "source"
# What is a word in small letters is known of one language.
_LANGUAGES_WITHOUT_CAPITALS = (None, "en")
_COMPOUND_KINDS = frozenset({Kind.PLACES, Kind.ORGANIZATIONS})


class Gazetteer:
    """Looks up the forms of all entries of the packs."""

    def __init__(self, packs: Packs) -> None:
        contexts = read_contexts(packs)
        self._packs = packs
        heads = contexts.get(_HEADS, Context())
        self.heads = heads.after | heads.before
        self.source = contexts.get(_SOURCE, Context())
        self._forms = FormTable()
        self._upper = FormTable()
        self.nationalities = frozenset(
            form for row in packs.rows("demonyms") for form in split_cell(row["demonym"]) if form
        )
        self.words_in_capitals = read_words_in_capitals(packs)
        self.longer_names = read_longer_names(packs)
        order = {pack: number for number, pack in enumerate(dict.fromkeys(map(_pack_of, packs.entries)))}
        for entry in packs.entries:
            self._add_entry(entry, condition_of(entry, contexts))
        for table in (self._forms, self._upper):
            # Of two entries with the same form, the one of the later pack comes first, as later packs win.
            table.sort(lambda form: order[_pack_of(form.entry)])

    def _add_entry(self, entry: PackEntry, condition: Condition) -> None:
        attributes = entry.attributes
        ambiguous = set(split_cell(attributes.get("ambiguous", "")))
        nicknames = split_cell(attributes.get("nicknames", ""))
        for written in (entry.name, *entry.aliases, *(alias for alias in ambiguous if alias not in entry.aliases)):
            keys = words_of(written)
            if not keys:
                continue
            needed = condition if written in ambiguous else None
            self._add_form(keys, entry, needed)
            if "&" in keys:
                self._add_form(tuple("and" if key == "&" else key for key in keys), entry, needed)
            if entry.kind is Kind.SYSTEMS:
                for form, is_loose in spellings_of(keys):
                    self._add_form(form, entry, condition if is_loose else needed)
            for nickname in nicknames:
                words = words_of(nickname)
                self._add_form(keys + words, entry, None)
                self._add_form((*keys, '"', *words, '"'), entry, None)
                self._add_form((*keys, "'", *words, "'"), entry, None)

    def _add_form(self, keys: tuple[str, ...], entry: PackEntry, condition: Condition | None) -> None:
        self._forms.add(keys, entry, condition)
        if condition is None and sum(map(str.isalpha, "".join(keys))) >= _MIN_UPPER_LETTERS:
            upper = tuple(key.upper() for key in keys)
            if upper != keys:
                self._upper.add(upper, entry, None)

    def compound_part(self, key: str) -> Form | None:
        """Return the place or organization that a part of a hyphenated word means without a condition, or None."""
        for form in self._forms.single(key):
            if form.condition is None and form.entry.kind in _COMPOUND_KINDS:
                return form
        return None

    @cached_property
    def _lower(self) -> FormTable:
        """The forms of texts without capital letters, read when the first such text comes."""
        return read_lower_forms(self._packs)

    def find_lower(self, tokens: Tokens) -> Iterator[Match]:
        """Yield the matches in a text without capital letters, of which none overlap."""
        first_words = self._lower.first_words
        done = 0
        for position, key in enumerate(tokens.keys):
            if position < done or key not in first_words:
                continue
            found: list[Match] = []
            if _match(found, tokens, position, self._lower.beginning(tokens.keys, position)):
                yield from found
                done = found[0].end

    def find(self, tokens: Tokens) -> list[Match]:
        """Return the matches at each word: the longest unconditional form, and conditional ones not shorter than it.

        Several when entries share a form. In the order of the text, longer before shorter.
        """
        matches: list[Match] = []
        first_words, first_upper = self._forms.first_words, self._upper.first_words
        for position, key in enumerate(tokens.keys):
            if key in first_words and _match(matches, tokens, position, self._forms.beginning(tokens.keys, position)):
                continue
            if not tokens.capital[position]:
                continue
            word = tokens.words[position]
            if word.isupper() and key in first_upper and _is_upper(tokens, position):
                uppers = [following.upper() for following in tokens.keys[position : position + _MAX_WORDS]]
                _match(matches, tokens, position, self._upper.beginning(uppers, 0))
            if (variant := _VARIANT.fullmatch(key)) is not None:
                matches.extend(
                    Match(position, position + 1, form)
                    for form in self._forms.single(variant[1])
                    if form.entry.attributes.get("variants")
                )
        return [*matches, *self._with_suffixes(tokens)]

    def _with_suffixes(self, tokens: Tokens) -> Iterator[Match]:
        """Yield systems with the mark of a variant behind a hyphen: "Akash-NG", "Kheibar Shekan-2"."""
        for last, stem in stems_of(tokens):
            for start in range(max(0, last - 2), last + 1):
                keys = [*tokens.keys[start:last], stem]
                if keys[0] not in self._forms.first_words:
                    continue
                for form in self._forms.beginning(keys, 0):
                    if len(form.rest) == last - start and form.entry.kind is Kind.SYSTEMS:
                        yield Match(start, last + 1, form)


def _is_upper(tokens: Tokens, position: int) -> bool:
    """Return whether the word is part of text in capitals: "NEW YORK", but not the acronym in "US troops"."""
    following = position + 1
    return len(tokens.words[position]) >= _MIN_UPPER_LETTERS or (
        following < len(tokens) and tokens.words[following].isupper()
    )


def _is_other_word(tokens: Tokens, position: int, form: Form) -> bool:
    """Return whether a word only looks like a form without its accents or in Latin letters.

    "Nașa" is not NASA, and a word in a script without letter case is none of our names whatever it sounds like.
    """
    word = tokens.words[position]
    if form.rest or word.isascii():
        return False
    return form.entry.name.isupper() or not (word[0].isupper() or word[0].islower() or word[0].isdigit())


def _match(matches: list[Match], tokens: Tokens, position: int, forms: list[Form]) -> bool:
    """Append the forms at `position` that lie within one paragraph; return whether one needs no context.

    MILAN is a missile with weapons nearby, else the town in capitals.
    """
    paragraph = tokens.paragraphs[position]
    sure_length = -1
    found = False
    for form in forms:
        length = len(form.rest)
        if length < sure_length:
            break
        if length and tokens.paragraphs[position + length] != paragraph:
            continue
        if _is_other_word(tokens, position, form):
            continue
        matches.append(Match(position, position + 1 + length, form))
        if form.condition is None:
            found = True
            sure_length = length
    return found


def _pack_of(entry: PackEntry) -> str:
    return entry.reference.partition(":")[0]


class GazetteerComponent:
    """Proposes every name that the packs know, where its conditions hold."""

    def __init__(self, gazetteer: Gazetteer, name: str) -> None:
        self._gazetteer = gazetteer
        self._heads = gazetteer.heads
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        tokens = tokens_of(doc)
        published = anchor_of(doc)
        read = self._gazetteer.find(tokens)
        if Casing.LOWER in tokens.casing[:1] and language_of(doc) in _LANGUAGES_WITHOUT_CAPITALS:
            read += self._gazetteer.find_lower(tokens)
        words = self._gazetteer.words_in_capitals
        matches = [
            match
            for match in read
            if not _is_too_early(match, published) and not is_plain_word(words, tokens, match.start, match.end)
        ]
        certain = [match for match in matches if match.form.condition is None]
        sure = without_openings(certain, tokens, self._gazetteer.source, self._gazetteer.nationalities)
        pending = [match for match in matches if match.form.condition is not None]
        waters, pending = part_waters(tokens, pending, sure)
        meant = {(match.start, match.end) for match in waters}
        kept = [match for match in self._choose(sure) if (match.start, match.end) not in meant]
        kept, longer = part_longer_names(self._gazetteer.longer_names, tokens, kept, self._name)
        kept.extend([*waters, *self._confirm(pending, sure, tokens)])
        found = [*longer, *(self._propose(match, tokens) for match in kept)]
        add_candidates(doc, [*found, *join_names(tokens, found)])
        return add_candidates(doc, self._compounds(tokens))

    def _propose(self, match: Match, tokens: Tokens) -> Candidate:
        entry = match.form.entry
        end = match.end if entry.kind is not Kind.SYSTEMS else self._end_of_system(tokens, match)
        is_doubtful = match.form.condition is not None or _may_be_surname(match)
        return Candidate(
            tokens.starts[match.start],
            tokens.ends[end - 1],
            entry.kind,
            self._name,
            f"pack {_pack_of(entry)}/{entry.kind}: {entry.name}",
            entry.reference,
            Certainty.LIKELY if is_doubtful and not is_landscape(entry, tokens, match.start) else Certainty.SURE,
        )

    def _end_of_system(self, tokens: Tokens, match: Match) -> int:
        """Return the end of a system with its variant, and without the word for what it is: "Type 26 | frigates"."""
        last = match.end - 1
        if last > match.start and tokens.words[last] in self._heads and tokens.words[last - 1] != "-":
            return last
        return variant_end(tokens, match.end)

    def _choose(self, sure: Iterable[Match]) -> list[Match]:
        """Keep one match for each span and kind: of the country with most other places in the text, else the first."""
        by_span: dict[tuple[int, int, Kind], list[Match]] = {}
        for match in sure:
            by_span.setdefault((match.start, match.end, match.form.entry.kind), []).append(match)
        places = {
            (match.form.entry.reference, match.form.entry.attributes.get("country"))
            for same in by_span.values()
            if len(same) == 1
            for match in same
            if match.form.entry.attributes.get("category") != "capital"
        }
        votes = [country for _, country in places]
        return [
            max(
                same, key=lambda match: votes.count(match.form.entry.attributes.get("country") or match.form.entry.name)
            )
            if len(same) > 1
            else same[0]
            for same in by_span.values()
        ]

    def _confirm(self, pending: list[Match], sure: list[Match], tokens: Tokens) -> Iterator[Match]:
        """Yield the ambiguous matches that their context confirms, and other mentions of the same entries."""
        if not pending:
            return
        words = SentenceWords(tokens)
        # "US Patriot", "Raytheon Patriot", but not "Atlanta Hawks".
        ends = {
            match.end - 1
            for match in sure
            if match.form.entry.kind is not Kind.PLACES or match.form.entry.attributes.get("category") == "country"
        }
        kinds: dict[int, set[Kind]] = {}
        for match in sure:
            kinds.setdefault(tokens.sentences[match.start], set()).add(match.form.entry.kind)
        open_matches = []
        confirmed = {match.form.entry.reference for match in sure}
        for match in pending:
            condition = match.form.condition
            if condition is None or is_part_of_other_name(
                tokens, match.start, match.end, condition, known=self._gazetteer.nationalities, ends=ends
            ):
                continue
            if _holds(match, condition, tokens, words, kinds):
                confirmed.add(match.form.entry.reference)
                yield match
            elif not tokens.is_sentence_start(match.start) and not condition.context.against & words.around(
                match.start
            ):
                # A capital at the start of a sentence says nothing.
                open_matches.append(match)
        for match in open_matches:
            if match.form.entry.reference in confirmed:
                yield match

    def _compounds(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield the names in hyphenated words whose parts are all known: "US-Turkish", "NATO-Russia"."""
        for position, key in enumerate(tokens.keys):
            if "-" not in key or not tokens.capital[position] or len(key) > _MAX_COMPOUND:
                continue
            parts = key.split("-")
            known = [self._gazetteer.compound_part(part) for part in parts]
            if len(key) != len(tokens.words[position]) or not all(
                form or part in self._gazetteer.nationalities for part, form in zip(parts, known, strict=True)
            ):
                continue
            start = tokens.starts[position]
            for part, form in zip(parts, known, strict=True):
                if form is not None:
                    end = start + len(part)
                    entry = form.entry
                    evidence = f"pack {_pack_of(entry)}/{entry.kind}: {entry.name}"
                    yield Candidate(start, end, entry.kind, self._name, evidence, entry.reference, Certainty.SURE)
                start += len(part) + 1


def _is_too_early(match: Match, published: date | None) -> bool:
    """Return whether this is a surname alone, in an article from long before the person's first term in office."""
    if published is None or match.end - match.start > 1 or match.form.entry.kind is not Kind.PEOPLE:
        return False
    first_year = _first_year(match.form.entry.attributes.get("term", ""))
    return first_year is not None and published.year < first_year - _KNOWN_BEFORE_OFFICE


@lru_cache
def _first_year(term: str) -> int | None:
    """Return the first year of "2000-2008, 2012-"; None when there is none."""
    return min(map(int, _YEAR.findall(term)), default=None)


def _may_be_surname(match: Match) -> bool:
    """Return whether a place of one word may be a surname; countries, capitals, continents and seas are not."""
    entry = match.form.entry
    is_one_word = match.end == match.start + 1
    return is_one_word and entry.kind is Kind.PLACES and entry.attributes.get("category") not in _SURE_PLACES


def _holds(
    match: Match, condition: Condition, tokens: Tokens, words: SentenceWords, kinds: dict[int, set[Kind]]
) -> bool:
    context = condition.context
    sentence = tokens.sentences[match.start]
    if context.against & words.around(match.start):
        return False
    if context.beside & kinds.get(sentence, set()):
        return True
    if context.near & words.around(match.start):
        return True
    before, after = match.start - 1, match.end
    if before >= 0 and tokens.sentences[before] == sentence and tokens.keys[before].lower() in context.before:
        return True
    return after < len(tokens) and tokens.sentences[after] == sentence and tokens.keys[after].lower() in context.after


@lru_cache(maxsize=1)
def _read(key: PacksKey) -> Gazetteer:
    """Return the gazetteer of these packs, cached: without a recognizer it is most of the cost of a pipeline."""
    return Gazetteer(key.packs)


@ArticleLanguage.factory("dossier_gazetteer")
def create_gazetteer(nlp: ArticleLanguage, name: str) -> GazetteerComponent:
    """The component for the packs of `nlp`."""
    return GazetteerComponent(_read(PacksKey(nlp.packs)), name.removeprefix("dossier_"))
