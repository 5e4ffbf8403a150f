"""The article that an argument means: by id, locator, URL, or a path from the working folder."""

from pathlib import Path

from index.archive import Archive
from index.catalog.reader import CatalogReader
from index.errors import ArticleNotFoundError
from index.ingest.finding.roots import root_locators
from index.settings import Settings
from search.answer.requests.interpretation import readable

__all__ = ["find_article"]


def find_article(reader: CatalogReader, text: str, settings: Settings) -> str:
    """Return the id of the article that `text` means. Raises `ArticleNotFoundError`.

    A file that is there is meant by its path from the working folder, whatever the archive calls another one.
    """
    by_path = root_locators([text], base=Archive(settings).base)
    wanted = [*by_path, text] if _is_file(text) else [text, *by_path]
    for candidate in wanted:
        found = reader.resolve_article_id(readable(candidate))
        if found is not None:
            return found
    raise ArticleNotFoundError(f"No single article matches {readable(text)!r}. Use an id from the results.")


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # A name that is too long, or has a NUL.
        return False
