"""The page about the API, for people: its endpoints with their parameters."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint
from werkzeug.wrappers import Response

from web.api.endpoints import ENDPOINTS
from web.api.parameters import Parameter
from web.parts.records import Frame, Row
from web.rendering import frame, show

__all__ = ["ApiPage", "blueprint"]

blueprint = Blueprint("api_page", __name__)


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The JSON API for people."""

    template: ClassVar[str] = "api.html"

    frame: Annotated[Frame, "The frame of the page"]
    endpoints: Annotated[tuple[tuple[str, str, str, tuple[Row, ...]], ...], "Path, summary, example and parameters"]


@blueprint.get("/api")
def show_api() -> Response:
    """Show the endpoints with their parameters."""
    return show(
        ApiPage(
            frame("JSON API", styles=("prose.css",)),
            tuple(
                (
                    endpoint.path,
                    f"{endpoint.summary}.",
                    endpoint.example,
                    tuple(Row(parameter.name, _parameter_help(parameter)) for parameter in endpoint.parameters),
                )
                for endpoint in ENDPOINTS
            ),
        )
    )


def _parameter_help(parameter: Parameter) -> str:
    choices = f" ({', '.join(parameter.choices)})" if parameter.choices else ""
    return parameter.help + choices + ("; may be given many times" if parameter.is_list else "")
