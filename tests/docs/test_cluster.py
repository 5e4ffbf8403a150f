"""compose.yaml and docs/cluster.md say what the program takes: commands, settings, files, addresses, metrics."""

import re
import shlex
import shutil
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from index.settings import ENVIRONMENT_PREFIX, Settings, load_settings
from search.archive import ArchiveView, open_archive
from search.cli.main import cli
from search.cli.run_metrics import RunMetrics
from tests.docs.test_docs import ROOT
from web.monitoring.metrics import METRICS, Counts, _archive_metrics
from web.monitoring.probes import HEALTH, READY

# Any: what YAML holds.
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "dossier"]
PAGE = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^ *```sh\n(.*?)^ *```", PAGE, re.MULTILINE | re.DOTALL)
LINES = [line.split("  #")[0].strip() for block in BLOCKS for line in block.splitlines()]
COMMANDS = [line[line.index("search-cli") :] for line in LINES if "search-cli " in line]
# A default, or what to do without one, follows the name.
VARIABLE = re.compile(r"\$\{(\w+)[^}]*\}")
# Read by the driver of PostgreSQL, by the engine, and by Ray.
OTHERS = {"PGPASSWORD", "OPENSEARCH_PASSWORD", "RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_USAGE_STATS_ENABLED"}


def parse(arguments: list[str]) -> click.Context:
    """Parse a command line as `search-cli` does; raises what a user would see."""
    name, *rest = arguments
    above = click.Context(cli, **cli.context_settings)
    command = cli.get_command(above, name)
    assert command is not None, f"there is no command {name}"
    return command.make_context(name, rest, parent=above)


def test_the_services_are_those_of_the_page() -> None:
    assert set(OURS) == {"web", "indexer", "worker", "reader"}
    assert {"proxy", "postgres", "opensearch-1", "opensearch-2", "opensearch-3"} == set(SERVICES) - set(OURS)


def parsed_command(service: str) -> click.Context:
    program, *arguments = SERVICES[service]["command"]
    assert program == "search-cli"
    return parse([VARIABLE.sub("archive.example", each) for each in arguments])


def test_commands_of_services_are_ones_that_we_take() -> None:
    assert [name for name in OURS if SERVICES[name]["command"][0] not in ("search-cli", "ray")] == []
    parsed = parsed_command("web")
    assert parsed.params["trusted_hosts"] == ("archive.example", "web")
    assert (parsed.params["is_public"], parsed.params["is_editable"]) == (False, True)


def test_readers_wait_for_work_and_see_what_the_indexer_sees() -> None:
    parsed = parsed_command("reader")
    assert (parsed.info_name, parsed.params["until_done"]) == ("work", False)
    assert set(SERVICES["reader"]["volumes"]) == set(SERVICES["indexer"]["volumes"])
    assert SERVICES["reader"]["depends_on"] == SERVICES["indexer"]["depends_on"]
    # What decides how articles are read and extracted has to be the same, or they leave the work to others.
    ours, theirs = (SERVICES[name]["environment"] for name in ("reader", "indexer"))
    assert ours.items() <= theirs.items()
    assert {key for key in set(theirs) - set(ours) if not key.startswith("RAY_")} == {"SEARCH_CLI_RAY"}


def test_readers_are_started_by_those_who_ask_for_them() -> None:
    assert [name for name in SERVICES if "profiles" in SERVICES[name]] == ["reader"]
    assert SERVICES["reader"]["profiles"] == ["readers"]
    assert "docker compose --profile readers up --detach --scale reader=4 reader" in LINES


@pytest.mark.parametrize("name", [name for name in OURS if SERVICES[name]["command"][0] == "ray"])
def test_commands_of_services_are_ones_that_ray_takes(name: str) -> None:
    scripts = pytest.importorskip(
        "ray.scripts.scripts", reason="Ray is not installed: pip install 'dossier-search[ray]'"
    )
    _, start, *arguments = SERVICES[name]["command"]
    assert start == "start"
    assert scripts.start.make_context("start", arguments).params["block"] is True


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_page_are_ones_that_we_take(command: str) -> None:
    _, *arguments = shlex.split(command)
    parse(arguments)


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) >= 4


