"""Entities by id or by name."""

from index.catalog.reader import CatalogReader
from index.errors import EntityNotFoundError, UsageError
from index.model import Entity
from index.normalize.names import fold_name

__all__ = ["find_id"]

_MOST_SHOWN = 8


def find_id(reader: CatalogReader, text: str, *, may_be_gone: bool = True) -> str:
    """Return the id of the entity that is meant by an id, a canonical name or an alias, in this order.

    `may_be_gone` also finds an entity by an id that was merged into it. Raises `UsageError` with the candidates when
    several entities have the name, and `EntityNotFoundError` when none has.
    """
    entity_id = text.strip()
    current = reader.current_id(entity_id)
    if current is not None:
        return current if may_be_gone else entity_id
    found = reader.find_entities(text, limit=_MOST_SHOWN + 1)
    canonical = tuple(entity for entity in found if fold_name(entity.name) == fold_name(text))
    candidates = canonical or found
    if not candidates:
        raise EntityNotFoundError(f"No entity has the id or name {text!r}. To look for it: entities find {text!r}")
    if len(candidates) > 1:
        raise UsageError(f"several entities are called {text!r}; give the id of one: {_listed(candidates)}")
    return candidates[0].id


def _listed(candidates: tuple[Entity, ...]) -> str:
    shown = ", ".join(f"{entity.id} ({entity.kind}, “{entity.name}”)" for entity in candidates[:_MOST_SHOWN])
    return f"{shown}, …" if len(candidates) > _MOST_SHOWN else shown
