"""Screenshots of every page of both test archives: `python -m tests.screenshots FOLDER`.

Each page is taken on a desk (1280 pixels) and a phone (390), in both themes. With `--docs`, the few pictures of the
documentation are taken into `docs/pictures` instead. `--only TEXT` takes the pages whose name has this text.
"""

import re
import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from index.ingest.indexer import Indexer
from index.settings import Settings
from tests.awkward.archive import make_awkward_archive
from tests.browser.serving import served
from tests.support.pages import PAGES, SitePage, resolved
from web.app import create_app

_SEEDS = Path(__file__).parents[1] / "seeds"
_DOCS = Path(__file__).parents[1] / "docs" / "pictures"
_WIDTHS = {1280: 900, 390: 844}
_THEMES = ("light", "dark")
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
    """Index both archives and return their applications."""
    seeds = Settings(index=folder / "seeds" / ".dossier", workers=1)
    report = Indexer(seeds, pool="local").index([str(_SEEDS)])
    assert not report.failed
    return {"seeds": create_app(seeds), "awkward": create_app(make_awkward_archive(folder / "other"))}


def _take(window: Page, address: str, file: Path, *, width: int, theme: str, is_whole: bool) -> None:
    window.set_viewport_size({"width": width, "height": _WIDTHS[width]})
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
    options = parser.parse_args()
    if options.docs == (options.folder is not None):
        parser.error("give a folder, or --docs")
    folder: Path = _DOCS if options.docs else options.folder
    folder.mkdir(parents=True, exist_ok=True)
    every = [
        (f"{_name(page)}-{width}-{theme}", page, width, theme)
        for page in PAGES
        for width in _WIDTHS
        for theme in _THEMES
        if options.only in _name(page)
    ]
    with TemporaryDirectory() as made, sync_playwright() as playwright:
        sites = _sites(Path(made))
        with served(sites["seeds"]) as seeds, served(sites["awkward"]) as awkward:
            addresses = {"seeds": seeds, "awkward": awkward}
            chromium = shutil.which("chromium") or "chromium"
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            window = browser.new_page()
            for name, page, width, theme in _DOCS_PAGES if options.docs else every:
                address = addresses[page.site] + resolved(page.path, sites[page.site].test_client())
                file = folder / f"{name}.png"
                _take(window, address, file, width=width, theme=theme, is_whole=not options.docs)
                print(file, flush=True)
            browser.close()


if __name__ == "__main__":
    main()
