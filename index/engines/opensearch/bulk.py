"""Many changes in one request, with patience for a busy server and a reason for each document that it refuses."""

import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from index.engines.opensearch.server import Server, blocked, waits
from index.errors import EngineError, EngineUnavailableError

__all__ = ["Change", "send"]

_MAX_BYTES = 5 << 20
_BUSY = frozenset({429, 503})
_TOO_LARGE = 413
_LONGEST_REASON = 300


class Change(msgspec.Struct, frozen=True):
    """One line or two of a bulk request: what to do with the document `key`, which the article `id` became."""

    action: str
    key: str
    id: str
    content: dict[str, Any] | None = None

    def lines(self) -> bytes:
        """Return the lines of the request."""
        head = msgspec.json.encode({self.action: {"_id": self.key}})
        return b"\n".join([head, b"" if self.content is None else msgspec.json.encode(self.content) + b"\n"])


def send(server: Server, index: str, changes: Iterable[Change]) -> dict[str, str]:
    """Make the changes; return by id the reasons why documents were refused for good. All others were taken.

    Repeats what a busy server refuses, with pauses, as long as the options say. Raises what `Server.call` raises.
    """
    refused: list[tuple[Change, str]] = []
    for part in _parts(changes):
        refused += _send_part(server, index, part)
    for change, reason in refused:
        if change.action != "index":
            # An earlier version that stays would be a second one of its article.
            raise EngineError(f"OpenSearch cannot end a version of {change.id}: {reason}. Nothing was committed.")
    return {change.id: reason[:_LONGEST_REASON] for change, reason in refused}


def _parts(changes: Iterable[Change]) -> Iterator[list[tuple[Change, bytes]]]:
    """Yield the changes, with their lines, in requests of a few megabytes."""
    part: list[tuple[Change, bytes]] = []
    size = 0
    for change in changes:
        lines = change.lines()
        if part and size + len(lines) > _MAX_BYTES:
            yield part
            part, size = [], 0
        part.append((change, lines))
        size += len(lines)
    if part:
        yield part


def _send_part(server: Server, index: str, part: Sequence[tuple[Change, bytes]]) -> list[tuple[Change, str]]:
    """Return the changes that were refused for good, and why."""
    started = time.monotonic()
    refused: list[tuple[Change, str]] = []
    for pause in waits():
        body = b"".join(lines for _, lines in part).decode()
        answer = server.call(partial(_ask, index=index, body=body))
        if answer is None:
            return [*refused, *_send_halves(server, index, part)]
        again: list[tuple[Change, bytes]] = []
        for (change, lines), item in zip(part, answer["items"], strict=True):
            (result,) = item.values()
            reason = _reason(result)
            if block := blocked(reason):
                raise block
            if result["status"] in _BUSY:
                again.append((change, lines))
            elif result["status"] >= 300 and not (change.action == "delete" and result["status"] == 404):
                refused.append((change, reason))
        if not again:
            return refused
        if time.monotonic() - started + pause > server.options.patience:
            raise EngineUnavailableError(
                f"OpenSearch at {server.options.where} is too busy to write: {reason}. What was committed is kept; try "
                "again later."
            )
        part = again
        time.sleep(pause)
    return refused


def _ask(client: OpenSearch, *, index: str, body: str) -> dict[str, Any] | None:
    """Return the answer to a request, None when the server, or a proxy before it, takes none of this size."""
    try:
        answer: dict[str, Any] = client.bulk(index=index, body=body)
    except TransportError as error:
        if error.status_code != _TOO_LARGE:
            raise
        return None
    return answer


def _send_halves(server: Server, index: str, part: Sequence[tuple[Change, bytes]]) -> list[tuple[Change, str]]:
    """Send what is too large for one request in smaller ones; a change that is too large alone is refused."""
    middle = len(part) // 2
    if not middle:
        ((change, lines),) = part
        return [(change, f"its {len(lines):,} bytes are more than the server takes")]
    return [*_send_part(server, index, part[:middle]), *_send_part(server, index, part[middle:])]


def _reason(result: dict[str, Any]) -> str:
    error = result.get("error")
    if not isinstance(error, dict):
        return "" if error is None else str(error)
    cause = error.get("caused_by") or {}
    return ": ".join(str(part) for part in (error.get("type"), error.get("reason"), cause.get("reason")) if part)
