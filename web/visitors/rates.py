"""A limit to the requests of one visitor in a time, so that nobody takes the server from all others."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock

__all__ = ["BURST", "PER_SECOND", "Rates", "address_key"]

PER_SECOND = 20.0
"""Requests in a second that one visitor can make for long."""
BURST = 400
"""Requests that one visitor can make at once after a rest."""

_MOST_KNOWN = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    filled: float


class Rates:
    """A token bucket for each visitor. Safe to use from many threads; the visitors seen last are remembered."""

    def __init__(
        self, *, per_second: float = PER_SECOND, burst: int = BURST, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = burst
        self._now = now
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> int:
        """Count a request and return 0; or, when there were too many, the seconds until the next one is answered."""
        with self._lock:
            now = self._now()
            bucket = self._buckets.setdefault(key, _Bucket(self._burst, now))
            self._buckets.move_to_end(key)
            if len(self._buckets) > _MOST_KNOWN:
                self._buckets.popitem(last=False)
            bucket.left = min(self._burst, bucket.left + (now - bucket.filled) * self._per_second)
            bucket.filled = now
            if bucket.left < 1:
                return max(1, ceil((1 - bucket.left) / self._per_second))
            bucket.left -= 1
            return 0


def address_key(address: str) -> str:
    """Return what requests of one client are counted by: of IPv6 addresses the part that one household shares.

    >>> address_key("192.0.2.7"), address_key("2001:db8:1:2:3::4"), address_key("::ffff:192.0.2.7"), address_key("?")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7', '?')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> 64 << 64)}/64"
