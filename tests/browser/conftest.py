"""A real browser on a real server over the index of the seeds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from index.settings import Settings
from tests.browser.serving import served
from web.app import create_app

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), "")
_INSTALL = "no Chromium here: apt-get install -y --no-install-recommends chromium"
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Every violation of the content security policy and every shift of the layout is kept where a test can read it.
_WATCH = """
window.violations = [];
window.shifts = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
const watch = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
watch.observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="session")
def address(seed_settings: Settings, seed_index: Path) -> Iterator[str]:
    """Address of the site of the seeds, without a slash at the end."""
    assert seed_index.is_dir()
    with served(create_app(seed_settings)) as site:
        yield site


@pytest.fixture(scope="session")
def awkward_address(awkward_settings: Settings) -> Iterator[str]:
    """Address of the site of the archive that is hard to show."""
    with served(create_app(awkward_settings)) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine."""
    if not Path(_CHROMIUM).is_file():
        pytest.skip(_INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


# One window with scripts and one without serve all tests: to open one takes longer than most tests.


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Page:
    """The window with scripts."""
    return _window(chromium, has_scripts=True)


@pytest.fixture(scope="session")
def window_without_scripts(chromium: Browser) -> Page:
    """The window without scripts."""
    return _window(chromium, has_scripts=False)


@pytest.fixture
def page(window: Page) -> Page:
    """A window on a desk."""
    return _reset(window, width=1280)


@pytest.fixture
def phone(window: Page) -> Page:
    """A narrow window."""
    return _reset(window, width=390)


@pytest.fixture
def plain_page(window_without_scripts: Page) -> Page:
    """A window without JavaScript."""
    return _reset(window_without_scripts, width=1280)


def _reset(page: Page, *, width: int) -> Page:
    """Return the window as if it were new: no page, no cookies, nothing stored, no mouse over it."""
    page.unroute_all()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light", forced_colors="none", media="screen")
    page.mouse.move(0, 0)
    return page


def _window(browser: Browser, *, has_scripts: bool) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=has_scripts)
    context.set_default_timeout(10_000)
    if has_scripts:
        context.add_init_script(_WATCH)
    return context.new_page()
