"""The connection of this process to a Ray cluster, with errors that say what to do."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from index.errors import ClusterError, UsageError

__all__ = ["Cluster"]

_PROBE_SECONDS: Final = 3.0
# Of a cluster in this process: tasks and results are small, and all of them pass through it.
_STORE_BYTES: Final = 256 * 1024 * 1024
# Where `ray start` notes the cluster of this machine.
_NOTED: Final = Path("ray_current_cluster")
_START: Final = "Start one with `ray start --head`, name another with --ray HOST:PORT, or use --ray local."
_CLIENT: Final = "ray"
# Ray reads these when it is imported.
_ENVIRONMENT: Final[Mapping[str, str]] = {
    "RAY_USAGE_STATS_ENABLED": "0",
    # Seconds for which it tries to speak to what answers at an address, instead of 20.
    "RAY_NUM_REDIS_GET_RETRIES": "5",
}


class Cluster:
    """A connection to a cluster. Nothing is sent to others: usage statistics are off.

    `address` is "local" for a cluster of this machine alone, which ends with the connection, "auto" for the one that
    `ray start` began on this machine (or that `RAY_ADDRESS` names), HOST:PORT, or ray://HOST:PORT for a machine that
    is no part of the cluster. A connection that the process had before is used and kept.

    `ray` is the module, imported by the first connection.
    Raises `UsageError` without Ray and for an address that is none, and `ClusterError` within seconds for one that does
    not answer.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        # Any: Ray need not be installed to check the rest.
        self.ray: Any = _import_ray()
        self._is_ours = not self.ray.is_initialized()
        if self._is_ours:
            self._connect()

    def cpus(self) -> int:
        """Count the processors that the cluster has now."""
        return int(self.ray.cluster_resources().get("CPU", 0))

    def gpus(self) -> float:
        """Count the accelerators that the cluster has now."""
        return float(self.ray.cluster_resources().get("GPU", 0))

    def close(self) -> None:
        """Disconnect."""
        if self._is_ours:
            self.ray.shutdown()

    @property
    def _is_elsewhere(self) -> bool:
        return self.address not in ("local", "auto")

    def _connect(self) -> None:
        if self.address != "local":
            self._probe()
        local = {"include_dashboard": False, "object_store_memory": _STORE_BYTES} if self.address == "local" else {}
        try:
            self.ray.init(address=self.address, log_to_driver=False, logging_level="ERROR", **local)
        except ConnectionError as error:
            hint = " A cluster with tokens needs RAY_AUTH_MODE and the right RAY_AUTH_TOKEN." * self._is_elsewhere
            message = f"No Ray cluster answers at {self.address}: {_one_line(error)}. {_START}{hint}"
            raise ClusterError(message) from error
        except ImportError as error:
            raise UsageError(f"{self.address} needs the client of Ray. Run: pip install 'ray[client]'") from error
        except (RuntimeError, ValueError) as error:
            if "ersion mismatch" not in str(error):
                raise ClusterError(f"The Ray cluster at {self.address} cannot be used: {error}") from error
            raise ClusterError(
                f"The Ray cluster at {self.address} runs other versions than this program. {_one_line(error)}. Install "
                "the same versions of Python and Ray on all machines."
            ) from error

    def _probe(self) -> None:
        """Connect once: Ray itself would try for minutes before it says that nothing is there."""
        place = _noted_address() if self.address == "auto" else self.address
        if not place:
            return
        host, port = _host_and_port(place)
        try:
            socket.create_connection((host, port), timeout=_PROBE_SECONDS).close()
        except OSError as error:
            raise ClusterError(f"No Ray cluster answers at {place}: {error.strerror or error}. {_START}") from error


def _import_ray() -> Any:
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        raise UsageError("Ray is not installed. Run: pip install 'dossier-search[ray]'") from error
    return ray


def _noted_address() -> str:
    """Return the address that "auto" stands for, "" when Ray has to look for one."""
    known = os.environ.get("RAY_ADDRESS", "")
    if known:
        return known if known != "local" else ""
    try:
        return (Path(os.environ.get("RAY_TMPDIR", "/tmp")) / "ray" / _NOTED).read_text(encoding="utf-8").strip()  # noqa: S108 - where Ray keeps it
    except OSError:
        return ""


def _host_and_port(address: str) -> tuple[str, int]:
    """Return host and port of an address.

    >>> _host_and_port("ray://head:10001"), _host_and_port("[::1]:6379")
    (('head', 10001), ('::1', 6379))
    """
    scheme, _, rest = address.rpartition("://")
    try:
        parts = urlsplit(f"//{rest}")
        if scheme in ("", _CLIENT) and parts.hostname and parts.port:
            return parts.hostname, parts.port
    except ValueError:
        pass
    raise UsageError(
        f"{address!r} is not an address of a Ray cluster. Write auto, local, HOST:PORT or ray://HOST:PORT."
    )


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
