"""Style sheets: layers, which page loads which, and no rule for what no page has."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

_WEB = Path(__file__).parents[3] / "web"
_SHEETS = sorted(path.name for path in (_WEB / "static").glob("*.css"))
_LAYERS = {"base", "parts", "editing", "pages", "modes"}


def _rules(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (_WEB / "static" / name).read_text("utf-8"), flags=re.DOTALL)


def _outermost(css: str) -> list[str]:
    """The heads of the blocks that stand in no other block."""
    heads, depth, start = [], 0, 0
    for place, sign in enumerate(css):
        if sign == "{":
            if not depth:
                heads.append(css[start:place].split(";")[-1].strip())
            depth += 1
        elif sign == "}":
            depth, start = depth - 1, place + 1
    return heads


def _used_words() -> set[str]:
    files = [path for suffix in ("*.html", "*.py", "*.js") for path in _WEB.rglob(suffix)]
    return set(re.findall(r"[\w-]+", "\n".join(path.read_text("utf-8") for path in files)))


@pytest.mark.parametrize("name", _SHEETS)
def test_every_rule_stands_in_a_layer(name: str) -> None:
    assert {head.removeprefix("@layer ") for head in _outermost(_rules(name))} <= _LAYERS


@pytest.mark.parametrize("name", _SHEETS)
def test_every_class_is_that_of_a_page(name: str) -> None:
    known = _used_words() | {"names-off", "names-matched"}
    classes = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", _rules(name))))
    assert classes - known == set()


@pytest.mark.parametrize("name", _SHEETS)
def test_a_setting_of_the_page_is_that_of_its_outermost_element(name: str) -> None:
    # The theme and the marks of names stand at <html>: a rule for them inside of another element is for nothing.
    assert re.findall(r"[^,{}\s(][ >]+\[data-(?:names|theme)", _rules(name)) == []


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        ("/search?q=S-400", ["site.css"]),
        ("/entity/nato", ["site.css", "reader.css"]),
        ("/", ["site.css", "home.css"]),
        ("/facet/person", ["site.css", "lists.css"]),
        ("/help", ["site.css", "prose.css"]),
    ],
)
def test_a_page_loads_its_own_sheets(client: FlaskClient, path: str, sheets: list[str]) -> None:
    html = client.get(path).get_data(as_text=True)
    assert re.findall(r'rel="stylesheet" href="/static/([^?"]+)', html) == sheets
