"""OpenSearch nodes of this machine: jars from Maven Central, one process a node, loopback only.

A node ends by itself within a second when the last process that uses it is gone, however that ended.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from index.engines.lock import WriterLock

__all__ = ["MISSING", "Cluster", "Line", "find_line", "running_cluster", "shared_node"]

MISSING = "OpenSearch cannot be started: apt-get install openjdk-17-jdk-headless maven"

_HERE = Path(__file__).parent
_START_SECONDS = 120
_DOWNLOAD_SECONDS = 600
_END_SECONDS = 5
# Nodes that outlive the test that started them, as others use them.
_STARTED: list[subprocess.Popen[bytes]] = []
_HEAP = "512m"


@dataclass(frozen=True)
class Line:
    """A version of OpenSearch, and the Java that runs it."""

    java: Path
    java_version: int
    jars: Path


@dataclass
class Cluster:
    """Nodes that are one cluster."""

    folder: Path
    line: Line
    ports: list[tuple[int, int]]
    """Port of HTTP and of the nodes among themselves, one pair a node."""
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{http}" for http, _ in self.ports]

    @property
    def url(self) -> str:
        """All addresses in one, as the setting `url` takes them."""
        return ",".join(self.urls)

    def start(self, number: int) -> None:
        """Start a node, with the data that it had before."""
        http, transport = self.ports[number]
        seeds = ",".join(f"127.0.0.1:{port}" for _, port in self.ports)
        managers = ",".join(f"os{other}" for other in range(len(self.ports)))
        home = self.folder / f"os{number}"
        users = self.folder / "users"
        command = [
            str(self.line.java),
            *_java_options(self.line.java_version),
            "-cp",
            f"{self.line.jars}/*",
            str(_HERE / "OsNode.java"),
            *(f"os{number}", str(http), str(transport), str(home), "dossier-tests", seeds, managers, str(users)),
        ]
        with (self.folder / f"os{number}.log").open("ab") as log:
            self.processes[number] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, start_new_session=True
            )

    def kill(self, number: int) -> None:
        """End a node as a power cut does."""
        process = self.processes.pop(number)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def wait(self, nodes: int) -> None:
        """Wait until so many nodes are one cluster."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            for url in self.urls:
                if f'"number_of_nodes":{nodes},' in _health(url):
                    return
            if any(process.poll() is not None for process in self.processes.values()):
                break
            time.sleep(0.2)
        logs = "".join(path.read_text(errors="replace")[-3000:] for path in sorted(self.folder.glob("*.log")))
        raise RuntimeError(f"No cluster of {nodes} nodes:\n{logs}")


def find_line(profile: str = "") -> Line | None:
    """Return what a line of versions needs ("" is 2.x, "os3" is 3.x), None where it cannot be had."""
    needed = 21 if profile else 11
    javas = [(version, java) for java in _javas() if (version := _version(java)) >= needed]
    maven = shutil.which("mvn")
    if not javas or maven is None:
        return None
    version, java = min(javas)
    jars = _jars(maven, profile)
    return None if jars is None else Line(java, version, jars)


def _javas() -> Iterator[Path]:
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    found = shutil.which("java")
    yield from ([Path(found)] if found else [])
    yield from (home / "bin" / "java" for home in (*homes, *sorted(Path("/usr/lib/jvm").glob("*"))))


@cache
def _version(java: Path) -> int:
    """Return the version of a Java that can compile, 0 for any other."""
    try:
        modules = subprocess.run([java, "--list-modules"], check=False, capture_output=True, text=True).stdout
    except OSError:
        return 0
    found = re.search(r"jdk\.compiler@(\d+)", modules)
    return int(found[1]) if found else 0


def _jars(maven: str, profile: str) -> Path | None:
    """Return the folder of the jars, fetched once for this machine; None when they cannot be."""
    cache_folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "dossier-tests"
    folder = cache_folder / f"opensearch-{profile or 'os2'}"
    cache_folder.mkdir(parents=True, exist_ok=True)
    lock = WriterLock(cache_folder, seconds=_DOWNLOAD_SECONDS, name=f"{folder.name}.lock")
    try:
        if not (folder / "complete").exists():
            goal = ["dependency:copy-dependencies", f"-Dlib.dir={folder}"]
            profiles = [f"-P{profile}"] if profile else []
            command = [maven, "-q", "-B", "-f", str(_HERE / "pom.xml"), *profiles, *goal]
            result = subprocess.run(command, check=False, capture_output=True, timeout=_DOWNLOAD_SECONDS)
            if result.returncode != 0:
                return None
            (folder / "complete").touch()
        return folder
    finally:
        lock.release()


@contextmanager
def running_cluster(line: Line, nodes: int) -> Iterator[Cluster]:
    """Start nodes, yield them when they are one cluster, and stop them."""
    with tempfile.TemporaryDirectory(prefix="os", ignore_cleanup_errors=True) as name:
        cluster = _begin(Path(name), line, nodes)
        try:
            cluster.wait(nodes)
            yield cluster
        finally:
            for number in list(cluster.processes):
                cluster.kill(number)


@contextmanager
def shared_node(line: Line, folder: Path) -> Iterator[str]:
    """Yield the address of a node that all processes of a test run share: the first starts it, the last ends it."""
    folder.mkdir(parents=True, exist_ok=True)
    address = folder / "address"
    lock = WriterLock(folder, seconds=_START_SECONDS * 2)
    try:
        _use(folder)
        if not address.exists() or not _health(address.read_text()):
            cluster = _begin(folder, line, 1)
            _STARTED.extend(cluster.processes.values())
            cluster.wait(1)
            address.write_text(cluster.url)
        url = address.read_text()
    finally:
        lock.release()
    try:
        yield url
    finally:
        # The node looks who is left, and ends.
        (folder / "users" / str(os.getpid())).unlink(missing_ok=True)
        for process in _STARTED:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_END_SECONDS)


def _begin(folder: Path, line: Line, nodes: int) -> Cluster:
    _use(folder)
    ports = _free_ports(2 * nodes)
    cluster = Cluster(folder, line, list(zip(ports[::2], ports[1::2], strict=True)))
    for number in range(nodes):
        cluster.start(number)
    return cluster


def _use(folder: Path) -> None:
    users = folder / "users"
    users.mkdir(exist_ok=True)
    (users / str(os.getpid())).touch()


def _free_ports(count: int) -> Sequence[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _health(url: str) -> str:
    """Return what a node says of its cluster, "" when it does not answer."""
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5) as answer:
            return str(answer.read().decode())
    except (OSError, urllib.error.URLError):
        return ""


def _java_options(version: int) -> Iterator[str]:
    yield from (f"-Xms{_HEAP}", f"-Xmx{_HEAP}", "-Xss1m", "-XX:+UseG1GC", "-Dfile.encoding=UTF-8")
    # The second compiler costs a node that lives for minutes more than it gains: half of the time of these tests.
    yield from ("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-XX:-OmitStackTraceInFastThrow")
    yield from ("-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true")
    yield from ("-Dio.netty.recycler.maxCapacityPerThread=0", "-Dlog4j.shutdownHookEnabled=false")
    yield "-Dlog4j2.disable.jmx=true"
    if version < 23:
        yield "-Djava.locale.providers=SPI,COMPAT"
    if version >= 20:
        yield from ("--add-modules=jdk.incubator.vector", "--add-opens=java.base/java.nio=ALL-UNNAMED")
