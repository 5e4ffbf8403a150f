"""The commits of the engines in memory, which tests write and read in one process."""

from dataclasses import dataclass, field
from pathlib import Path

from index.engines.base import Capabilities
from index.model import Document

__all__ = ["Commits", "find_commits"]


@dataclass
class Commits:
    """The commits of a folder: the documents of each by generation, and which was published last."""

    commits: dict[str, dict[str, Document]] = field(default_factory=dict)
    published: str = ""
    before: str = ""


_COMMITS: dict[tuple[Capabilities, Path], Commits] = {}


def find_commits(capabilities: Capabilities, folder: Path) -> Commits:
    """Return what the engine with these capabilities committed to a folder; nothing yet for a new one."""
    return _COMMITS.setdefault((capabilities, folder), Commits())
