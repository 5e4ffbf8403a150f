"""One look at a page in every width and theme: what a browser shows of it, taken down for the tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import CDPSession, Page

__all__ = ["WIDTHS", "Seen", "axe_findings", "look_at", "set_scripting"]

WIDTHS = (1280, 390, 320)
_THEMES = ("light", "dark")
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]

_OPEN_ALL = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"
# Elements that reach out of the window, and filters that run over the results beside them.
_TOO_WIDE = """() => {
  const found = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    for (const element of document.querySelectorAll('body *')) {
      const box = element.getBoundingClientRect();
      const isShown = box.width && !element.closest('.unseen, .skip, pre');
      if (isShown && box.right > width + 1) found.push(element.outerHTML.slice(0, 90));
    }
    found.push('scrolls sideways');
  }
  const [side, results] = [document.querySelector('aside'), document.querySelector('.results, article')];
  if (side && results) {
    const [one, other] = [side.getBoundingClientRect(), results.getBoundingClientRect()];
    for (const element of side.querySelectorAll('label, a, bdi')) {
      const box = element.getBoundingClientRect();
      const isBeside = box.width && one.right <= other.left;
      if (isBeside && box.right > other.left) found.push('over: ' + element.outerHTML.slice(0, 90));
    }
  }
  return found;
}"""
# The parts of the page by their place on the screen, to be compared with their place in the document.
_ORDER = """() => {
  const parts = [...document.querySelectorAll('main > *')].filter((part) => part.getBoundingClientRect().height > 0);
  const place = (part) => { const box = part.getBoundingClientRect(); return [box.left, box.top]; };
  return parts.map(place);
}"""
_CLS = "() => window.shifts.filter((shift) => !shift.hadRecentInput).reduce((sum, shift) => sum + shift.value, 0)"
_RUN_AXE = """([rules, tags]) => axe.run(document, {
  runOnly: rules.length ? { type: 'rule', values: rules } : { type: 'tag', values: tags },
  resultTypes: ['violations'], preload: false,
}).then(({ violations }) => violations.flatMap(
  (rule) => rule.nodes.map((node) => rule.id + ': ' + node.html.slice(0, 120))
))"""

# All rules once (None stands for them), colors in the other theme, sizes in the other widths.
_RULES_OF: Mapping[tuple[int, str], tuple[str, ...] | None] = {
    (1280, "light"): None,
    (390, "dark"): ("color-contrast", "target-size"),
    (320, "light"): ("target-size",),
}


@dataclass(slots=True)
class Seen:
    """Findings about one page; they are named by width and theme."""

    violations: list[str] = field(default_factory=list)
    shift: float = 0.0
    too_wide: dict[str, list[str]] = field(default_factory=dict)
    too_wide_without_scripts: dict[str, list[str]] = field(default_factory=dict)
    places: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    axe: dict[str, list[str]] = field(default_factory=dict)


def look_at(page: Page, session: CDPSession, address: str) -> Seen:
    """Load a page once with scripts and once without, and look at it in all widths and themes."""
    seen = Seen()
    set_scripting(session, is_on=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    seen.shift = page.evaluate(_CLS)
    page.evaluate(_OPEN_ALL)
    page.evaluate(_AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in _THEMES:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of the two that it knows
            seen.too_wide[f"{width} {theme}"] = page.evaluate(_TOO_WIDE)
            rules = _RULES_OF.get((width, theme), ())
            if rules is None or rules:
                seen.axe[f"{width} {theme}"] = axe_findings(page, rules or (), is_loaded=True)
        seen.places[width] = [(left, top) for left, top in page.evaluate(_ORDER)]
    seen.violations = page.evaluate("() => window.violations")
    set_scripting(session, is_on=False)
    page.goto(address)
    page.evaluate(_OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        seen.too_wide_without_scripts[str(width)] = page.evaluate(_TOO_WIDE)
    set_scripting(session, is_on=True)
    return seen


def axe_findings(page: Page, rules: tuple[str, ...] = (), *, is_loaded: bool = False) -> list[str]:
    """Return what axe finds on the page as it is now, by all rules or by some."""
    if not is_loaded:
        page.evaluate(_AXE)
    # The result of a script has no type.
    found: Any = page.evaluate(_RUN_AXE, [list(rules), _RULES])
    return list(found)


def set_scripting(session: CDPSession, *, is_on: bool) -> None:
    """Switch the scripts of pages on or off, from the next load on."""
    session.send("Emulation.setScriptExecutionDisabled", {"value": not is_on})
