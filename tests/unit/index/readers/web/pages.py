"""Small pages for tests: an article with a head, something before and after its text, and a frame around it."""

import io
import json

from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.web_page import read_page

__all__ = ["ADDRESS", "canonical", "json_ld", "meta", "page", "published", "read"]

ADDRESS = "https://gazette.example.org/news/board-backs-plan"
_STORY = (
    "<p>The harbour board in Lisbon approved the plan to deepen the northern channel after a long debate, the chairman"
    " said on Tuesday, and work will begin in spring.</p>"
    "<p>Engineers expect that the larger vessels will be able to dock within two years, while residents of the old"
    " quarter fear noise and dust during the construction.</p>"
    "<p>The council will vote again in autumn, when the costs of the project are known in more detail, according to a"
    " statement by the mayor of the city.</p>"
)


def page(
    head: str = "",
    *,
    above: str = "",
    before: str = "<h1>Harbour board backs channel plan</h1>",
    after: str = "",
    below: str = "",
    language: str = "en",
) -> str:
    """Return a page: `above` and `below` stand outside the article, `before` and `after` around its text."""
    return (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'>"
        f"{head}</head><body>{above}<article>{before}{_STORY}{after}</article>{below}</body></html>"
    )


def meta(name: str, content: str) -> str:
    """Return a `<meta>` element."""
    return f'<meta name="{name}" content="{content}">'


def canonical(address: str) -> str:
    """Return the element that states the address of a page."""
    return f'<link rel="canonical" href="{address}">'


def json_ld(*nodes: object) -> str:
    """Return the nodes as JSON-LD, one of them alone and several as a graph."""
    value = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def read(html: str, *, address: str | None = None, name: str = "") -> Draft:
    """Read a page."""
    data = html.encode()
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(data))
    content = Content(stream, locator="page.html", name="page.html", max_bytes=len(data))
    return read_page(content, ReadOptions(), address=address, name=name)


def published(html: str, *, address: str | None = None, name: str = "") -> tuple[str | None, bool]:
    """Return the day of publication of a page, and True when it is a guess."""
    found = read(html, address=address, name=name).published
    return (found.value, found.approximate) if found is not None else (None, False)
