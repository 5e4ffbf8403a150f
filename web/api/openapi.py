"""Describe the JSON API as OpenAPI 3.1, from the endpoints and the records of their answers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from web.api.answers import ErrorAnswer
from web.api.parameters import Parameter
from web.api.schemas import Schema, Schemas

__all__ = ["Endpoint", "describe_api"]

_PREFIX = "#/components/schemas/"
_ERRORS = {
    "400": "A parameter is unknown or cannot be read",
    "404": "There is no such thing here",
    "503": "There is no index yet, or its engine does not answer",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint: its path with `{placeholders}`, its purpose, its answer, and an example to try."""

    path: str
    name: str
    summary: str
    answer: type
    parameters: tuple[Parameter, ...]
    example: str = ""


def describe_api(endpoints: Iterable[Endpoint]) -> dict[str, Any]:  # Any: an OpenAPI document is JSON of any shape
    """Return the whole OpenAPI document."""
    schemas = Schemas(prefix=_PREFIX)
    error = schemas.of(ErrorAnswer)
    paths = {endpoint.path: {"get": _operation(endpoint, schemas, error)} for endpoint in endpoints}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dossier",
            "version": version("dossier-search"),
            "summary": "Who, which organization, which system, how much, when: an archive of articles.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.components.items()))},
    }


def _operation(endpoint: Endpoint, schemas: Schemas, error: Schema) -> dict[str, Any]:  # Any: see `describe_api`
    answers = {"200": _answer("What was asked for", schemas.of(endpoint.answer))}
    has_path = re.search(r"{\w+}", endpoint.path) is not None
    errors = {code: _answer(text, error) for code, text in _ERRORS.items() if has_path or code != "404"}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
        "responses": answers | errors,
    }


def _answer(description: str, schema: Schema) -> dict[str, Any]:  # Any: see `describe_api`
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parameter(parameter: Parameter) -> dict[str, Any]:  # Any: see `describe_api`
    schema: Schema = {"type": "integer", "minimum": 0} if parameter.is_number else {"type": "string"}
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    described = {
        "name": parameter.name,
        "in": "path" if parameter.is_path else "query",
        "description": parameter.help,
        "required": parameter.is_path,
        "schema": {"type": "array", "items": schema} if parameter.is_list else schema,
    }
    return described | ({"style": "form", "explode": True} if parameter.is_list else {})
