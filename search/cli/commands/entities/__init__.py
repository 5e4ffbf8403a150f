"""`search-cli entities`: entities of an archive, and decisions about them; one file a subject."""

from search.cli.commands.entities.command import entities_command
from search.cli.commands.entities.companions import add_companions
from search.cli.commands.entities.deciding import add_deciding
from search.cli.commands.entities.graph import add_graph
from search.cli.commands.entities.history import add_history
from search.cli.commands.entities.listing import add_listing
from search.cli.commands.entities.suggestions import add_suggestions

__all__ = ["entities_command"]

add_listing(entities_command)
add_companions(entities_command)
add_graph(entities_command)
add_deciding(entities_command)
add_history(entities_command)
add_suggestions(entities_command)
