"""Records as JSON values, one way for the command line and the API.

A record becomes an object with its fields under their own names; enumerations become their values, dates ISO 8601
strings, whole amounts integers and others floats, tuples arrays.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from msgspec import Struct

__all__ = ["JsonValue", "to_json"]

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]


def to_json(value: object) -> JsonValue:
    """The JSON form of a record or of anything that records hold. Raises `TypeError` for anything else.

    >>> to_json((Decimal("3.0"), date(2019, 7, 1)))
    [3, '2019-07-01']
    """
    match value:
        case Enum():
            return to_json(value.value)
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case list() | tuple() | frozenset():
            return [to_json(item) for item in value]
        case Struct():
            return {name: to_json(getattr(value, name)) for name in value.__struct_fields__}
        case _ if is_dataclass(value):
            return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")
