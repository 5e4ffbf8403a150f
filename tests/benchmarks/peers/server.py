"""An OpenSearch server that is measured: the time and the memory of its nodes."""

import time
from ipaddress import ip_address
from urllib.parse import urlsplit

from opensearchpy import OpenSearch

__all__ = ["MeasuredServer"]

_SECONDS = 120


class MeasuredServer:
    """Asks a server how much it has used, and how large its indexes are."""

    def __init__(self, url: str) -> None:
        self._url = url.partition(",")[0]
        self._client = OpenSearch(self._url, timeout=_SECONDS)

    def work_seconds(self) -> float:
        """Return the CPU seconds that this process and all nodes have used so far."""
        nodes = self._client.nodes.stats(metric="process")["nodes"].values()
        return time.process_time() + sum(int(node["process"]["cpu"]["total_in_millis"]) for node in nodes) / 1000

    def process(self) -> int | None:
        """Return the process of the only node, if it runs on this machine."""
        nodes = list(self._client.nodes.info(metric="process")["nodes"].values())
        if len(nodes) != 1 or not _is_loopback(urlsplit(self._url).hostname or ""):
            return None
        return int(nodes[0]["process"]["id"])

    def size(self, indexes: str) -> int:
        """Return the bytes on disk of indexes, copies included; a name may end with a star."""
        stats = self._client.indices.stats(index=indexes, metric="store")
        return int(stats["_all"]["total"]["store"]["size_in_bytes"])

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
