"""`search-cli entities`: entities of an archive, and decisions about them; one file a subject."""

from search.cli.commands.entities.command import entities_command

__all__ = ["entities_command"]
