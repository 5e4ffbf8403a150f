import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from index.settings import Settings

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


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 200), (["--trust-host", "archive.example"], 404), (["--trust-host", "archive.example", "--metrics"], 200)],
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


@pytest.mark.parametrize(
    "arguments", [["--host", "0.0.0.0"], ["--host", "192.0.2.1"], ["--trust-host", "archive.example"]]
)
def test_editing_beyond_this_machine_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    command = [*_SCRIPT, "--edit", "--port", "0", "-C", str(tmp_path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "--edit works on this machine alone" in done.stderr
    assert "second server without --edit" in done.stderr
