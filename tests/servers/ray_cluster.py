"""A Ray cluster on this machine: a head without processors and machines of one each, on loopback and free ports."""

import os
import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

__all__ = ["MISSING", "TestCluster", "has_ray", "protect_ray", "running_cluster"]

MISSING = "Ray is not installed: pip install 'dossier-search[ray]'"

_LOOPBACK = "127.0.0.2"
_STORE_BYTES = 80 * 1024 * 1024


def protect_ray() -> None:
    """Let only this process and its children use its clusters; to be called before anything imports Ray.

    Some of its ports listen on all addresses of this machine, whatever it is told.
    """
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))


def has_ray() -> bool:
    """True when Ray is installed."""
    return find_spec("ray") is not None


class TestCluster:
    """The machines of a cluster: each is a set of processes."""

    __test__ = False

    # Any: Ray need not be installed to check the tests.
    def __init__(self, cluster: Any, *, machines: int) -> None:
        self._cluster = cluster
        self.machines = [self.add_machine() for _ in range(machines)]

    @property
    def address(self) -> str:
        return str(self._cluster.address)

    def add_machine(self, **resources: int) -> Any:
        return self._cluster.add_node(
            node_ip_address=_LOOPBACK, object_store_memory=_STORE_BYTES, **{"num_cpus": 1, **resources}
        )

    def remove(self, machine: Any) -> None:
        """End a machine, and wait until the cluster knows: it gives work to one that died for some seconds."""
        self.kill(machine)
        self._cluster.wait_for_nodes(timeout=60)

    def wait_for_work(self, *, seconds: float = 60.0) -> None:
        """Wait until each machine has a worker, in a process that uses the cluster; fails when that takes longer."""
        import ray

        end = time.monotonic() + seconds
        while ray.available_resources().get("CPU", 0.0):
            assert time.monotonic() < end, "a machine of the cluster got no worker"
            time.sleep(0.05)

    def kill(self, machine: Any) -> None:
        """End the process that makes a machine a part of the cluster, as a power cut does; its workers follow it."""
        (raylet,) = machine.all_processes["raylet"]
        os.kill(raylet.process.pid, signal.SIGKILL)
        raylet.process.wait()
        self._cluster.remove_node(machine, allow_graceful=False)


@contextmanager
def running_cluster(*, machines: int = 2) -> Iterator[TestCluster]:
    """Start a cluster, yield it, and end all of its processes."""
    from ray.cluster_utils import Cluster

    head = {
        "num_cpus": 0,
        "include_dashboard": False,
        "node_ip_address": _LOOPBACK,
        "object_store_memory": _STORE_BYTES,
    }
    cluster = Cluster(initialize_head=True, head_node_args=head)
    try:
        yield TestCluster(cluster, machines=machines)
    finally:
        cluster.shutdown()