@pytest.mark.parametrize("name", OURS)
def test_variables_are_ones_that_something_reads(name: str, tmp_path: Path) -> None:
    variables = {key: VARIABLE.sub("1", str(value)) for key, value in SERVICES[name]["environment"].items()}
    settings = {key: value for key, value in variables.items() if key.startswith(ENVIRONMENT_PREFIX)}
    assert set(variables) - set(settings) <= OTHERS
    loaded = load_settings(working_folder=tmp_path, environment=variables)
    for key, value in settings.items():
        setting = key.removeprefix(ENVIRONMENT_PREFIX).lower()
        assert (
            float(value) == getattr(loaded, setting)
            if setting.endswith("seconds")
            else value == getattr(loaded, setting)
        )


def test_the_settings_name_the_services(tmp_path: Path) -> None:
    shutil.copy(ROOT / "deploy/search.toml", tmp_path)
    settings = load_settings(working_folder=tmp_path, environment={})
    assert (settings.engine, settings.index) == ("opensearch", Path("/news/.dossier"))
    assert re.findall(r"//(?:\w+@)?([\w-]+)", f"{settings.catalog_url} {settings.engine_url}") == [
        "postgres",
        "opensearch-1",
        "opensearch-2",
        "opensearch-3",
    ]


def test_every_variable_to_fill_in_is_explained() -> None:
    used = set(VARIABLE.findall((ROOT / "compose.yaml").read_text(encoding="utf-8")))
    explained = set(re.findall(r"\b((?:DOSSIER|POSTGRES|RAY)_\w+)=", PAGE))
    assert used <= explained
    assert explained - used == {"RAY_AUTH_MODE"}


def test_files_networks_volumes_and_services_that_are_named_exist() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith("$") or source in COMPOSE["volumes"] or (ROOT / source).is_file(), volume
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        assert set(service["networks"]) <= set(COMPOSE["networks"])
    build = SERVICES["web"]["build"]
    recipe = (ROOT / build["dockerfile"]).read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (.*)$", recipe, re.MULTILINE) for name in line.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"index", "search", "web", "pyproject.toml"} <= set(copied)


def test_only_the_proxy_can_be_reached_and_it_gets_what_it_needs() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if service["networks"] != ["inside"]] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    address = SERVICES["proxy"]["networks"]["inside"]["ipv4_address"]
    network = ip_network(COMPOSE["networks"]["inside"]["ipam"]["config"][0]["subnet"])
    assert ip_address(address) in network
    assert SERVICES["web"]["command"][SERVICES["web"]["command"].index("--trusted-proxy") + 1] == address
    rules = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    assert set(re.findall(r"\{\$(\w+)\}", rules)) == set(SERVICES["proxy"]["environment"])
    assert set(re.findall(r"path (.*)", rules)[0].split()) == {HEALTH, READY, METRICS}


def test_checks_of_health_ask_for_an_address_that_answers() -> None:
    test = " ".join(SERVICES["web"]["healthcheck"]["test"])
    port = re.search(r"127\.0\.0\.1:8000(/\w+)", test)
    assert port is not None
    assert port[1] in (HEALTH, READY)


def test_metrics_of_the_page_are_ones_that_we_have(tmp_path: Path, seed_view: ArchiveView) -> None:
    run = tmp_path / "run.prom"
    RunMetrics(run)
    served = {metric.name for metric in (*Counts().metrics(), *_archive_metrics(seed_view))}
    known = served | set(re.findall(r"# TYPE (\w+)", run.read_text(encoding="utf-8")))
    named = set(re.findall(r"`(dossier_\w+)`", PAGE))
    assert len(named) > 10
    assert named <= known


@pytest.fixture
def seed_view(seed_settings: Settings, seed_index: Path) -> Iterator[ArchiveView]:
    assert seed_index.is_dir()
    with open_archive(seed_settings) as archive, archive.view() as view:
        yield view
