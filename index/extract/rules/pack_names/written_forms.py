"""Finds names of packs as other languages write them, in articles of these languages: "Deutschland", "в Японии".

The pack "languages" has a table for each language. It is read when the first article of one comes, so that an archive
in English pays nothing. Names count with what a language writes together with them (elided articles, prepositions of
Arabic and Hebrew, Turkish endings behind an apostrophe), and with the endings of cases. In scripts without blanks a
name is found inside the text, if its neighbours do not make it a part of another word.
"""

from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, language_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.pack_names.undivided_forms import UndividedForms
from index.extract.rules.pack_names.word_forms import WordForms
from index.model import Kind
from index.packs.loader import PackEntry
from index.packs.written_forms import read_language_forms, read_language_words

__all__ = ["WrittenFormsComponent", "create_written_forms"]

_ENGLISH: Final = "en"
_UNDIVIDED: Final = frozenset({"zh", "ja", "th"})
# Names of one word of other places may be surnames.
_SURE_PLACES: Final = frozenset({"country", "capital", "continent", "sea"})


class WrittenFormsComponent:
    """Proposes the names of entries of `entries`, by reference, as the language of the article writes them."""

    def __init__(self, entries: Mapping[str, PackEntry], name: str) -> None:
        self._entries = entries
        self._name = name
        self._tables: dict[str, UndividedForms | WordForms | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name, and drop those that are words of the language; neither in English."""
        language = language_of(doc)
        if language is None or language == _ENGLISH:
            return doc
        text = tokens_of(doc).text
        words = read_language_words(language)
        if words:
            candidates = candidates_of(doc)
            candidates[:] = [each for each in candidates if text[each.start : each.end].casefold() not in words]
        if language not in self._tables:
            self._tables[language] = self._read(language)
        table = self._tables[language]
        if table is None:
            return doc
        found = table.find(text)
        return add_candidates(doc, (self._propose(start, end, reference) for start, end, reference in found))

    def _read(self, language: str) -> UndividedForms | WordForms | None:
        forms = read_language_forms(language)
        if forms is None:
            return None
        names, weak = self._known(forms.names), self._known(forms.weak)
        return UndividedForms(forms, names, weak) if language in _UNDIVIDED else WordForms(forms, names, weak)

    def _known(self, forms: Mapping[str, str]) -> Mapping[str, str]:
        return {form: reference for form, reference in forms.items() if reference in self._entries}

    def _propose(self, start: int, end: int, reference: str) -> Candidate:
        entry = self._entries[reference]
        is_sure = entry.kind is not Kind.PLACES or entry.attributes.get("category") in _SURE_PLACES
        return Candidate(
            start,
            end,
            entry.kind,
            self._name,
            f"pack languages: {entry.name}",
            reference,
            Certainty.SURE if is_sure else Certainty.LIKELY,
        )


@ArticleLanguage.factory("dossier_written_forms")
def create_written_forms(nlp: ArticleLanguage, name: str) -> WrittenFormsComponent:
    """The component for the entries of the packs of `nlp`."""
    entries = {entry.reference: entry for entry in nlp.packs.entries}
    return WrittenFormsComponent(entries, name.removeprefix("dossier_"))
