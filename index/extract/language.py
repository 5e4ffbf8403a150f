"""The spaCy language of the extraction pipeline: its tokenizer, and the packs that configure its components.

The components are registered for this language only. They share words and proposals on `doc.user_data` and set neither
`doc.ents` nor `doc.spans`: an archive needs neither. Other pipelines add them as one, `index.extract.component`.
"""

from collections.abc import Callable
from functools import lru_cache

from spacy.attrs import IS_SPACE, LOWER, NORM  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.vocab import create_vocab

from index.extract.candidates import TOKENS_KEY
from index.extract.tokens import Affixes, read_tokens, word_key
from index.packs.loader import Packs, split_cell
from index.packs.written_forms import read_language_forms

__all__ = ["ArticleLanguage"]

_ENGLISH = "en"
# spaCy refuses longer texts for the sake of its own parser, which we do not run.
_MAX_LENGTH = 1_000_000_000
_MAX_VOCABULARY = 100_000


class _Defaults(BaseDefaults):
    """The attributes of words that cost nothing; our components use none of them."""

    lex_attr_getters = {LOWER: str.lower, NORM: str.lower, IS_SPACE: str.isspace}  # noqa: RUF012 - spaCy's own way


class ArticleLanguage(Language):  # type: ignore[no-untyped-call]  # spaCy leaves __init_subclass__ untyped
    """A blank language without rules for any one tongue. Its components read what they need from `packs`.

    It is made by `Extractor` and cannot be saved: packs and the name of a model say all there is to say about it.
    """

    lang = "dossier"
    Defaults = _Defaults

    def __init__(self, packs: Packs, *, model: str = "none", device: str = "cpu") -> None:
        super().__init__(max_length=_MAX_LENGTH, create_tokenizer=_create_tokenizer(packs))
        self.packs = packs
        self.model = model
        self.device = device

    def make_article_doc(self, text: str, language: str | None) -> Doc:
        """Return the `Doc` of a text in a language (ISO 639-1), None when it is not known."""
        tokenizer = self.tokenizer
        assert isinstance(tokenizer, WordTokenizer), "made by _create_tokenizer"
        return tokenizer.read(text, language)


class WordTokenizer:
    """Makes a `Doc` of our words; whitespace other than one space becomes a word, as spaCy wants it."""

    def __init__(self, abbreviations: frozenset[str]) -> None:
        self._abbreviations = abbreviations
        self._vocab = create_vocab(ArticleLanguage.lang, _Defaults)

    def __call__(self, text: str) -> Doc:
        """Return the `Doc` of a text in English, with our `Tokens` on it."""
        return self.read(text, None)

    def read(self, text: str, language: str | None) -> Doc:
        """Return the `Doc` of a text in a language (ISO 639-1), None for English or unknown."""
        affixes = None if language in (None, _ENGLISH) else read_affixes(language)
        tokens = read_tokens(text, abbreviations=self._abbreviations, affixes=affixes)
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            if start != position:
                if start == position + 1 and text[position] == " " and words:
                    spaces[-1] = True
                else:
                    words.append(text[position:start])
                    spaces.append(False)
            words.append(word)
            spaces.append(False)
            position = end
        if position != len(text):
            words.append(text[position:])
            spaces.append(False)
        if len(self._vocab) > _MAX_VOCABULARY:
            # spaCy never forgets a word; an archive would fill the memory.
            self._vocab = create_vocab(ArticleLanguage.lang, _Defaults)
        doc = Doc(self._vocab, words=words, spaces=spaces)
        doc.user_data[TOKENS_KEY] = tokens
        return doc


@lru_cache(maxsize=32)
def read_affixes(language: str) -> Affixes | None:
    """Return what a language joins to words by an apostrophe, None when it joins nothing so."""
    forms = read_language_forms(language)
    prefixes = frozenset(prefix for prefix in forms.prefixes if prefix.endswith("'")) if forms is not None else None
    has_endings = forms is not None and bool(forms.suffix)
    return Affixes(prefixes or frozenset(), has_endings) if prefixes or has_endings else None


def _create_tokenizer(packs: Packs) -> Callable[[Language], WordTokenizer]:
    rows = packs.rows("abbreviations")
    abbreviations = frozenset(word_key(form) for row in rows for form in split_cell(row["abbreviation"]))

    def create(_: Language) -> WordTokenizer:
        return WordTokenizer(abbreviations)

    return create
