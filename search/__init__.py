"""Search archives of articles: `with search.open("news") as archive: archive.search("Patriot withdrawal")`.

Query language, the read side of engines, facets, snippets and `search-cli`. Imports `index`, never `web`. The names
below are the public ones and are documented in docs/python-api.md; they are imported when first used, because every
command imports this package.
"""

from typing import TYPE_CHECKING

from index.lazy_names import load_name

if TYPE_CHECKING:
    from index.errors import ArticleNotFoundError as ArticleNotFoundError
    from index.errors import DossierError as DossierError
    from index.errors import EntityNotFoundError as EntityNotFoundError
    from index.errors import IndexMissingError as IndexMissingError
    from index.errors import UsageError as UsageError
    from index.model import Entity as Entity
    from search.archive_api import Archive as Archive
    from search.archive_api import open_archive as open  # noqa: A004 - only ever `search.open`, as `gzip.open`
    from search.results import Facet as Facet
    from search.results import FacetValue as FacetValue
    from search.results import Hit as Hit
    from search.results import SearchResult as SearchResult
    from search.results import SimilarArticle as SimilarArticle
    from search.results import Snippet as Snippet
    from search.views import ArticleView as ArticleView
    from search.views import CompanionView as CompanionView
    from search.views import EntityView as EntityView
    from search.views import MentionView as MentionView

__all__ = [
    "Archive",
    "ArticleNotFoundError",
    "ArticleView",
    "CompanionView",
    "DossierError",
    "Entity",
    "EntityNotFoundError",
    "EntityView",
    "Facet",
    "FacetValue",
    "Hit",
    "IndexMissingError",
    "MentionView",
    "SearchResult",
    "SimilarArticle",
    "Snippet",
    "UsageError",
    "open",
]

_HOMES = {
    "Archive": "search.archive_api:Archive",
    "ArticleNotFoundError": "index.errors:ArticleNotFoundError",
    "ArticleView": "search.views:ArticleView",
    "CompanionView": "search.views:CompanionView",
    "DossierError": "index.errors:DossierError",
    "Entity": "index.model:Entity",
    "EntityNotFoundError": "index.errors:EntityNotFoundError",
    "EntityView": "search.views:EntityView",
    "Facet": "search.results:Facet",
    "FacetValue": "search.results:FacetValue",
    "Hit": "search.results:Hit",
    "IndexMissingError": "index.errors:IndexMissingError",
    "MentionView": "search.views:MentionView",
    "SearchResult": "search.results:SearchResult",
    "SimilarArticle": "search.results:SimilarArticle",
    "Snippet": "search.results:Snippet",
    "UsageError": "index.errors:UsageError",
    "open": "search.archive_api:open_archive",
}


def __getattr__(name: str) -> object:
    return load_name(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
