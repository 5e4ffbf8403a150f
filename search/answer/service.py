"""Everything that the page, the API and the command line ask of an archive: searches, and one thing at a time."""

from index.model import Kind
from index.settings import Settings
from search.answer.articles import view_article
from search.answer.interpretation import readable
from search.answer.searching import ArchiveSearch, open_parts
from search.entities.browsing import browse, complete
from search.entities.explanations import MentionReason, SuggestionView, explain_mentions, view_suggestions
from search.entities.pages import view_entity
from search.request import SearchRequest
from search.views import ArticleView, BrowseView, Completion, EntityView

__all__ = ["SearchService", "open_service"]


def open_service(settings: Settings) -> "SearchService":
    """The service on the index that the settings name; raises as `search.answer.searching.open_parts`."""
    catalog, searcher = open_parts(settings)
    return SearchService(catalog, searcher, packs=settings.packs)


class SearchService(ArchiveSearch):
    """Answers searches and shows articles, entities and browse pages. Safe to use from many threads."""

    def article(self, article_id: str, q: str = "") -> ArticleView:
        """One article with its entities, and the words of `q` highlighted; raises `ArticleNotFoundError`.

        The id may be a unique beginning of one, or the path or URL that the article came from.
        """
        found = self._catalog.resolve_article_id(readable(article_id)) or readable(article_id)
        reading = self._read(SearchRequest(q=q))
        return view_article(
            found,
            reading.plain_query(),
            catalog=self._catalog,
            abbreviations=self._abbreviations,
            interpretation=reading.describe(is_any=False),
        )

    def entity(self, entity_id: str, *, limit: int = 20, offset: int = 0) -> EntityView:
        """One entity with `limit` of its articles from `offset` on; raises `EntityNotFoundError`.

        An id that was merged away gives the entity that took it in.
        """
        self._searcher.refresh()
        return view_entity(
            self._catalog.current_id(readable(entity_id)) or readable(entity_id),
            catalog=self._catalog,
            searcher=self._searcher,
            abbreviations=self._abbreviations,
            limit=limit,
            offset=offset,
        )

    def browse(
        self, kind: Kind, *, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
    ) -> BrowseView:
        """Entities of a kind whose name begins with `prefix`, by "documents", "mentions" or "name"."""
        return browse(kind, catalog=self._catalog, prefix=readable(prefix), order=order, limit=limit, offset=offset)

    def complete(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """What the text of a search may go on to: entities first, then words, most articles first."""
        self._searcher.refresh()
        return complete(readable(text), catalog=self._catalog, searcher=self._searcher, limit=limit)

    def why(self, article_id: str) -> tuple[MentionReason, ...]:
        """Every mention of an article and why it means what it means; raises `ArticleNotFoundError`."""
        return explain_mentions(article_id, catalog=self._catalog)

    def suggestions(self, *, kind: Kind | None = None, limit: int = 20, offset: int = 0) -> tuple[SuggestionView, ...]:
        """Entities that may be one, for a person to decide, with sentences that mention them; the likeliest first."""
        self._searcher.refresh()
        return view_suggestions(
            self._catalog.suggestions(kind=kind, limit=limit, offset=offset),
            catalog=self._catalog,
            searcher=self._searcher,
            abbreviations=self._abbreviations,
        )
