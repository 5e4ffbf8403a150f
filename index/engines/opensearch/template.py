"""The index template of a name: settings and fields of all its indexes, which the server keeps and gives to new ones.

Each name has a template of its own, as names differ in their shards and copies. It is put when an index is made, by the
one process that may write. A user without the right to put templates may have it put by another; where it is not there,
an index is made with the same settings and fields without it.
"""

import hashlib
from fnmatch import fnmatchcase
from typing import Any

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import AuthorizationException, NotFoundError, RequestError

from index.engines.opensearch.mapping import VERSION, index_body
from index.engines.opensearch.options import ServerOptions
from index.errors import UsageError

__all__ = ["make_index", "template_body", "template_name"]

# Templates that programs bring along have less.
_PRIORITY = 1_000
_BLOCK = "cluster_block_exception"


def template_name(name: str) -> str:
    """Return what the template of an index's name is called on the server."""
    return f"dossier-{name}"


def template_body(options: ServerOptions) -> dict[str, Any]:
    """Return the template of a name.

    The server uses the one template with the highest priority. Of two names of which one begins with the other, such as
    `news` and `news-archive`, the longer one has the higher, so that each gets its own.
    """
    body: dict[str, Any] = {
        "index_patterns": [f"{options.name}-*"],
        "priority": _PRIORITY + len(options.name),
        "version": VERSION,
        "template": index_body(options),
    }
    digest = hashlib.sha256(msgspec.json.encode(body, order="sorted")).hexdigest()
    return {**body, "_meta": {"dossier": options.name, "fingerprint": digest}}


def make_index(client: OpenSearch, options: ServerOptions, index: str) -> None:
    """Make an index from the template of its name, where it is not there. Raises `UsageError` for others in the way."""
    has_template = _put(client, options)
    if not client.indices.exists(index=index):
        client.indices.create(index=index, body=None if has_template else index_body(options))
    fields = client.indices.get_mapping(index=index)[index]["mappings"]
    if fields.get("_meta", {}).get("dossier") != options.name:
        client.indices.delete(index=index)
        others = ", ".join(_stronger(client, options, index)) or "of which this user may not know"
        raise UsageError(
            f"New indexes of {options.name} get their fields from another index template on OpenSearch ({others}). "
            f"Give it a priority below {_PRIORITY}, or write another name as `index` in [engine]."
        )


def _put(client: OpenSearch, options: ServerOptions) -> bool:
    """Have the server keep the template as it is now; False when this user may not, and it is not there."""
    name, body = template_name(options.name), template_body(options)
    try:
        known = _find(client, name)
        if known is not None and known.get("_meta", {}).get("dossier") != options.name:
            raise UsageError(
                f"There is an index template {name} on OpenSearch that is not ours. Write another name as `index` in "
                "[engine]."
            )
        if known is None or known["_meta"] != body["_meta"]:
            client.indices.put_index_template(name=name, body=body)
    except AuthorizationException as error:
        if error.error == _BLOCK:
            raise
        return False
    except RequestError as error:
        info: Any = error.info
        if "same priority" not in str(info):
            raise
        raise UsageError(
            f"Another index template on OpenSearch is for {options.name}-* with the same priority "
            f"{body['priority']:,}: {info['error']['reason']}. Change its priority, or write another name as "
            "`index` in [engine]."
        ) from error
    return True


def _find(client: OpenSearch, name: str) -> dict[str, Any] | None:
    try:
        (found,) = client.indices.get_index_template(name=name)["index_templates"]
    except NotFoundError:
        return None
    template: dict[str, Any] = found["index_template"]
    return template


def _stronger(client: OpenSearch, options: ServerOptions, index: str) -> list[str]:
    """Return the names of templates that are for an index and go before ours."""
    try:
        found = client.indices.get_index_template()["index_templates"]
    except AuthorizationException:
        return []
    ours = _PRIORITY + len(options.name)
    return [
        entry["name"]
        for entry in found
        if entry["index_template"].get("priority", 0) > ours
        and any(fnmatchcase(index, pattern) for pattern in entry["index_template"]["index_patterns"])
    ]
