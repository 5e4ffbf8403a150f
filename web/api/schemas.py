"""JSON Schema (2020-12) of records, in step with `search.output.serialization.to_json` that writes them."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

__all__ = ["Schema", "Schemas"]

Schema = dict[str, Any]  # Any: JSON Schema is JSON, in any shape

_SIMPLE: dict[type, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}


class Schemas:
    """Collector of the schemas of records, each once under the name of its class."""

    def __init__(self, *, prefix: str) -> None:
        """Set `prefix`, the beginning of a reference to a collected schema."""
        self._prefix = prefix
        self.components: dict[str, Schema] = {}

    def of(self, hint: Any) -> Schema:  # Any: a type hint may be a class or one of many special forms
        """Return the schema of a type hint. Raises `TypeError` for types that JSON cannot hold."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._described(self.of(arguments[0]), next((text for text in arguments[1:]), None))
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(argument) for argument in arguments]}
        if origin is tuple:
            return self._tuple(arguments)
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if isinstance(hint, type):
            return self._class(hint)
        raise TypeError(f"{hint!r} has no schema")

    def _tuple(self, arguments: tuple[Any, ...]) -> Schema:  # Any: see `of`
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "array", "items": self.of(arguments[0])}
        return {
            "type": "array",
            "prefixItems": [self.of(argument) for argument in arguments],
            "minItems": len(arguments),
            "maxItems": len(arguments),
        }

    def _class(self, record: type) -> Schema:
        if record in _SIMPLE:
            return dict(_SIMPLE[record])
        if issubclass(record, Enum):
            return {"type": "string", "enum": [member.value for member in record]}
        if issubclass(record, Struct):
            names = record.__struct_fields__
        elif is_dataclass(record):
            names = tuple(field.name for field in fields(record))
        else:
            raise TypeError(f"{record.__name__} has no schema")
        name = record.__name__
        if name not in self.components:
            self.components[name] = {}
            hints = get_type_hints(record, include_extras=True)
            self.components[name] = {
                "type": "object",
                "description": " ".join((record.__doc__ or "").split("\n\n")[0].split()),
                "properties": {field: self.of(hints[field]) for field in names},
                "required": list(names),
                "additionalProperties": False,
            }
        return {"$ref": f"{self._prefix}{name}"}

    @staticmethod
    def _described(schema: Schema, text: object) -> Schema:
        return {**schema, "description": text} if isinstance(text, str) else schema
