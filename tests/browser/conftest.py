"""A real browser on a real server over the index of the seeds."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress.server import create_server

from index.settings import Settings
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
# Every violation of the content security policy is kept where a test can read it.
_WATCH_POLICY = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


@pytest.fixture(scope="session")
def address(seed_settings: Settings, seed_index: Path) -> Iterator[str]:
    """Address of the site of the seeds, without a slash at the end."""
    assert seed_index.is_dir()
    server = create_server(create_app(seed_settings), host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine."""
    if not Path(_CHROMIUM).is_file():
        pytest.skip(_INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_context(chromium: Browser) -> Iterator[list[BrowserContext]]:
    """Contexts that a test opened, closed after it."""
    contexts: list[BrowserContext] = []
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture
def page(chromium: Browser, open_context: list[BrowserContext]) -> Page:
    """A window on a desk."""
    return _window(chromium, open_context, width=1280)


@pytest.fixture
def phone(chromium: Browser, open_context: list[BrowserContext]) -> Page:
    """A narrow window."""
    return _window(chromium, open_context, width=390)


@pytest.fixture
def plain_page(chromium: Browser, open_context: list[BrowserContext]) -> Page:
    """A window without JavaScript."""
    return _window(chromium, open_context, width=1280, has_scripts=False)


@pytest.fixture(params=["light", "dark"])
def colored_page(request: pytest.FixtureRequest, chromium: Browser, open_context: list[BrowserContext]) -> Page:
    """A window in each of the two color schemes."""
    page = _window(chromium, open_context, width=1280)
    page.emulate_media(color_scheme=request.param)
    return page


def _window(browser: Browser, contexts: list[BrowserContext], *, width: int, has_scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=has_scripts)
    context.set_default_timeout(10_000)
    if has_scripts:
        context.add_init_script(_WATCH_POLICY)
    contexts.append(context)
    return context.new_page()
