"""`search.open`: an archive of articles, from Python."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack

from index.archive import index_folder_at
from index.errors import UsageError
from index.fields import field_for_parameter
from index.model import ENTITY_KINDS, Entity, Kind
from index.settings import load_settings
from search.answer.facets import SIDEBAR_FIELDS, facet_fields
from search.answer.service import SearchService
from search.archive import OpenArchive
from search.filters import Filters, SearchFilters, find_entity, mention_choice, request_from_filters
from search.query.currencies import read_currencies
from search.request import MentionChoice, SearchRequest
from search.results import Facet, Hit, SearchResult, SimilarArticle
from search.views import ArticleView, CompanionView, EntityView, MentionView

__all__ = ["Archive", "open_archive"]


def open_archive(
    path: str | os.PathLike[str] | None = None,
    *,
    packs: Sequence[str] | None = None,
    engine: str | None = None,
    catalog: str | None = None,
) -> "Archive":
    """Open the archive whose index is at `path`: the index folder, or the folder that holds it.

    Without `path`, the nearest from the working folder upwards, as for `search-cli`. `catalog` is the address of the
    database that holds the catalog (`postgresql://...`). What is None comes from `search.toml`, the environment or the
    defaults. Raises `IndexMissingError` when there is none,
    `IndexOutdatedError`, `IndexDamagedError`, `CatalogError` or `UsageError`.
    """
    settings = load_settings(
        working_folder=Path.cwd(),
        options={
            "index": None if path is None else index_folder_at(Path(path)),
            "packs": packs,
            "engine": engine,
            "catalog_url": catalog,
        },
    )
    return Archive(OpenArchive(settings))


class Archive:
    """An open archive. Safe to use from many threads; each call sees the newest commit of the index.

    Close it, or use it in a `with` statement. Filters are keywords with the names of the page's parameters: see
    `search.filters.Filters`. A filter that cannot be used raises `UsageError` with its name; a query text never does,
    and what could not be read in it is in `SearchResult.notices`.
    """

    def __init__(self, opened: OpenArchive) -> None:
        self._opened = opened
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"search.open({str(self._opened.settings.index)!r})"

    def close(self) -> None:
        """Release the files of the index; the archive cannot be used after it. A second call does nothing."""
        self._is_closed = True
        self._opened.close()

    def search(
        self,
        q: str = "",
        *,
        page: int = 1,
        size: int = 20,
        facets: str | Sequence[str] | None = None,
        facet_limit: int = 10,
        **filters: Unpack[SearchFilters],
    ) -> SearchResult:
        """Return a page of the articles that match, counted from 1, and `facet_limit` values of each facet.

        `facets` are names such as "person" or "year", or "all"; by default those that the page shows beside results.
        A page beyond the last becomes the first.
        """
        names = facets if isinstance(facets, str) or facets is None else ",".join(facets)
        fields = SIDEBAR_FIELDS if names is None else facet_fields(names)
        with self._service() as service:
            request = self._request(service, q, filters, page=page, size=size)
            return service.search(request, facets=fields, facet_limit=facet_limit)

    def count(self, q: str = "", **filters: Unpack[SearchFilters]) -> int:
        """Return how many articles match."""
        with self._service() as service:
            return service.count(self._request(service, q, filters))

    def export(self, q: str = "", **filters: Unpack[SearchFilters]) -> Iterator[Hit]:
        """Return an iterator over all articles that match, in order; it never holds more than a few hundred.

        All are of one state of the archive, whatever is indexed meanwhile.
        """
        with self._service() as service:
            request = self._request(service, q, filters)
        return self._export(request)

    def _export(self, request: SearchRequest) -> Iterator[Hit]:
        with self._service() as service:
            yield from service.export(request)

    def mentions(
        self,
        q: str = "",
        *,
        kinds: str | Sequence[str] = (),
        beside: str | Sequence[str] = (),
        **filters: Unpack[SearchFilters],
    ) -> Iterator[MentionView]:
        """Return an iterator over mentions in all articles that match, each with its sentence, entity and value.

        `kinds` are names such as "person" or "amounts". Filters that name entities or values choose the mentions of
        these; without kinds and such filters, all are listed. With `beside`, only those in sentences that also name
        each of these entities.
        """
        with self._service() as service:
            request = self._request(service, q, filters)
            choice = mention_choice(service, _names(kinds), _names(beside))
        return self._mentions(request, choice)

    def _mentions(self, request: SearchRequest, choice: MentionChoice) -> Iterator[MentionView]:
        with self._service() as service:
            yield from service.mentions(request, choice)

    def facets(
        self,
        name: str,
        q: str = "",
        *,
        contains: str = "",
        order: str = "",
        limit: int = 50,
        offset: int = 0,
        **filters: Unpack[Filters],
    ) -> Facet:
        """Return `limit` values of one facet, such as "person" or "year", over the articles that match.

        `order` is "count" or "name"; by default years, months and sizes stand in their own order, all else by count.
        With `contains`, only values one of whose names has a word that begins with it.
        """
        fields = facet_fields(name)
        if len(fields) != 1:
            raise UsageError(f"facets: {name!r} is not the name of one facet, such as person.")
        with self._service() as service:
            request = self._request(service, q, filters)
            return service.facet_values(fields[0], request, contains=contains, order=order, limit=limit, offset=offset)

    def article(self, article_id: str, q: str = "") -> ArticleView:
        """Return one article with its entities, amounts and dates, and the words of `q` highlighted.

        The id may be a unique beginning of one, or the path or URL that the article came from. Raises
        `ArticleNotFoundError`.
        """
        with self._service() as service:
            return service.article(article_id, q)

    def similar(self, article_id: str, *, limit: int = 10) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest in meaning to one, each with its reasons; none when it has no vector.

        The id may be a unique beginning of one, or the path or URL that the article came from. Raises
        `ArticleNotFoundError`.
        """
        with self._service() as service:
            return service.similar(article_id, limit=limit)

    def like(
        self, text: str, q: str = "", *, limit: int = 10, **filters: Unpack[SearchFilters]
    ) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest in meaning to the first lines of a text, of those that match `q` and filters."""
        with self._service() as service:
            return service.like(text, self._request(service, q, filters), limit=limit)

    def entity(self, name: str, *, limit: int = 20, offset: int = 0) -> EntityView:
        """Return the entity with this id, canonical name or alias, and `limit` of its articles, most mentions first.

        Of several with one name, the one in most articles. Raises `EntityNotFoundError`.
        """
        with self._service() as service:
            return service.entity(find_entity(service, name).id, limit=limit, offset=offset)

    def companions(
        self, name: str, *, kinds: str | Sequence[str] = (), order: str = "documents", limit: int = 50
    ) -> tuple[CompanionView, ...]:
        """Return `limit` entities that appear with the entity of this id, canonical name or alias.

        `kinds` are names such as "person"; `order` is "documents", "sentences" or "lift". Reads all articles of the
        entity. Raises `EntityNotFoundError`.
        """
        wanted = [_entity_kind(kind) for kind in _names(kinds)]
        with self._service() as service:
            return service.companions(find_entity(service, name).id, kinds=wanted, order=order, limit=limit)

    def entities(
        self, kind: str, *, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
    ) -> tuple[Entity, ...]:
        """Return entities of a kind, "person" or "people", whose name begins with `prefix`.

        `order` is "documents", "mentions" or "name".
        """
        wanted = _entity_kind(kind)
        with self._service() as service:
            return service.browse(wanted, prefix=prefix, order=order, limit=limit, offset=offset).entities

    @contextmanager
    def _service(self) -> Iterator[SearchService]:
        """Yield the service on the newest committed state."""
        if self._is_closed:
            raise UsageError("This archive is closed. Open it again with search.open().")
        with self._opened.view() as view:
            yield view.service

    def _request(
        self, service: SearchService, q: str, filters: Filters | SearchFilters, *, page: int = 1, size: int = 20
    ) -> SearchRequest:
        return request_from_filters(service, q, filters, currencies=lambda: self._currencies, page=page, size=size)

    @cached_property
    def _currencies(self) -> Mapping[str, str]:
        return read_currencies(self._opened.settings.packs)


def _names(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _entity_kind(name: str) -> Kind:
    field = field_for_parameter(name)
    kinds = {kind.value: kind for kind in ENTITY_KINDS}
    kind = kinds.get(field.name if field is not None else name)
    if kind is None:
        raise UsageError(f"kind: there is no kind of entity {name!r}. Known: {', '.join(kinds)}.")
    return kind
