"""Locked filters in words: what new searches of this browser begin with."""

from collections.abc import Iterable

from index.errors import DossierError
from index.fields import field_for_parameter
from index.model import ENTITY_KINDS
from web.access import search_service
from web.addresses.urls import unlock_url
from web.parts.records import Lock

__all__ = ["lock_parts"]

_ENTITY_FIELDS = frozenset(kind.value for kind in ENTITY_KINDS)


def lock_parts(locked: Iterable[tuple[str, str]]) -> tuple[Lock, ...]:
    """Return locked filters, given as parameters, with the names that their entities have now."""
    pairs = tuple(locked)
    ids = [_plain(value) for name, value in pairs if _field(name) in _ENTITY_FIELDS]
    names = _names(ids) if ids else {}
    return tuple(
        Lock(
            parameter=name,
            value=value,
            label=f"not {_label(name)}" if value.startswith("-") else _label(name),
            text=names.get(_plain(value), _plain(value)),
            unlock_url=unlock_url(name, value),
        )
        for name, value in pairs
    )


def _names(ids: list[str]) -> dict[str, str]:
    try:
        return {name.id: name.name for name in search_service().catalog.names(ids)}
    except DossierError:
        # Without an index nothing has a name; the page says what is wrong.
        return {}


def _plain(value: str) -> str:
    return value[1:] if value.startswith(("-", "\\")) else value


def _field(parameter: str) -> str:
    field = field_for_parameter(parameter)
    return field.name if field is not None else ""


def _label(parameter: str) -> str:
    field = field_for_parameter(parameter)
    return field.label if field is not None else parameter
