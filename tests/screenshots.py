"""Screenshots of every page: `python -m tests.screenshots FOLDER`.

The pages of both test archives, those of an empty one, those on which people decide, and those of a server with users.
Each is taken on a desk (1280 pixels) and a phone (390), in both themes; `--widths 768,320` takes others. With `--docs`,
the few pictures of the documentation are taken into `docs/pictures` instead. `--only TEXT` takes the pages whose name
has this text.
"""

import re
import shutil
import subprocess
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from index.ingest.indexer import Indexer
from index.settings import Settings
from tests.awkward.archive import make_awkward_archive
from tests.browser.serving import served
from tests.support.editing import editing_app, make_archive
from tests.support.pages import PAGES, SitePage, resolved
from tests.support.users import PASSWORD, app_with_users, make_users
from web.app import create_app

_SEEDS = Path(__file__).parents[1] / "seeds"
_DOCS = Path(__file__).parents[1] / "docs" / "pictures"
_HEIGHTS = {1280: 900, 768: 1024, 390: 844, 320: 700}
_WIDTHS = "1280,390"
_THEMES = ("light", "dark")
_MORE = (
    *(SitePage("empty", path) for path in ("/", "/search", "/help", "/api", "/entities/people")),
    *(
        SitePage("editing", path)
        for path in (
            "/suggestions",
            "/decisions",
            "/entity/hasan-demir",
            "/entity/hasan-demir/rename?name=Hasan+Demir+of+Izmir",
            "/entity/hasan-demir/kind?kind=organizations",
            "/entity/hasan-demir/same?q=demir",
            "/entity/hasan-demir/same?other=demir",
            "/entity/hasan-demir/split?form=Hasan+Demir",
            "/entity/hasan-demir/reject",
            "{article:Kiel}",
        )
    ),
    SitePage("users", "/login"),
    *(SitePage("ada", path) for path in ("/account", "/users", "/users/ada", "/search?q=Demir")),
)
"""Pages of sites that no test shares."""

_DOCS_PAGES = (
    ("results", SitePage("seeds", "/search?q=Patriot+withdrawal"), 1280, "light"),
    ("results-phone", SitePage("seeds", "/search?q=Patriot+withdrawal"), 390, "dark"),
    ("article", SitePage("seeds", "{article:Patriot withdrawal}?q=Patriot#c-mim-104-patriot"), 1280, "light"),
    ("entity", SitePage("seeds", "/entity/s-400"), 1280, "dark"),
    ("dates", SitePage("seeds", "/search?period=2019"), 1280, "light"),
    ("graph", SitePage("seeds", "/graph?q=S-400"), 1280, "light"),
    ("amounts", SitePage("seeds", "/amounts?q=S-400"), 1280, "light"),
)


def _sites(folder: Path) -> dict[str, Flask]:
    """Index the archives and return their applications; that of "ada" is the one with users, once she logged in."""
    seeds = Settings(index=folder / "seeds" / ".dossier", workers=1)
    report = Indexer(seeds, pool="local").index([str(_SEEDS)])
    assert not report.failed
    decided = make_archive(folder / "decided")
    users = make_users(decided.index, now=time.time)
    with_users = app_with_users(decided, users, trusted_hosts=("127.0.0.1",))
    return {
        "seeds": create_app(seeds),
        "awkward": create_app(make_awkward_archive(folder / "other")),
        "empty": create_app(Settings(index=folder / "empty" / ".dossier")),
        "editing": editing_app(decided),
        "users": with_users,
        "ada": with_users,
    }


@contextmanager
def _all_served(sites: Mapping[str, Flask]) -> Iterator[dict[str, str]]:
    """Yield the address of each site."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(served(app)) for name, app in sites.items()}


def _log_in(window: Page, address: str) -> None:
    window.goto(f"{address}/login")
    window.get_by_label("Name").fill("ada")
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Log in").click()


def _take(window: Page, address: str, file: Path, *, width: int, theme: str, is_whole: bool) -> None:
    window.set_viewport_size({"width": width, "height": _HEIGHTS.get(width, 900)})
    window.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    window.goto(address, wait_until="networkidle")
    window.screenshot(path=file, full_page=is_whole)
    if not is_whole:
        _shrink(file)


def _shrink(file: Path) -> None:
    """Reduce the colors of a picture to 64, where `pngquant` is installed: it needs a third of the bytes."""
    program = shutil.which("pngquant")
    if program is not None:
        subprocess.run([program, "--force", "--strip", "--output", str(file), "64", str(file)], check=True)


def _name(page: SitePage) -> str:
    """Return the name of a page as a part of the name of a file."""
    return f"{page.site}-{re.sub(r'[^a-z0-9]+', '-', page.path.lower()).strip('-')[:50] or 'home'}"


def main() -> None:
    """Take the pictures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where the pictures go")
    parser.add_argument("--docs", action="store_true", help="take those of the documentation")
    parser.add_argument("--only", default="", help="take the pages whose name has this text")
    parser.add_argument("--widths", default=_WIDTHS, help=f"widths in pixels, {_WIDTHS} without")
    parser.add_argument("--themes", default=",".join(_THEMES), help="light, dark or both")
    options = parser.parse_args()
    if options.docs == (options.folder is not None):
        parser.error("give a folder, or --docs")
    folder: Path = _DOCS if options.docs else options.folder
    folder.mkdir(parents=True, exist_ok=True)
    every = [
        (f"{_name(page)}-{width}-{theme}", page, width, theme)
        for page in (*PAGES, *_MORE)
        for width in map(int, options.widths.split(","))
        for theme in options.themes.split(",")
        if options.only in _name(page)
    ]
    with TemporaryDirectory() as made, sync_playwright() as playwright:
        sites = _sites(Path(made))
        with _all_served(sites) as addresses:
            chromium = shutil.which("chromium") or "chromium"
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            windows = {site: browser.new_page() for site in sites}
            _log_in(windows["ada"], addresses["ada"])
            for name, page, width, theme in _DOCS_PAGES if options.docs else every:
                address = addresses[page.site] + resolved(page.path, sites[page.site].test_client())
                file = folder / f"{name}.png"
                _take(windows[page.site], address, file, width=width, theme=theme, is_whole=not options.docs)
                print(file, flush=True)
            browser.close()


if __name__ == "__main__":
    main()
