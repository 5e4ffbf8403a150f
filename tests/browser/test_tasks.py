"""Ten tasks of a journalist, each with the clicks that it takes; `docs/page.md` shows the table.

Typing is no click; Enter is one. Each task starts where the table says, and ends when the answer is on the screen.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from index.settings import Settings
from tests.browser.serving import served
from tests.support.editing import copy_archive, editing_app, make_archive

_DOCS = Path(__file__).parents[2] / "docs" / "page.md"


class Reader:
    """A person who works with a page; counts the clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, target: Locator) -> None:
        """Click on something."""
        target.click()
        self.clicks += 1

    def enter(self, field: str, text: str) -> None:
        """Type into a field and press Enter."""
        self.page.locator(field).fill(text)
        self.page.locator(field).press("Enter")
        self.clicks += 1

    def link(self, name: str, *, within: str = "main") -> Locator:
        """Return the first link with a name."""
        return self.page.locator(within).get_by_role("link", name=name).first

    def total(self, count: int | str) -> None:
        """Wait until the heading says how many articles there are."""
        expect(self.page.locator("h1")).to_contain_text(re.compile(rf"^{count} article"))


@pytest.fixture
def reader(page: Page) -> Reader:
    return Reader(page)


@pytest.fixture(scope="module")
def table() -> dict[str, int]:
    """The clicks of each task, as the documentation tells them."""
    rows = re.findall(r"^\| (\d+b?) \|[^|]*\|[^|]*\| (\d+)[^|]*\|$", _DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    return {number: int(clicks) for number, clicks in rows}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_archive(tmp_path_factory.mktemp("tasks"))


@pytest.fixture
def editable(made: Settings, tmp_path: Path) -> Iterator[str]:
    with served(editing_app(copy_archive(made, tmp_path))) as address:
        yield address


def test_who_appears_with_somebody(reader: Reader, address: str, table: dict[str, int]) -> None:
    reader.page.goto(address)
    reader.enter("#q", "Hulusi Akar")
    reader.click(reader.link("Hulusi Akar", within=".strip"))
    expect(reader.page.get_by_text("Number of articles with both")).to_be_visible()
    expect(reader.link("Vladimir Putin", within="aside")).to_be_visible()
    assert reader.clicks == table["1"]


def test_the_articles_of_both(reader: Reader, address: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{address}/entity/hulusi-akar")
    reader.click(reader.link("Vladimir Putin", within="aside"))
    reader.total(1)
    assert reader.clicks == table["1b"]


def test_money_above_a_billion(reader: Reader, address: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{address}/search?q=S-400")
    reader.click(reader.page.locator("#f-amount > summary"))
    reader.enter("#min", "1bn")
    expect(reader.page.locator(".chips")).to_contain_text("from 1bn")
    assert reader.clicks == table["2"]


def test_leave_out_a_place(reader: Reader, awkward_address: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{awkward_address}/search?q=kelpmoth")
    reader.click(reader.page.locator("#f-place > summary"))
    reader.click(reader.page.locator("#f-place .more").first)
    reader.click(reader.page.get_by_role("link", name=re.compile("^exclude")).first)
    expect(reader.page.locator(".chips")).to_contain_text("not Places")
    assert reader.clicks == table["3"]


def test_follow_an_entity(reader: Reader, address: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{address}/entity/ismail-demir")
    feed = reader.link("Follow new articles")
    target = f"{address}{feed.get_attribute('href')}"
    with reader.page.expect_request(target):
        reader.click(feed)
    # What a feed reader then gets.
    answer = reader.page.request.get(target)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert answer.text().count("<entry>") == 3
    assert reader.clicks == table["4"]


def test_mend_a_wrong_name(reader: Reader, editable: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{editable}/entity/kiel-institute")
    reader.click(reader.page.locator('.decide a[href$="/reject"]'))
    reader.click(reader.page.locator(".preview button").first)
    expect(reader.page.locator(".done")).to_contain_text("Rejected")
    assert reader.clicks == table["5"]


def test_undo_it(reader: Reader, editable: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{editable}/entity/demir/rename?name=X")
    reader.page.locator(".preview button").first.click()
    reader.click(reader.page.locator(".done button"))
    expect(reader.page.locator(".done")).to_contain_text("Undone")
    assert reader.clicks == table["6"]


@pytest.mark.parametrize("start", ["article", "facet"])
def test_back_to_the_results(reader: Reader, address: str, table: dict[str, int], start: str) -> None:
    reader.page.goto(f"{address}/search?q=S-400&person=ismail-demir")
    target = {"article": ".hits h3 a", "facet": "#f-person a.all"}[start]
    reader.page.locator(target).first.click()
    reader.click(reader.page.locator(".back a", has_text="Back to the results"))
    reader.total(3)
    assert reader.clicks == table["7"]


def test_an_address_is_the_whole_search(reader: Reader, address: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{address}/search?q=S-400")
    reader.page.get_by_label("İsmail Demir").first.check()
    reader.total(3)
    sent = reader.page.url
    reader.page.goto("about:blank")
    reader.page.goto(sent)
    reader.total(3)
    assert reader.clicks == table["8"]


def test_pick_three_organizations(reader: Reader, address: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{address}/search?q=S-400")
    for box in reader.page.locator("#f-org input").all()[2:5]:
        reader.click(box)
    expect(reader.page.locator(".chips li")).to_have_count(4)
    assert reader.clicks == table["9"]


def test_export_everything(reader: Reader, address: str, table: dict[str, int]) -> None:
    reader.page.goto(f"{address}/search?q=S-400")
    with reader.page.expect_download() as waiting:
        reader.click(reader.link("CSV", within=".export"))
    file: Download = waiting.value
    assert len(Path(file.path()).read_text(encoding="utf-8").splitlines()) > 5
    assert reader.clicks == table["10"]
