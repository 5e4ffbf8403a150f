"""Times of a phone on a slow network: `python -m tests.benchmarks.loading`, or with the folder of an index.

Chromium at 390 pixels, with a processor four times slower, 1.6 Mbit/s and 150 ms: largest contentful paint and shift of
the layout, medians of five first visits.
"""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

from index.settings import Settings
from tests.awkward.archive import make_awkward_archive
from web.app import create_app
from web.serving.server import make_server

_PATHS = ("/search?q=kelpmoth", "/search", "/entity/tallow-exchange", "/facet/person", "/")
_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
_WATCH = """
window.shift = 0; window.paint = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.paint = entry.startTime; }))
  .observe({ type: "largest-contentful-paint", buffered: true });
"""
_ROUNDS = 5


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """Load a page for the first time; return the largest paint in ms, and the shift."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(_WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    paint, shift = page.evaluate("() => [window.paint, window.shift]")
    context.close()
    return paint, shift


def _measure(settings: Settings) -> None:
    server = make_server(create_app(settings), host="127.0.0.1", port=0)
    Thread(target=server.run, daemon=True).start()
    site = f"http://127.0.0.1:{server.effective_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for path in _PATHS:
            visits = [_visit(browser, site + path) for _ in range(_ROUNDS)]
            paint, shift = (median(column) for column in zip(*visits, strict=True))
            print(f"{path:<28} LCP {paint:>5.0f} ms   CLS {shift:.3f}", flush=True)
        browser.close()
    server.close()


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("index", nargs="?", type=Path, help="the folder of a finished index")
    options = parser.parse_args()
    if options.index is not None:
        _measure(Settings(index=options.index))
        return
    with TemporaryDirectory() as folder:
        _measure(make_awkward_archive(Path(folder)))


if __name__ == "__main__":
    main()
