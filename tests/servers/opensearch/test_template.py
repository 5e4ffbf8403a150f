"""The index template on a node: what it holds, how it gets along with others, and indexes without it."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.client.indices import IndicesClient
from opensearchpy.exceptions import AuthorizationException

from index.engines.base import EngineLocation
from index.engines.opensearch import lease as lease_module
from index.engines.opensearch import shards as shards_module
from index.engines.opensearch import state as state_module
from index.engines.opensearch.options import read_options
from index.engines.opensearch.template import template_body, template_name
from index.engines.registry import open_writer
from index.errors import EngineError, UsageError
from tests.contract.engines import abandon
from tests.servers.opensearch.places import ENGINE, client_of, found, small, write

_numbers = count()


class Names:
    """Names of indexes that nobody has, whose indexes and templates are removed in the end."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder
        self.client = OpenSearch(url, timeout=60)
        self._root = f"made{next(_numbers)}"

    def place(self, name: str = "", **options: str) -> EngineLocation:
        return EngineLocation(self._folder, url=self._url, options={"index": self._root + name, **options})

    def put(self, name: str, *, patterns: str = "-*", priority: int = 10, **template: Any) -> str:
        """Put a template of somebody else for the indexes of a name."""
        full = f"{self._root}-{name}"
        body = {"index_patterns": [f"{self._root}{patterns}"], "priority": priority, "template": template}
        self.client.indices.put_index_template(name=full, body=body)
        return full

    def remove(self) -> None:
        self.client.indices.delete(index=f"{self._root}*")
        for pattern in (f"{self._root}*", f"dossier-{self._root}*"):
            self.client.indices.delete_index_template(name=pattern, ignore=404)


@pytest.fixture
def names(opensearch_server: str, tmp_path: Path) -> Iterator[Names]:
    names = Names(opensearch_server, tmp_path)
    yield names
    names.remove()


def template_of(place: EngineLocation) -> dict[str, Any]:
    name = template_name(read_options(place).name)
    (entry,) = client_of(place).indices.get_index_template(name=name)["index_templates"]
    template: dict[str, Any] = entry["index_template"]
    return template


def made_from(place: EngineLocation) -> tuple[dict[str, Any], dict[str, Any]]:
    """Settings and fields of the only index of a name, without what differs between any two."""
    client, pattern = client_of(place), f"{read_options(place).name}-*"
    ((settings),) = client.indices.get_settings(index=pattern).values()
    ((fields),) = client.indices.get_mapping(index=pattern).values()
    own = ("creation_date", "uuid", "provided_name", "version")
    return {key: value for key, value in settings["settings"]["index"].items() if key not in own}, fields["mappings"]


def test_the_template_has_terms_between_blanks_and_keywords_for_all_that_filters_or_counts(names: Names) -> None:
    place = names.place(shards="2")
    write(place, small("a"))
    template = template_of(place)
    fields = template["template"]["mappings"]["properties"]
    assert fields["body"]["analyzer"] == "whitespace"
    assert {fields[name]["type"] for name in ("people", "places", "sources", "published_years", "id")} == {"keyword"}
    assert template["template"]["mappings"]["dynamic"] == "strict"
    assert template["template"]["settings"]["index"]["number_of_shards"] == "2"
    assert (template["version"], template["index_patterns"]) == (1, [f"{read_options(place).name}-*"])


def test_an_index_has_what_the_template_has_and_nothing_else(names: Names) -> None:
    place = names.place()
    write(place, small("a"))
    name, client = f"{read_options(place).name}-by-hand", client_of(place)
    ours = made_from(place)
    client.indices.create(index=name)
    by_hand = client.indices.get_mapping(index=name)[name]["mappings"]
    assert (by_hand, ours[1]) == (template_of(place)["template"]["mappings"], by_hand)
    assert ours[0]["number_of_shards"] == "1"


def test_another_number_of_shards_changes_the_template_and_the_next_index(names: Names) -> None:
    place = names.place()
    write(place, small("a"))
    before = template_of(place)
    write(place, small("a"))
    assert template_of(place) == before
    more = EngineLocation(place.folder, url=place.url, options={**place.options, "shards": "3"})
    write(more, small("a", "b"), is_fresh=True)
    assert template_of(place)["template"]["settings"]["index"]["number_of_shards"] == "3"
    assert found(more) == ["a", "b"]


def test_a_name_that_begins_with_another_has_a_template_of_its_own(names: Names) -> None:
    first, second = names.place(shards="2"), names.place("-archive", shards="3")
    for place in (first, second, first):
        write(place, small("a"), is_fresh=True)
    client = client_of(first)
    for place, shards in ((first, "2"), (second, "3")):
        name = read_options(place).name
        (index,) = client.indices.get_alias(name=name)
        settings = client.indices.get_settings(index=index)[index]["settings"]["index"]
        assert settings["number_of_shards"] == shards
        assert client.indices.get_mapping(index=index)[index]["mappings"]["_meta"] == {"dossier": name}


