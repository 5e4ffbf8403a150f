"""From articles to their mentions, each with its sentence, its entity and its value."""

from collections.abc import Iterator, Sequence

from index.catalog.reading.records import ArticleContent
from index.keywords.documents import is_in_story
from index.model import ENTITY_KINDS, Kind, Mention, Span
from search.hits.sentences import sentence_around, split_sentences
from search.hits.wanted import Wanted
from search.query.ast import Keyword, KeywordRange, Query
from search.query.tree import leaves
from search.request import MentionChoice, Selection
from search.views import MentionView

__all__ = ["MentionLister"]

_FIELD_KINDS = {
    **{kind.value: kind for kind in ENTITY_KINDS},
    **dict.fromkeys(("amounts", "currencies", "amount_sizes"), Kind.AMOUNTS),
    **dict.fromkeys(("dates", "date_years", "date_months"), Kind.DATES),
}


class MentionLister:
    """Lists the mentions that a query, its filters and a choice ask for; those outside the story are left out.

    A query or filter that names an entity or a value asks for the mentions of it. Of other kinds, it asks for all that
    are chosen by kind; and for all of every kind when neither it nor the choice asks for anything.
    """

    def __init__(
        self, query: Query, selections: Sequence[Selection], choice: MentionChoice, *, abbreviations: frozenset[str]
    ) -> None:
        self._wanted = Wanted.of(query, selections, first_part=0)
        self._named_kinds = _kinds_of(query, selections)
        self._kinds = set(choice.kinds) or self._named_kinds or set(Kind)
        self._beside = frozenset(choice.beside)
        self._abbreviations = abbreviations

    def list(self, content: ArticleContent) -> Iterator[MentionView]:
        """Yield the mentions of an article, in the order of its body."""
        article = content.article
        entity_of = {link.mention.span: link.entity_id for link in content.links}
        found = [mention for mention in content.mentions if self._is_wanted(content, mention, entity_of)]
        if not found:
            return
        sentences = split_sentences(article.body, abbreviations=self._abbreviations)
        starts = [sentence.start for sentence in sentences]
        named: dict[int, set[str]] = {}
        for link in content.links if self._beside else ():
            named.setdefault(sentence_around(link.mention.span.start, starts), set()).add(link.entity_id)
        for mention in sorted(found, key=lambda mention: mention.span):
            number = sentence_around(mention.span.start, starts)
            if self._beside <= named.get(number, set()):
                yield _view(content, mention, entity_of.get(mention.span), sentences[number])

    def _is_wanted(self, content: ArticleContent, mention: Mention, entity_of: dict[Span, str]) -> bool:
        entity_id = entity_of.get(mention.span)
        # What people rejected names nothing.
        is_something = entity_id is not None or mention.kind not in ENTITY_KINDS
        if not is_something or not is_in_story(content.article, mention):
            return False
        kind = mention.kind if entity_id is None else content.entities[entity_id].kind
        return kind in self._kinds and (
            kind not in self._named_kinds or self._wanted.asks_for(content.article, mention, entity_id)
        )


def _kinds_of(query: Query, selections: Sequence[Selection]) -> set[Kind]:
    """The kinds of the entities and values in a query and its filters."""
    fields = [leaf.field for leaf, negated in leaves(query) if not negated and isinstance(leaf, Keyword | KeywordRange)]
    fields += [selection.field for selection in selections if selection.values]
    return {_FIELD_KINDS[field] for field in fields if field in _FIELD_KINDS}


def _view(content: ArticleContent, mention: Mention, entity_id: str | None, sentence: Span) -> MentionView:
    article = content.article
    return MentionView(
        article=article.id,
        title=article.title,
        published=article.published,
        locator=article.locator,
        url=article.url,
        kind=mention.kind if entity_id is None else content.entities[entity_id].kind,
        text=mention.text,
        entity=entity_id,
        name=None if entity_id is None else content.entities[entity_id].name,
        amount=mention.amount,
        interval=mention.interval,
        sentence=article.body[sentence.start : sentence.end],
        span=mention.span,
    )
