"""The pages of a server with users: log-in, one's own account, and the users for admins; one file a subject."""

from web.pages.users.account import blueprint as account
from web.pages.users.admin import blueprint as admin
from web.pages.users.login import blueprint as login

__all__ = ["BLUEPRINTS"]

BLUEPRINTS = (login, account, admin)
