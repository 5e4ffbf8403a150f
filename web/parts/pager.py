"""Numbered pages of a list."""

from collections.abc import Callable

from web.parts.records import Link, Pager

__all__ = ["NO_PAGES", "make_pager", "page_count"]

NO_PAGES = Pager((), "", "")


def page_count(total: int, size: int) -> int:
    """Return the number of pages of a list, at least one.

    >>> page_count(41, 20), page_count(0, 20)
    (3, 1)
    """
    return max(-(-total // size), 1)


def make_pager(page: int, pages: int, url: Callable[[int], str]) -> Pager:
    """Return links to the first, the last and the pages around `page`; None when there is only one.

    >>> pager = make_pager(5, 100, lambda page: f"?page={page}")
    >>> " ".join(link.text if link else "…" for link in pager.pages)
    '1 … 4 5 6 … 100'
    """
    if pages < 2:
        return NO_PAGES
    shown = sorted({1, pages, *range(max(page - 1, 1), min(page + 1, pages) + 1)})
    links: list[Link | None] = []
    for number in shown:
        previous = links[-1] if links else None
        if previous is not None and number > int(previous.text) + 1:
            # A gap of one page is no shorter than the page itself.
            links.append(Link(str(number - 1), url(number - 1)) if number == int(previous.text) + 2 else None)
        links.append(Link(str(number), url(number), is_current=number == page))
    return Pager(
        pages=tuple(links),
        previous_url=url(page - 1) if page > 1 else "",
        next_url=url(page + 1) if page < pages else "",
    )
