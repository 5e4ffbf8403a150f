"""The forms that decide about an entity, each with a preview of what changes."""

from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from index.errors import DossierError, EntityNotFoundError, IndexLockedError
from search.output.wording import typographic
from web.access import search_service
from web.addresses.urls import decide_url
from web.frame.rendering import show
from web.middleware.security import is_foreign
from web.pages.deciding.builder import decide_page
from web.pages.deciding.parts import WRITTEN_TO, require_editing
from web.pages.deciding.wanted import Action, read_fields

__all__ = ["blueprint"]

blueprint = Blueprint("asking", __name__)


@blueprint.get("/entity/<entity_id>/<name>")
def show_form(entity_id: str, name: str) -> Response:
    """Show the form of an action about an entity; with its fields filled in, also what would change.

    The preview makes the decision and takes it back, which keeps other writers waiting: no other site can ask for it.
    """
    action = next((action for action in Action if action.value == name), None)
    if action is None:
        raise NotFound(f"There is nothing to decide called “{name[:100]}”.")
    changes = require_editing()
    service = search_service()
    current = service.catalog.current_id(entity_id)
    if current is None:
        raise EntityNotFoundError(f"There is no entity {entity_id[:200]!r}.")
    asked = read_fields(action, current, request.args)
    if current != entity_id:
        return redirect(decide_url(current, name, asked.pairs))
    preview, error = None, ""
    if asked.decision is not None and not is_foreign(request.headers):
        try:
            preview = changes.decider.preview(asked.decision)
        except DossierError as refusal:
            # It would be refused, or another process is writing: the form stays, with the reason.
            error = WRITTEN_TO if isinstance(refusal, IndexLockedError) else typographic(str(refusal))
    return show(decide_page(action, service.catalog.entity(current), asked, preview, error, service, request.args))
