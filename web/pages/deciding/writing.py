"""Make and undo decisions: the only views that change something."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from flask import Blueprint, jsonify, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from index.errors import DecisionError, IndexLockedError
from index.identity.decisions import Merge, expect_versions
from search.output.wording import typographic
from web.access import renew_view, search_service
from web.addresses.urls import decide_url, decisions_url, entity_url, with_done, without_done
from web.frame.done import decision_numbers
from web.frame.rendering import frame, show
from web.pages.deciding.context import RefusedPage
from web.pages.deciding.parts import WRITTEN_TO, require_editing
from web.pages.deciding.wanted import Action, read_fields
from web.parts.records import Link
from web.visitors.editing import Editing
from web.visitors.visitor import Way, visitor

if TYPE_CHECKING:
    from index.deciding import DecisionReport

__all__ = ["blueprint"]

blueprint = Blueprint("writing", __name__)

_LOG = logging.getLogger(__name__)

_BUSY = "Another decision is being made. Nothing was changed. Try again in a few seconds."


@blueprint.post("/decide")
def make_decision() -> Response:
    """Make the decision of a form if its entities are as its author saw them, and show the entity as it is then."""
    changes, form = require_editing(), request.form
    action = next((action for action in Action if action.value == form.get("action")), None)
    entity = form.get("entity", "")
    asked = read_fields(action, entity, form) if action else None
    if action is None or asked is None or asked.decision is None or not entity:
        raise BadRequest("This form asks for no decision. Load the page again.")
    decision = asked.decision
    again = Link("See the current state", decide_url(entity, action.value, asked.pairs))

    def make() -> "DecisionReport":
        expected = expect_versions(form.getlist("version"))
        return changes.decider.decide(decision, decided_by=visitor().name, expected=expected)

    report = _in_turn(changes, make, again)
    if isinstance(report, Response):
        return report
    numbers = [made.id for made in report.decisions]
    shown = decision.into if isinstance(decision, Merge) else entity
    return _go_on(form.get("back", ""), shown, "done", numbers)


@blueprint.post("/undo")
def undo_decisions() -> Response:
    """Undo decisions that were made together, the last one first, and go back to where that was asked for."""
    changes, form = require_editing(), request.form
    numbers = decision_numbers(form.get("numbers", ""))
    if not numbers:
        raise BadRequest("This form names no decision to undo. Load the page again.")

    def undo() -> "DecisionReport":
        return changes.decider.undo(*reversed(numbers), undone_by=visitor().name)

    report = _in_turn(changes, undo, Link("Decisions", decisions_url()))
    if isinstance(report, Response):
        return report
    shown = report.decisions[0].decision.entity if report.decisions else ""
    return _go_on(form.get("back", ""), shown, "undone", list(numbers))


def _in_turn(changes: Editing, work: "Callable[[], DecisionReport]", again: Link) -> "DecisionReport | Response":
    """Return the report of a decision; the page that says why when it was refused."""
    if not changes.turns.acquire(blocking=False):
        return _refused(_BUSY, again, status=503)
    try:
        report = work()
    except DecisionError as error:
        return _refused(f"{error} Nothing was changed.", again, status=409)
    except IndexLockedError as error:
        _LOG.warning("%s", error)
        return _refused(f"{WRITTEN_TO} Nothing was changed.", again, status=503)
    finally:
        changes.turns.release()
    renew_view()
    return report


def _refused(message: str, again: Link, *, status: int) -> Response:
    if visitor().way is Way.TOKEN:
        answer = jsonify({"ok": False, "error": message, "status": status})
        answer.status_code = status
        return answer
    return show(RefusedPage(frame("This was not done"), typographic(message), again), status=status)


def _go_on(back: str, entity: str, name: str, numbers: Sequence[int]) -> Response:
    """Lead to the page that a form names, or to the entity; one that is gone to the decisions."""
    target = without_done(back) if back else entity_url(entity)
    path = target.partition("?")[0].partition("#")[0]
    if path.startswith(entity_url("")) and path.count("/") == 2:
        current = search_service().catalog.current_id(_id_in(path) if back else entity)
        if current is None and back:
            current = search_service().catalog.current_id(entity)
        target = entity_url(current) if current else decisions_url()
    if visitor().way is Way.TOKEN:
        return jsonify({"ok": True, name: list(numbers), "html_url": target})
    return redirect(with_done(target, name, numbers), code=303)


def _id_in(path: str) -> str:
    return unquote(path.removeprefix(entity_url("")))