@pytest.mark.parametrize("patterns", ["-*", "*"])
def test_a_weaker_template_of_somebody_else_adds_nothing(names: Names, patterns: str) -> None:
    names.put(
        "weak", patterns=patterns, settings={"number_of_shards": 7}, mappings={"properties": {"x": {"type": "ip"}}}
    )
    place = names.place()
    write(place, small("a"))
    settings, fields = made_from(place)
    assert (settings["number_of_shards"], "x" in fields["properties"]) == ("1", False)
    assert found(place) == ["a"]


def test_a_stronger_template_of_somebody_else_is_named_and_leaves_no_index(names: Names) -> None:
    full = names.put("strong", priority=50_000, mappings={"properties": {"x": {"type": "ip"}}})
    place = names.place()
    with pytest.raises(UsageError, match=rf"another index template on OpenSearch \({full}\).*priority below 1000"):
        write(place, small("a"))
    assert client_of(place).indices.get(index=f"{read_options(place).name}-*") == {}
    client_of(place).indices.delete_index_template(name=full)
    write(place, small("a"))
    assert found(place) == ["a"]


def test_a_template_with_the_same_priority_is_named(names: Names) -> None:
    place = names.place()
    full = names.put("same", priority=template_body(read_options(place))["priority"])
    with pytest.raises(UsageError, match=rf"with the same priority.*{full}.*Change its priority"):
        write(place, small("a"))


def test_a_template_of_somebody_else_with_our_name_is_left_alone(names: Names) -> None:
    place = names.place()
    name = template_name(read_options(place).name)
    theirs = {"index_patterns": ["theirs-*"], "priority": 3}
    client_of(place).indices.put_index_template(name=name, body=theirs)
    with pytest.raises(UsageError, match=f"index template {name} on OpenSearch that is not ours"):
        write(place, small("a"))
    assert template_of(place)["index_patterns"] == ["theirs-*"]


@pytest.mark.parametrize("forbidden", [("put",), ("put", "get")])
def test_a_user_without_the_right_to_put_templates_gets_the_same_index(
    names: Names, monkeypatch: pytest.MonkeyPatch, forbidden: tuple[str, ...]
) -> None:
    with_template = names.place("-one")
    write(with_template, small("a"))
    without = names.place("-two")

    def refuse(*_: object, **__: object) -> None:
        raise AuthorizationException(403, "security_exception", {"error": {"reason": "no permissions"}})

    for action in forbidden:
        monkeypatch.setattr(IndicesClient, f"{action}_index_template", refuse)
    write(without, small("a"))
    monkeypatch.undo()
    assert found(without) == ["a"]
    assert client_of(without).indices.exists_index_template(name=template_name(read_options(without).name)) is False
    (ours, our_fields), (theirs, their_fields) = made_from(with_template), made_from(without)
    assert ours == theirs
    assert {**our_fields, "_meta": None} == {**their_fields, "_meta": None}


def test_a_template_that_an_administrator_put_is_used(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    place = names.place()
    options = read_options(place)
    client_of(place).indices.put_index_template(name=template_name(options.name), body=template_body(options))
    asked: list[object] = []
    monkeypatch.setattr(IndicesClient, "put_index_template", lambda *_, **__: asked.append(1))
    write(place, small("a"))
    assert (asked, found(place)) == ([], ["a"])


def test_the_index_of_all_states_is_no_index_of_the_name_that_it_begins_with(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with the name `dossier`: its template fits `dossier-state`, which is not to be removed with leftovers."""
    place = names.place()
    options = read_options(place)
    for module in (lease_module, shards_module, state_module):
        monkeypatch.setattr(module, "STATE_INDEX", f"{options.name}-state")
    client_of(place).indices.put_index_template(name=template_name(options.name), body=template_body(options))
    write(place, small("a"))
    writer = open_writer(ENGINE, place, lock_seconds=0)
    writer.put(small("b"))
    writer.prepare()
    abandon(writer)
    write(place, small("c"))
    assert found(place) == ["a", "c"]


def test_a_cluster_that_may_not_be_written_is_no_user_without_rights(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = names.place()
    reason = {"type": "cluster_block_exception", "reason": "blocked by: [FORBIDDEN/6/cluster read-only (api)];"}

    def refuse(*_: object, **__: object) -> None:
        raise AuthorizationException(403, "cluster_block_exception", {"error": reason})

    monkeypatch.setattr(IndicesClient, "put_index_template", refuse)
    with pytest.raises(EngineError, match=r"may not be written.*remove the block"):
        write(place, small("a"))
