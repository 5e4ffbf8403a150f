"""Fixtures for tests of several layers: a real index of the seeds, made once."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from shutil import which

import pytest
from flask import Flask
from hypothesis import settings

from index.ingest.indexer import Indexer
from index.recognizer import sessions
from index.settings import Settings
from tests.awkward.archive import make_awkward_archive
from tests.servers.opensearch import nodes
from tests.servers.postgres import MISSING, find_programs, running_postgres
from tests.servers.ray_cluster import protect_ray
from tests.support.commands import forbid_tracebacks
from tests.support.examples import examples
from tests.support.sharing import filling, shared_folder
from tests.support.templates import SharingEnvironment

# How long an example takes says more about what else the machine does than about the program.
settings.register_profile("untimed", deadline=None, max_examples=examples(100))
settings.load_profile("untimed")

protect_ray()

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session", autouse=True)
def _networks_are_opened_once() -> Iterator[None]:
    """Open each network once in a process: hundreds of runs of the indexer would open the encoder, each anew."""
    open_network = sessions._open

    @lru_cache(maxsize=8)
    def opened(
        network: Path, providers: tuple[str, ...], is_rearranged: bool, _processor: str, _size: int, _written: int
    ) -> object:
        return open_network(network, providers, is_rearranged=is_rearranged)

    def open_once(network: Path, providers: Sequence[str], *, is_rearranged: bool) -> object:
        state = network.stat() if network.exists() else None
        size, written = (state.st_size, state.st_mtime_ns) if state else (0, 0)
        return opened(network, tuple(providers), is_rearranged, sessions._processor(), size, written)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "_open", open_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_environment", SharingEnvironment)
        yield


@pytest.fixture(autouse=True)
def _no_command_prints_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_tracebacks(monkeypatch)


@pytest.fixture(scope="session")
def seed_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings for an index of the five seed articles; the index itself is made by `seed_index`."""
    return Settings(index=shared_folder(tmp_path_factory) / "seeds" / ".dossier", workers=1, model="none")


@pytest.fixture(scope="session")
def seed_index(seed_settings: Settings) -> Path:
    """The folder of an index of the five seed articles; it is made once for all processes, and tests only read it."""
    with filling(seed_settings.index.parent) as is_empty:
        if is_empty:
            report = Indexer(seed_settings, pool="local").index([str(path) for path in sorted(SEEDS.glob("*.txt"))])
            assert report.added == 5
    return seed_settings.index


@pytest.fixture(scope="session")
def awkward_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an archive that is hard to show; it is made once for all processes, and tests only read it."""
    return make_awkward_archive(shared_folder(tmp_path_factory) / "awkward")


@pytest.fixture(scope="session")
def postgres_programs() -> Path:
    """The folder with the programs of PostgreSQL; skips where they are missing, which they are not in `.ci/run`."""
    programs = find_programs()
    if programs is None:
        pytest.skip(MISSING)
    return programs


@pytest.fixture(scope="session")
def postgres_server(postgres_programs: Path) -> Iterator[str]:
    """The address of a PostgreSQL database."""
    with running_postgres(postgres_programs) as url:
        yield url


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `cert.pem`, a certificate of 127.0.0.1 that nobody knows, and `key.pem`; skips without openssl."""
    if which("openssl") is None:
        pytest.skip("openssl is not installed: apt-get install openssl")
    folder = tmp_path_factory.mktemp("certificate")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=127.0.0.1"
    subprocess.run(
        [*command.split(), "-addext", "subjectAltName=IP:127.0.0.1"], cwd=folder, check=True, capture_output=True
    )
    return folder


_schemas = count(1)


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The address of an empty schema in a PostgreSQL database."""
    return f"{postgres_server}&schema=archive_{next(_schemas)}"


@pytest.fixture(scope="session")
def opensearch_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an OpenSearch node that all processes of a test run share; skips where none can be started.

    `TEST_OPENSEARCH_URL` names one that runs already; tests leave indexes there.
    """
    if "TEST_OPENSEARCH_URL" in os.environ:
        yield os.environ["TEST_OPENSEARCH_URL"]
        return
    line = nodes.find_line()
    if line is None:
        pytest.skip(nodes.MISSING)
    with nodes.shared_node(line, shared_folder(tmp_path_factory) / "opensearch") as url:
        yield url
