"""Describe the JSON API as OpenAPI 3.1, from the endpoints and the records of their answers."""

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
    "401": "The server has users: log in, or send a token",
    "404": "There is no such thing here",
    "429": "These were too many requests: wait as long as Retry-After says",
    "503": "There is no index yet, or its engine does not answer",
}

_TOKEN = "A token of a user, made on the page “/account” or with search-cli users tokens add"  # noqa: S105 # a text
_SESSION = "The session of a browser that is logged in"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint: its path with `{placeholders}`, its purpose, its answer, and an example to try."""

    path: str
    name: str
    summary: str
    answer: type
    parameters: tuple[Parameter, ...]
    example: str = ""


# Any: an OpenAPI document is JSON of any shape
def describe_api(endpoints: Iterable[Endpoint], *, cookie: str, is_open: bool) -> dict[str, Any]:
    """Return the whole OpenAPI document. `cookie` names that of sessions; with `is_open`, nobody needs to log in."""
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
        "security": [*([{}] if is_open else []), {"token": []}, {"session": []}],
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": _TOKEN},
                "session": {"type": "apiKey", "in": "cookie", "name": cookie, "description": _SESSION},
            },
        },
    }


def _operation(endpoint: Endpoint, schemas: Schemas, error: Schema) -> dict[str, Any]:  # Any: see `describe_api`
    answers = {"200": _answer("What was asked for", schemas.of(endpoint.answer))}
    errors = {code: _answer(text, error) for code, text in _ERRORS.items()}
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
        "required": parameter.is_path or parameter.is_required,
        "schema": {"type": "array", "items": schema} if parameter.is_list else schema,
    }
    return described | ({"style": "form", "explode": True} if parameter.is_list else {})
