"""The pages on which people decide who is who; one file a subject."""

from web.pages.deciding.asking import blueprint as asking
from web.pages.deciding.history import blueprint as history
from web.pages.deciding.mention import blueprint as mention
from web.pages.deciding.writing import blueprint as writing

__all__ = ["BLUEPRINTS"]

BLUEPRINTS = (asking, writing, history, mention)
