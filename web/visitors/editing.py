"""Editing of an application: switched off unless the server was started for it, and for visitors who may edit."""

import hashlib
import secrets
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from web.visitors.users.records import UserRole
from web.visitors.visitor import visitor

if TYPE_CHECKING:
    # The side that writes takes half a second to import, which a server that only reads does not pay.
    from index.deciding import Decider

__all__ = ["EDIT_COMMAND", "MAX_FORM", "Editing", "add_editing", "editing", "edits_here"]

EDIT_COMMAND = "search-cli serve --edit"
MAX_FORM = 64 * 1024
"""Bytes that a form may have: a hundred ticked mentions are some ten thousand."""

_EXTENSION = "dossier_editing"
# Decisions wait for one another, each in a thread of the server; the other threads are for readers.
_MOST_AT_ONCE = 3


class Editing:
    """Makes decisions for the pages of one application. Safe to use from many threads.

    Without users, `decided_by` decides, and `token` is the secret that only pages of this server have. `turns` are
    taken while a decision is made; when there is none left, others wait for theirs already.
    """

    def __init__(self, decider: "Decider", *, decided_by: str = "") -> None:
        self.decider = decider
        self.decided_by = decided_by
        self.token = secrets.token_hex(32)
        self.turns = BoundedSemaphore(_MOST_AT_ONCE)

    @property
    def mark(self) -> str:
        """A short text that changes with the token and tells nothing about it."""
        return hashlib.blake2s(self.token.encode(), digest_size=6).hexdigest()


def add_editing(app: Flask, found: Editing | None) -> None:
    """Let people decide on the pages of an application; None switches it off."""
    app.extensions[_EXTENSION] = found


def edits_here() -> Editing | None:
    """Return the editing of this application, whoever asks; None when it is switched off."""
    # Flask keeps extensions as untyped values; `add_editing` puts this one there.
    return cast("Editing | None", current_app.extensions[_EXTENSION])


def editing() -> Editing | None:
    """Return the editing of this application; None when it is switched off or the visitor may not edit."""
    return edits_here() if visitor().may(UserRole.EDITOR) else None
