"""Articles like another one, or like a text, each with its reasons."""

import re
from collections.abc import Container, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import ArticleContent
from index.errors import ModelError
from index.model import Article, Entity
from search.answer.meaning.encoding import encode
from search.answer.meaning.nearest import Near, NearestArticles
from search.hits.sentences import split_sentences
from search.results import SimilarArticle

if TYPE_CHECKING:
    from index.recognizer.encoder.vectors import Vector

__all__ = ["SimilarFinder"]

_MAX_ENTITIES: Final = 3
_MAX_CLOSEST: Final = 5
# An entity in more than this share of the articles says nothing about two of them; in few articles any may.
_RARE_SHARE: Final = 0.1
_RARE_ARTICLES: Final = 10
# Sentences at the beginning of each article that are compared: encoding one takes a millisecond.
_SENTENCES: Final = 6
# Shorter ones are dates and lines of headings.
_MIN_SENTENCE: Final = 40
# Five words in a row that two texts share were copied, or quoted: of half of them, the text was.
_SHINGLE: Final = 5
_SAME_STORY: Final = 0.5
_MAX_COMPARED: Final = 20_000
_WORD = re.compile(r"\w+")


class SimilarFinder:
    """Finds articles like others in one committed state of an archive with so many `articles`."""

    def __init__(
        self, catalog: CatalogReader, nearest: NearestArticles, *, articles: int, abbreviations: frozenset[str]
    ) -> None:
        self._catalog = catalog
        self._nearest = nearest
        self._articles = articles
        self._abbreviations = abbreviations

    def to_article(
        self, content: ArticleContent, *, limit: int, has_sentences: bool = False
    ) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest to one; none for one without a vector.

        `has_sentences` also finds the two sentences, one of each article, that are nearest to each other.
        """
        article_id = content.article.id
        stored = self._catalog.vectors([article_id])
        if not stored:
            return ()
        from index.recognizer.encoder.vectors import from_bytes

        near = self._nearest.find(from_bytes([stored[article_id]])[0], limit=limit, without=article_id)
        return self._with_reasons(near, content, has_sentences=has_sentences)

    def to_text(self, text: str, *, limit: int, among: Container[str] | None = None) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest to the beginning of a text, of `among`; none for a text without words."""
        vector = encode(text)
        if vector is None:
            return ()
        return self._with_reasons(self._nearest.find(vector, limit=limit, among=among))

    def closest(self, text: str) -> tuple[SimilarArticle, ...]:
        """Return a few articles nearest to a text that nobody asked for by name; none without vectors or a network."""
        if not self._catalog.vector_rows():
            return ()
        try:
            return self.to_text(text, limit=_MAX_CLOSEST)
        except ModelError:
            # What nobody asked for: a search whose order it concerns says so.
            return ()

    def _with_reasons(
        self, near: Sequence[Near], content: ArticleContent | None = None, *, has_sentences: bool = False
    ) -> tuple[SimilarArticle, ...]:
        """Return nearest articles with their reasons, in their order; one call to the catalog."""
        contents = self._catalog.contents([item.id for item in near])
        own = _Sentences(content.article, self._abbreviations) if content is not None and has_sentences else None
        shingles = _shingles(content.article) if content is not None else frozenset()
        found = []
        for item in near:
            other = contents.get(item.id)
            if other is None:
                continue
            sentences = ("", "") if own is None else own.nearest(_Sentences(other.article, self._abbreviations))
            found.append(
                SimilarArticle(
                    id=item.id,
                    title=other.article.title,
                    locator=other.article.locator,
                    source=other.article.source,
                    published=other.article.published,
                    cosine=item.cosine,
                    entities=_rare_in_common(content, other, articles=self._articles),
                    own_sentence=sentences[0],
                    sentence=sentences[1],
                    is_same_story=_is_same_story(shingles, _shingles(other.article)) if shingles else False,
                )
            )
        return tuple(found)


def _rare_in_common(one: ArticleContent | None, other: ArticleContent, *, articles: int) -> tuple[Entity, ...]:
    """Return the entities of both articles that the fewest other articles have."""
    if one is None:
        return ()
    most = max(_RARE_ARTICLES, _RARE_SHARE * articles)
    common = [entity for key, entity in one.entities.items() if key in other.entities and entity.documents <= most]
    common.sort(key=lambda entity: (entity.documents, entity.id))
    return tuple(common[:_MAX_ENTITIES])


class _Sentences:
    """The first sentences of an article, with their vectors."""

    def __init__(self, article: Article, abbreviations: frozenset[str]) -> None:
        # A sentence of the first ones ends within so many characters, or is none.
        beginning = article.body[: _SENTENCES * 500]
        spans = split_sentences(beginning, abbreviations=abbreviations)
        texts = (" ".join(beginning[span.start : span.end].split()) for span in spans)
        self._texts: list[str] = []
        self._vectors: list[Vector] = []
        for text in islice((text for text in texts if len(text) >= _MIN_SENTENCE), _SENTENCES):
            vector = encode(text)
            if vector is not None:
                self._texts.append(text)
                self._vectors.append(vector)

    def nearest(self, other: "_Sentences") -> tuple[str, str]:
        """Return the sentence of each that is nearest to one of the other; two empty texts where there are none."""
        pairs = [
            (float(mine @ theirs), -first, -second)
            for first, mine in enumerate(self._vectors)
            for second, theirs in enumerate(other._vectors)
        ]
        if not pairs:
            return "", ""
        _, first, second = max(pairs)
        return self._texts[-first], other._texts[-second]


def _shingles(article: Article) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(article.body[:_MAX_COMPARED].lower())
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _is_same_story(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Return whether the shorter of two texts is for the most part in the other.

    >>> text = frozenset({("the", "talks", "went", "on", "today")})
    >>> _is_same_story(text, text | {("they", "will", "end", "soon", "now")})
    True
    """
    shorter = min(len(one), len(other))
    return bool(shorter) and len(one & other) >= _SAME_STORY * shorter
