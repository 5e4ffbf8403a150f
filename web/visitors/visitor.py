"""The visitor of a request: who asks, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from flask import g

from web.visitors.users.records import UserRole

__all__ = ["NOBODY", "Visitor", "Way", "set_visitor", "visitor"]


class Way(StrEnum):
    """Proof of who a visitor is."""

    NONE = "none"
    THIS_MACHINE = "this machine"
    """Only programs of this machine can connect, and the archive has no users."""
    SESSION = "session"
    TOKEN = "token"  # noqa: S105 # the name of a choice


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks. `role` is None for one who may not even read.

    `form_token` is the secret that forms of pages for this visitor send back, masked; "" for one who sends none. `mark`
    tells the pages of one visitor from those of another without telling anything about either.
    """

    way: Way
    role: UserRole | None = None
    name: str = ""
    form_token: str = ""
    mark: str = ""

    def may(self, role: UserRole) -> bool:
        """True when the visitor has the rights of a role."""
        return self.role is not None and self.role.includes(role)


NOBODY = Visitor(Way.NONE)


def set_visitor(found: Visitor) -> None:
    """Say who makes this request."""
    g.visitor = found


def visitor() -> Visitor:
    """Return who makes this request; `NOBODY` before that is known."""
    # Flask keeps values untyped; `set_visitor` puts this one there.
    return cast("Visitor", g.get("visitor", NOBODY))
