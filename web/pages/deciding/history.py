"""The page of all decisions, where each can be undone."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from index.identity.decisions import MadeDecision
from index.identity.wording import describe
from web.access import search_service
from web.addresses.reading import bounded_number
from web.addresses.urls import decisions_url, entity_url
from web.frame.done import sentence
from web.frame.rendering import frame, show
from web.pages.deciding.context import DecisionRow, HistoryPage
from web.visitors.editing import editing

__all__ = ["blueprint"]

blueprint = Blueprint("history", __name__)

_SIZE = 30
_MAX_PAGE = 10_000


@blueprint.get("/decisions")
def show_decisions() -> Response:
    """Show the decisions, newest first."""
    page = bounded_number(request.args.get("page", ""), "page", default=1, most=_MAX_PAGE)
    # One more than is shown tells that there are older ones.
    found = search_service().catalog.decisions(limit=page * _SIZE + 1)
    return show(
        HistoryPage(
            frame=frame("Decisions", current=decisions_url()),
            is_editing=editing() is not None,
            rows=tuple(_row(made) for made in found[(page - 1) * _SIZE : page * _SIZE]),
            newer_url=decisions_url(page=page - 1) if page > 1 else "",
            older_url=decisions_url(page=page + 1) if len(found) > page * _SIZE else "",
        )
    )


def _row(made: MadeDecision) -> DecisionRow:
    return DecisionRow(
        number=made.id,
        text=sentence(describe(made.decision)),
        url=entity_url(made.decision.entity),
        made=_when(made.decided_at, made.decided_by),
        undone=_when(made.undone_at, made.undone_by or "") if made.undone_at else "",
    )


def _when(moment: str, by: str) -> str:
    """Return a day and who acted.

    >>> _when("2026-11-30T20:15:02Z", "ana")
    '2026-11-30 20:15, ana'
    """
    return f"{moment[:10]} {moment[11:16]}, {by}" if by else f"{moment[:10]} {moment[11:16]}"
