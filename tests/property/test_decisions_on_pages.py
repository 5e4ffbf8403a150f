"""After any decisions on the pages, every number is that of an archive that is built anew, and what was foretold."""

import re
import shutil
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.fields import parameter_of
from index.ingest.indexer import Indexer
from index.settings import Settings
from tests.support.editing import EditingSite, copy_archive, editing_app, form_of, make_archive
from tests.support.examples import examples
from web.addresses.urls import decide_url

KINDS = ("people", "organizations", "places", "systems")
# To shrink an example takes minutes: each step of it writes an archive.
_PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
WORDS = ("", "Demir", "minister", "Berlin", "Cavusoglu")
PAGES = ("/", "/search", "/search?q=Demir", "/search?place=berlin", "/search?q=minister&none=org", "/search?axis=dates",
         "/search?q=Demir+Berlin&words=any", "/facet/person", "/facet/org?q=Demir", "/facet/place?order=name",
         "/facet/system", "/entities/people", "/entities/organizations", "/entities/places", "/entities/systems",
         "/amounts", "/amounts?place=moscow", "/graph", "/graph?q=Demir&by=lift", "/graph?kind=people", "/suggestions",
         "/suggestions?kind=people", "/decisions", "/help")  # fmt: skip
# Rows of these are compared as they are.
EXPORTS = ("/search.csv", "/search.csv?place=berlin", "/mentions.csv", "/api/v1/graph")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_archive(tmp_path_factory.mktemp("deciding"))


def numbers(client: FlaskClient, former: list[dict[str, Any]]) -> dict[str, object]:  # Any: JSON
    """Every number that pages and API show: of entities, facets, searches, amounts, graphs and possible duplicates.

    `former` are the entities that there were before all decisions: their ids lead somewhere for ever.
    """
    found: dict[str, object] = {}
    pages = [*PAGES, *(f"/entity/{entity['id']}" for entity in listed(client))]
    pages += [f"/article/{hit['id']}?q=Demir" for hit in client.get("/api/v1/search?size=20").json["hits"]]
    for kind in KINDS:
        for entity in client.get(f"/api/v1/entities?kind={kind}&limit=100").json["entities"]:
            view = client.get(f"/api/v1/entities/{entity['id']}").json["entity"]
            found[entity["id"]] = (entity["name"], kind, entity["documents"], entity["mentions"], entity["aliases"])
            found[f"page of {entity['id']}"] = [view[key] for key in ("documents", *KINDS, "mentioned", "amounts")]
    for q in WORDS:
        result = client.get("/api/v1/search", query_string={"q": q, "facets": "all", "facet_limit": 100}).json
        found[f"search for {q}"] = (result["total"], result["facets"])
    for page in pages:
        answer = client.get(page, follow_redirects=True)
        assert answer.status_code == 200, page
        text = answer.get_data(as_text=True)
        shown = re.findall(r'<h1[^>]*>(.*?)</h1>|class="n">([^<]*)<|<td[^>]*>(.*?)</td>|<title>([^<]*)</title>', text)
        assert shown, page
        found[f"numbers on {page}"] = shown
    for export in EXPORTS:
        found[export] = sorted(client.get(export).get_data(as_text=True).splitlines())
    for entity in former:
        address = f"/search?{parameter_of(entity['kind'])}={entity['id']}"
        page = client.get(f"/entity/{entity['id']}", follow_redirects=True)
        search = client.get(address, follow_redirects=True)
        title = re.search("<title>[^<]*", search.get_data(as_text=True))
        found[f"former {entity['id']}"] = (
            page.status_code,
            page.request.path,
            search.request.full_path,
            title and title[0],
        )
        assert (page.status_code, search.status_code) in ((200, 200), (404, 200))
    suggestions = client.get("/api/v1/suggestions?limit=100").json["suggestions"]
    found["duplicates"] = sorted((item["entity"]["id"], item["into"]["id"], item["score"]) for item in suggestions)
    return found


def listed(client: FlaskClient) -> list[dict[str, Any]]:  # Any: JSON
    """The entities of all kinds."""
    return [item for kind in KINDS for item in client.get(f"/api/v1/entities?kind={kind}&limit=100").json["entities"]]


