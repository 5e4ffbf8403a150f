"""Pages on paper: nothing of the text is left out, and addresses are whole."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from index.settings import Settings
from tests.support.pages import resolved
from web.app import create_app

_HIDDEN_MARKS = """() => [...document.querySelectorAll('main .e, main mark')]
  .filter((mark) => !mark.getClientRects().length && !mark.closest('aside, .marking, .card'))
  .map((mark) => mark.textContent)"""


@pytest.fixture(scope="module")
def whole(address: str, seed_settings: Settings) -> Callable[[str], str]:
    """The whole address of a page of the seeds."""
    client = create_app(seed_settings).test_client()
    return lambda path: address + resolved(path, client)


def printed(page: Page) -> str:
    """The text of the page on paper, without white space."""
    page.emulate_media(media="print")
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    return "".join(text.split())


@pytest.mark.parametrize(
    "path", ["{article:Patriot withdrawal}", "/search?period=2019", "/search?q=S-400", "/entity/s-400", "/amounts"]
)
def test_no_name_and_no_value_is_left_out_on_paper(page: Page, whole: Callable[[str], str], path: str) -> None:
    page.goto(whole(path))
    page.emulate_media(media="print")
    assert page.locator("main .e, main mark").count() > 0
    assert page.evaluate(_HIDDEN_MARKS) == []


def test_addresses_on_paper_are_whole(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    target = page.locator(".hits h3 a").first.get_attribute("href") or ""
    text = printed(page)
    assert f"({address}{target})" in text
    assert f":{address}/search?q=Patriot+withdrawal," in text


@pytest.mark.parametrize("path", ["/search?q=S-400", "{article:Patriot withdrawal}", "/entity/s-400", "/amounts"])
def test_links_to_files_and_programs_are_left_out_on_paper(page: Page, whole: Callable[[str], str], path: str) -> None:
    page.goto(whole(path))
    assert [word for word in ("JSON", "BibTeX", "CSV") if word in printed(page)] == []
