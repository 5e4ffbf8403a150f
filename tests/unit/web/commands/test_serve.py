import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from index.errors import DossierError
from index.settings import Settings
from search.cli.main import cli, describe_error
from tests.support.users import make_users

# A program that a script starts in the background ignores SIGINT, and so do those that it starts in turn.
_PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from search.cli.main import main; main()"
)
_SCRIPT = [sys.executable, "-c", _PROGRAM, "serve"]


@pytest.fixture
def process(seed_settings: Settings, seed_index: Path) -> Iterator[subprocess.Popen[str]]:
    """`search-cli serve` in a process of its own, over the index of the seeds."""
    assert seed_index.is_dir()
    arguments = [*_SCRIPT, "--port", "0", "-C", str(seed_settings.index.parent)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def test_serving_on_this_machine_until_interrupted(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    line = process.stderr.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert address is not None, line
    with urlopen(f"{address[0]}search?q=Patriot+withdrawal") as answer:
        page = answer.read().decode()
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)
    assert "2 articles" in page


_BEYOND = ("--trust-host", "archive.example", "--public-read")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 200), ([*_BEYOND], 404), ([*_BEYOND, "--metrics"], 200)],
)
def test_metrics_are_for_this_machine_unless_they_are_asked_for(
    seed_settings: Settings, seed_index: Path, arguments: list[str], status: int
) -> None:
    assert seed_index.is_dir()
    command = [*_SCRIPT, "--port", "0", "-C", str(seed_settings.index.parent), "--log", "json", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            address = urlsplit(json.loads(running.stderr.readline())["address"])
            connection = HTTPConnection("127.0.0.1", address.port or 0, timeout=20)
            connection.request("GET", "/metrics")
            assert connection.getresponse().status == status
            connection.close()
            assert json.loads(running.stderr.readline())["status"] == status
        finally:
            running.kill()


def test_a_port_in_use_is_a_usage_error(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        arguments = [*_SCRIPT, "--port", port, "-C", str(tmp_path)]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr


_BEYOND = [["--host", "0.0.0.0"], ["--host", "192.0.2.1"], ["--host", "::"], ["--trust-host", "archive.example"]]


def serve(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """Start the server and leave it at once, as by Ctrl-C; return the exit code and what was said."""
    monkeypatch.setattr("waitress.server.TcpWSGIServer.run", lambda server: None)
    monkeypatch.setattr("waitress.server.MultiSocketServer.run", lambda server: None)
    done = CliRunner().invoke(cli, ["-C", str(settings.index.parent), "serve", "--port", "0", *arguments])
    error = done.exception
    return (describe_error(error)[1], str(error)) if isinstance(error, DossierError) else (done.exit_code, done.output)


@pytest.fixture
def archive_with_users(seed_settings: Settings, seed_index: Path, tmp_path: Path) -> Settings:
    shutil.copytree(seed_index, tmp_path / seed_index.name)
    make_users(tmp_path / seed_index.name)
    return replace(seed_settings, index=tmp_path / seed_index.name)


@pytest.mark.usefixtures("seed_index")
@pytest.mark.parametrize("arguments", _BEYOND)
def test_serving_other_machines_needs_users(
    seed_settings: Settings, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    code, said = serve(seed_settings, monkeypatch, *arguments)
    assert code == 2
    assert "search-cli users add NAME --role admin" in said
    assert "--public-read" in said


@pytest.mark.usefixtures("seed_index")
@pytest.mark.parametrize("arguments", [*([*beyond, "--public-read"] for beyond in _BEYOND), ["--public-read"]])
def test_nobody_edits_where_everybody_reads_without_users(
    seed_settings: Settings, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    code, said = serve(seed_settings, monkeypatch, "--edit", *arguments)
    assert code == 2
    assert "search-cli users add NAME --role admin" in said


_SAYS = [
    ([], False, set()),
    (["--edit"], False, set()),
    (["--public-read"], False, {"public"}),
    (["--host", "0.0.0.0", "--public-read"], False, {"public", "unencrypted"}),
    ([], True, {"private"}),
    (["--edit"], True, {"private"}),
    (["--host", "0.0.0.0", "--edit"], True, {"private", "unencrypted"}),
    (["--host", "0.0.0.0", "--public-read", "--edit"], True, {"public", "unencrypted"}),
    (["--trust-host", "archive.example", "--trusted-proxy", "127.0.0.1"], True, {"private"}),
]
_SENTENCES = {
    "public": "reads the whole archive",
    "private": "Readers have to log in",
    "unencrypted": "travel unencrypted",
}


@pytest.mark.usefixtures("seed_index")
@pytest.mark.parametrize(("arguments", "has_users", "wanted"), _SAYS)
def test_a_server_says_who_can_read(
    seed_settings: Settings,
    archive_with_users: Settings,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    has_users: bool,
    wanted: set[str],
) -> None:
    code, said = serve(archive_with_users if has_users else seed_settings, monkeypatch, *arguments)
    assert code == 0, said
    assert {name for name, sentence in _SENTENCES.items() if sentence in said} == wanted


@pytest.mark.usefixtures("seed_index")
def test_a_proxy_is_named_by_its_address(seed_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = serve(seed_settings, monkeypatch, "--trusted-proxy", "proxy.example")
    assert (code, "is not an IP address" in said) == (2, True)


def test_a_server_with_users_asks_for_a_log_in(archive_with_users: Settings) -> None:
    command = [*_SCRIPT, "--port", "0", "-C", str(archive_with_users.index.parent)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", running.stderr.readline())
        assert address is not None
        with urlopen(f"{address[0]}search?q=Patriot") as answer:
            assert answer.url == f"{address[0]}login?next=%2Fsearch%3Fq%3DPatriot"
            assert "withdraw" not in answer.read().decode()
        running.kill()