def draw_address(site: EditingSite, data: st.DataObject) -> str:
    """Return the address of the preview of some decision."""
    known = [item["id"] for item in listed(site.client)]
    entity, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
    action = data.draw(st.sampled_from(("rename", "kind", "reject", "same", "apart", *2 * ("split", "wrong"))))
    if action == "wrong":
        return draw_correction(site, data)
    fields: list[tuple[str, str]] = []
    match action:
        case "rename":
            fields = [("name", data.draw(st.sampled_from(("Somebody", "Hasan Demir", "Demir", "X & <Y>"))))]
        case "kind":
            fields = [("kind", data.draw(st.sampled_from(KINDS)))]
        case "same" | "apart":
            fields = [("other", other), *data.draw(st.sampled_from(([], [("keep", "this")])))]
        case "split":
            text = site.open(decide_url(entity, "split"))
            boxes = [(name, unescape(value)) for name, value in re.findall(r'name="(form|in)" value="([^"]*)"', text)]
            chosen = data.draw(st.lists(st.sampled_from(boxes), unique=True, min_size=1, max_size=3)) if boxes else []
            fields = [*chosen, ("then", data.draw(st.sampled_from(("", "", "reject", "places", f"={other}"))))]
    return decide_url(entity, action, fields)


def draw_correction(site: EditingSite, data: st.DataObject) -> str:
    """Return the address of the preview of a correction that the page of some mention offers."""
    article = data.draw(st.sampled_from(site.client.get("/api/v1/search?size=20").json["hits"]))["id"]
    places = sorted(set(re.findall(r'href="(/mention\?[^"]*)"', site.open(f"/article/{article}"))))
    if not places:
        return "/decisions"
    words = data.draw(st.sampled_from(("", "&q=Demir", "&q=Berlin")))
    text = site.open(unescape(data.draw(st.sampled_from(places))) + words)
    offered = re.findall(r'href="(/entity/[^"/]*/(?:split|kind|reject|same)\?[^"]*)"', text)
    return unescape(data.draw(st.sampled_from(offered))) if offered else "/decisions"


def foretold(text: str) -> dict[str, tuple[str, str]]:
    """Articles and mentions that a preview foretells, by name; names that several entities will have are left out."""
    found: dict[str, tuple[str, str]] = {}
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", text.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    for row in rows:
        cells = [_then(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        if not row.endswith("gone") and ">gone<" not in row:
            found[cells[0]] = (cells[2], cells[3])
    return found


def _then(cell: str) -> str:
    """The later of two states in a cell."""
    text = re.sub(r"<del>.*?</del>|<span.*?</span>", "", cell, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", text)).strip()


@settings(max_examples=examples(12), suppress_health_check=list(HealthCheck), phases=_PHASES)
@given(data=st.data())
def test_after_any_decisions_every_number_equals_a_rebuild(made: Settings, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        own = copy_archive(made, Path(folder, "own", "news"))
        site = EditingSite(editing_app(own).test_client())
        former = listed(site.client)
        for _ in range(data.draw(st.integers(2, 6))):
            way = data.draw(st.integers(0, 7))
            if way < 3:
                (_undo if way else _answer)(site, data)
                continue
            text = site.open(draw_address(site, data))
            if 'action="/decide"' not in text:
                continue
            answer = site.client.post("/decide", data=form_of(text))
            assert answer.status_code == 303, answer.get_data(as_text=True)
            _check_foretold(site.client, foretold(text))
        shutil.copytree(own.index, Path(folder, "new", "news", ".dossier"))
        new = Settings(index=Path(folder, "new", "news", ".dossier"), workers=1, packs=("core",), model="none")
        Indexer(new, pool="local").rebuild()
        expected = numbers(editing_app(new).test_client(), former)
        assert numbers(site.client, former) == expected


def _answer(site: EditingSite, data: st.DataObject) -> None:
    """Answer one of the pairs that the queue offers."""
    text = site.open("/suggestions")
    count = text.count('class="pair"')
    if count:
        fields = form_of(text, at=data.draw(st.integers(0, count - 1)))
        answer = site.client.post("/decide", data={**fields, "action": data.draw(st.sampled_from(("same", "apart")))})
        assert answer.status_code == 303, answer.get_data(as_text=True)


def _undo(site: EditingSite, data: st.DataObject) -> None:
    text = site.open("/decisions")
    count = text.count('<form method="post" action="/undo"')
    if count:
        fields = form_of(text, "/undo", at=data.draw(st.integers(0, count - 1)))
        assert site.client.post("/undo", data=fields).status_code == 303


def _check_foretold(client: FlaskClient, expected: dict[str, tuple[str, str]]) -> None:
    """Compare what a preview said with what came of it."""
    now = listed(client)
    names = [item["name"] for item in now]
    actual = {item["name"]: (f"{item['documents']:,}", f"{item['mentions']:,}") for item in now}
    # Entities without mentions in a story are not listed.
    comparable = {name for name in expected if names.count(name) == 1}
    assert {name: expected[name] for name in comparable} == {name: actual[name] for name in comparable}
