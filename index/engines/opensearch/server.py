"""The connection to the servers: requests that are repeated while that helps, and errors in our words."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnectionError
from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError

from index.engines.base import EngineLocation
from index.engines.opensearch.options import PASSWORD_VARIABLE, TOKEN_VARIABLE, ServerOptions, read_options
from index.errors import (
    DiskFullError,
    DossierError,
    EngineError,
    EngineTimeoutError,
    EngineUnavailableError,
    IndexMissingError,
    UsageError,
)

__all__ = ["Server", "blocked", "waits"]

_Answer = TypeVar("_Answer")

# The cluster is busy, or a node that had a shard is gone and another one takes over.
_PASSING = frozenset({429, 502, 503, 504})
# Threads of the page that ask at the same time.
_CONNECTIONS = 32
# A server that is not there at all is said sooner than one that is busy.
_ABSENT_SECONDS = 3.0

# The client tells of every failed request, also of those that are repeated.
logging.getLogger("opensearch").addHandler(logging.NullHandler())


class Server:
    """The servers of one location. Safe to use from many threads."""

    def __init__(self, location: EngineLocation) -> None:
        self.options = read_options(location)
        self._client = _connect(self.options)

    @property
    def name(self) -> str:
        """The name of the index."""
        return self.options.name

    def call(self, ask: Callable[[OpenSearch], _Answer]) -> _Answer:
        """Return what `ask` returns for the client; asks again while the cluster is busy or changes.

        What is asked must do no harm when it is done twice. Raises `EngineUnavailableError`, `EngineTimeoutError`,
        `IndexMissingError`, `DiskFullError` or `EngineError`.
        """
        started = time.monotonic()
        for pause in waits():
            try:
                return ask(self._client)
            except TransportError as error:
                gone = time.monotonic() - started
                if gone + pause > self._patience(error):
                    raise self._translated(error) from error
            time.sleep(pause)
        raise AssertionError  # the waits have no end

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _patience(self, error: TransportError) -> float:
        """Return for how many seconds a request that failed like this is worth repeating."""
        if isinstance(error, ConnectionTimeout | SSLError):
            return 0.0
        if isinstance(error, NoConnectionError):
            return min(_ABSENT_SECONDS, self.options.patience)
        return self.options.patience if error.status_code in _PASSING and not blocked(_reason(error)) else 0.0

    def _translated(self, error: TransportError) -> DossierError:
        where, reason = self.options.where, _reason(error)
        match error:
            case ConnectionTimeout():
                return EngineTimeoutError(
                    f"OpenSearch at {where} did not answer within {self.options.timeout:g} seconds. Try again, or "
                    "raise `timeout` in [engine]."
                )
            case SSLError():
                return EngineUnavailableError(
                    f"The certificate of OpenSearch at {where} is not trusted: {error.info}. Name the file of its "
                    "authority as `ca_file` in [engine]."
                )
            case NoConnectionError():
                return EngineUnavailableError(
                    f"OpenSearch cannot be reached at {where}. Start it, or correct `url` in [engine]."
                )
        if block := blocked(reason):
            return block
        match error.status_code:
            case 401:
                return UsageError(
                    f"OpenSearch at {where} does not know this user. Write `user` in [engine] and put the password in "
                    f"{PASSWORD_VARIABLE}, or a token in {TOKEN_VARIABLE}."
                )
            case 403:
                return UsageError(f"OpenSearch at {where} does not allow this: {reason}. Give the user the right to.")
            case 404 if error.error == "index_not_found_exception":
                return IndexMissingError(
                    f"OpenSearch at {where} has no index {self.name} - run: search-cli index FOLDER, or "
                    "search-cli rebuild"
                )
            case status if status in _PASSING:
                return EngineUnavailableError(f"OpenSearch at {where} refuses to work now: {reason}. Try again later.")
        return EngineError(f"OpenSearch at {where} answers with an error: {reason}")


def waits(first: float = 0.1, longest: float = 3.0) -> Iterator[float]:
    """Yield the pauses between tries in seconds, each twice as long as the one before."""
    pause = first
    while True:
        yield pause
        pause = min(pause * 2, longest)


def blocked(reason: str) -> DossierError | None:
    """Return the error for a reason that says that an index may not be written, None for any other."""
    if "flood-stage watermark" in reason or "read-only-allow-delete" in reason or "No space left" in reason:
        return DiskFullError(
            "The disk of an OpenSearch node is full, so its indexes are read-only. What was committed is kept; free "
            "some space there, and run the command again."
        )
    if "cluster_block_exception" in reason or "FORBIDDEN/" in reason:
        return EngineError(
            f"OpenSearch may not be written: {reason}. What was committed is kept; remove the block "
            "(index.blocks.write or cluster.blocks.read_only), and run the command again."
        )
    return None


def _reason(error: TransportError) -> str:
    """Return the kind and the reason of an error in one line."""
    info = error.info
    if isinstance(info, Mapping) and isinstance(info.get("error"), Mapping):
        found = info["error"]
        causes = found.get("root_cause") or [found]
        texts = [f"{cause.get('type')}: {cause.get('reason')}" for cause in (found, *causes)]
        return "; ".join(dict.fromkeys(texts))
    return f"{error.status_code} {error.error}"


def _connect(options: ServerOptions) -> OpenSearch:
    if (options.password or options.token) and not all(map(_is_private, options.urls)):
        raise UsageError("A password or token is sent over https only. Write https://... as url in [engine].")
    signed: dict[str, Any] = {}
    if options.token:
        signed["headers"] = {"Authorization": f"Bearer {options.token}"}
    elif options.user:
        signed["http_auth"] = (options.user, options.password)
    if options.ca_file:
        signed["ca_certs"] = options.ca_file
    return OpenSearch(
        list(options.urls),
        timeout=options.timeout,
        # Another node is asked at once when one does not answer; pauses between tries are ours.
        max_retries=max(len(options.urls), 2),
        retry_on_status=(502,),
        maxsize=_CONNECTIONS,
        **signed,
    )


def _is_private(url: str) -> bool:
    """Return whether nobody on the way can read what is sent to an address."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
