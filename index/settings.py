"""Settings: defaults < `search.toml` < environment < options. Each is documented where it is declared."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from index.catalog.rows import CATALOG_FILE
from index.errors import UsageError

__all__ = [
    "ENGINE_FOLDER",
    "ENVIRONMENT_PREFIX",
    "INDEX_FOLDER",
    "SETTINGS_FILE",
    "Settings",
    "find_index_folder",
    "index_folder_at",
    "load_settings",
]

INDEX_FOLDER = ".dossier"
ENGINE_FOLDER = "engine"
"""Where the engine keeps its files, within the index folder."""
SETTINGS_FILE = "search.toml"
ENVIRONMENT_PREFIX = "SEARCH_CLI_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with its default."""

    index: Path = Path(INDEX_FOLDER)
    """The folder that holds the catalog and the engine's files."""
    engine: str = "whoosh"
    """The engine that answers queries."""
    workers: int = 0
    """Processes that read and extract; 0 is one for each core."""
    model: str = "dossier"
    """The statistical recognizer: "dossier" (ours), the name or path of an installed spaCy pipeline, or "none"."""
    packs: tuple[str, ...] = ("core", "defence")
    """Packs of names, by name or path of a folder; later ones win."""
    lock_seconds: float = 10.0
    """How long to wait for another writer before giving up."""


def find_index_folder(start: Path) -> Path:
    """The index folder of `start` or of its nearest parent that has one; where none has, the one `start` would get."""
    for folder in (start, *start.parents):
        if (folder / INDEX_FOLDER).is_dir():
            return folder / INDEX_FOLDER
    return start / INDEX_FOLDER


def index_folder_at(folder: Path) -> Path:
    """Return the index folder that a user means by `folder`: the index folder itself, or one that holds it or will.

    >>> index_folder_at(Path("news")).as_posix(), index_folder_at(Path("news/.dossier")).as_posix()
    ('news/.dossier', 'news/.dossier')
    """
    is_index = folder.name == INDEX_FOLDER or (folder / CATALOG_FILE).exists()
    return folder if is_index else folder / INDEX_FOLDER


def load_settings(
    *, working_folder: Path, environment: Mapping[str, str] = os.environ, options: Mapping[str, object] | None = None
) -> Settings:
    """Settings for a command run in `working_folder`. Options that are None count as not given.

    Raises `UsageError` naming the file or variable and the setting that is wrong.
    """
    settings = replace(Settings(), index=find_index_folder(working_folder))
    file = working_folder / SETTINGS_FILE
    if file.is_file():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise UsageError(f"{file}: {error}. Fix the file or remove it.") from error
        settings = _apply(settings, values, origin=str(file))
    known = {field.name for field in fields(Settings)}
    variables = {
        name: environment[ENVIRONMENT_PREFIX + name.upper()]
        for name in known
        if ENVIRONMENT_PREFIX + name.upper() in environment
    }
    settings = _apply(settings, variables, origin="environment")
    given = {name: value for name, value in (options or {}).items() if value is not None}
    return _apply(settings, given, origin="options")


def _apply(settings: Settings, values: Mapping[str, object], *, origin: str) -> Settings:
    known = {field.name for field in fields(Settings)}
    changed: dict[str, object] = {}
    for name, value in values.items():
        if name not in known:
            raise UsageError(f"{origin}: unknown setting {name!r}. Known: {', '.join(sorted(known))}.")
        try:
            changed[name] = _convert(name, value)
        except (TypeError, ValueError) as error:
            raise UsageError(f"{origin}: {name} cannot be {value!r}.") from error
    # The values were converted to the declared types just above.
    return replace(settings, **changed)  # type: ignore[arg-type]


def _convert(name: str, value: object) -> object:
    match name:
        case "index":
            return Path(str(value))
        case "workers":
            number = int(str(value))
            if number < 0:
                raise ValueError(number)
            return number
        case "lock_seconds":
            return float(str(value))
        case "packs":
            return tuple(value.split(",")) if isinstance(value, str) else tuple(str(item) for item in _items(value))
        case _:
            return str(value)


def _items(value: object) -> tuple[object, ...]:
    if isinstance(value, list | tuple):
        return tuple(value)
    raise TypeError(value)
