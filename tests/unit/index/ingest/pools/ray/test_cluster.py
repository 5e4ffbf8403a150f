"""Addresses of clusters: what answers is tried once, and what is none is refused."""

import socket
import time
from pathlib import Path

import pytest

from index.errors import ClusterError, UsageError
from index.ingest.pools.ray.cluster import Cluster

pytest.importorskip("ray", reason="Ray is not installed: pip install 'dossier-search[ray]'")


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize("address", ["127.0.0.1:{}", "ray://127.0.0.1:{}"])
def test_nothing_at_an_address_is_said_within_seconds(address: str) -> None:
    began = time.monotonic()
    with pytest.raises(ClusterError, match=r"No Ray cluster answers at .*ray start --head"):
        Cluster(address.format(closed_port()))
    assert time.monotonic() - began < 10


def test_a_cluster_that_was_noted_and_is_gone_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setenv("RAY_TMPDIR", str(tmp_path))
    (tmp_path / "ray").mkdir()
    (tmp_path / "ray" / "ray_current_cluster").write_text(f"127.0.0.1:{closed_port()}", encoding="utf-8")
    with pytest.raises(ClusterError, match=r"No Ray cluster answers at 127\.0\.0\.1"):
        Cluster("auto")


@pytest.mark.parametrize("address", ["head", "head:many", "https://head:1", "head:99999", "://"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is not an address of a Ray cluster"):
        Cluster(address)
