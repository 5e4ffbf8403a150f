"""Settings: defaults < `search.toml` < environment < options. Each is documented where it is declared.

In `search.toml`, settings of the catalog and of the engine may stand in tables of their own:

    [catalog]
    url = "postgresql://desk@db.example.org/news"

    [engine]
    name = "whoosh"
"""

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import UsageError

__all__ = [
    "ENVIRONMENT_PREFIX",
    "INDEX_FOLDER",
    "SETTINGS_FILE",
    "Settings",
    "find_index_folder",
    "load_settings",
]

INDEX_FOLDER = ".dossier"
SETTINGS_FILE = "search.toml"
ENVIRONMENT_PREFIX = "SEARCH_CLI_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with its default."""

    index: Path = Path(INDEX_FOLDER)
    """The folder that holds the catalog and the engine's files."""
    engine: str = "whoosh"
    """The engine that answers queries."""
    engine_url: str = ""
    """The address of an engine that is a server (http or https), for engines that are one."""
    engine_options: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Other keys of the table `[engine]`, for engines that have options of their own."""
    catalog_url: str = ""
    """The database of the catalog (postgresql); by default an SQLite file. A password may stand in `PGPASSWORD`."""
    workers: int = 0
    """Processes that read and extract; 0 is one for each core."""
    ray: str = ""
    """The Ray cluster whose machines extract: "auto", "local", HOST:PORT or ray://HOST:PORT; by default none."""
    model: str = "dossier"
    """The statistical recognizer: "dossier" (ours), the name or path of an installed spaCy pipeline, or "none"."""
    meaning: str = "lead"
    """The part of an article that its vector of meaning is made of: "lead" (title and first lines), or "none"."""
    order: str = "meaning"
    """The order of hits by relevance: "meaning" (words and meaning) or "words" (words alone)."""
    device: str = "auto"
    """The processor of our recognizer: "cpu", "cuda", or "auto" for CUDA where ONNX Runtime offers it."""
    packs: tuple[str, ...] = ("core", "defence")
    """Packs of names, by name or path of a folder; later ones win."""
    encoding: str = ""
    """The encoding of files of text, where detection is wrong; by default it is detected."""
    lock_seconds: float = 10.0
    """Seconds to wait for another writer before giving up."""
    follow_links: bool = False
    """True to follow links in a folder that lead out of it."""
    file_seconds: float = 300.0
    """Seconds that a file, or each megabyte of a larger one, may take to read or extract before it is set aside."""
    file_memory: float = 2_000.0
    """Megabytes of memory that a file of up to 50 MB may take before it is set aside; a larger one in proportion."""


def find_index_folder(start: Path) -> Path:
    """The index folder of `start` or of its nearest parent that has one; where none has, the one `start` would get."""
    for folder in (start, *start.parents):
        if (folder / INDEX_FOLDER).is_dir():
            return folder / INDEX_FOLDER
    return start / INDEX_FOLDER


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
    known = {declared.name for declared in fields(Settings)} - {"engine_options"}
    variables = {
        name: environment[ENVIRONMENT_PREFIX + name.upper()]
        for name in known
        if ENVIRONMENT_PREFIX + name.upper() in environment
    }
    settings = _apply(settings, variables, origin="environment")
    given = {name: value for name, value in (options or {}).items() if value is not None}
    return _apply(settings, given, origin="options")


def _apply(settings: Settings, values: Mapping[str, object], *, origin: str) -> Settings:
    known = {declared.name for declared in fields(Settings)} - {"engine_options"}
    changed: dict[str, object] = {}
    options: dict[str, str] = {}
    for name, value in _flattened(values, options, origin=origin):
        if name not in known:
            raise UsageError(f"{origin}: unknown setting {name!r}. Known: {', '.join(sorted(known))}.")
        try:
            changed[name] = _convert(name, value)
        except (TypeError, ValueError) as error:
            # A URL may hold a password.
            shown = "this address" if name in _SCHEMES else repr(value)
            raise UsageError(f"{origin}: {name} cannot be {shown}.{_hint(name)}") from error
    if options:
        changed["engine_options"] = options
    # The values were converted to the declared types just above.
    return replace(settings, **changed)  # type: ignore[arg-type]


_SCHEMES: Mapping[str, tuple[str, ...]] = {
    "catalog_url": ("sqlite", "postgresql"),
    "engine_url": ("http", "https"),
}


def _flattened(values: Mapping[str, object], options: dict[str, str], *, origin: str) -> list[tuple[str, object]]:
    """Return settings by name, those of the tables `[catalog]` and `[engine]` included.

    Keys of `[engine]` that are no setting go to `options`.
    """
    found: list[tuple[str, object]] = []
    for name, value in values.items():
        if name not in ("catalog", "engine") or not isinstance(value, Mapping):
            found.append((name, value))
            continue
        for key, inner in value.items():
            if name == "engine" and key == "name":
                found.append(("engine", inner))
            elif key == "url":
                found.append((f"{name}_url", inner))
            elif name == "engine" and isinstance(inner, str | int | float):
                options[str(key)] = str(inner)
            else:
                raise UsageError(f"{origin}: [{name}] has no setting {key!r} that can be {inner!r}.")
    return found


def _hint(name: str) -> str:
    known = [f"{scheme}://..." for scheme in _SCHEMES.get(name, ())] or _CHOICES.get(name, ())
    return f" Write {' or '.join(known)}." if known else ""


def _address(name: str, value: object) -> str:
    """Return a URL with one of the schemes of a setting and something behind it; "" for none."""
    text = str(value)
    parts = urlsplit(text)
    if text and (parts.scheme.partition("+")[0] not in _SCHEMES[name] or not (parts.netloc or parts.path.strip("/"))):
        raise ValueError(text)
    return text


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
            seconds = float(str(value))
            if not 0 <= seconds < math.inf:
                raise ValueError(seconds)
            return seconds
        case "follow_links":
            return _flag(value)
        case "file_seconds" | "file_memory":
            limit = float(str(value))
            if not 0 < limit < math.inf:
                raise ValueError(limit)
            return limit
        case "meaning" | "order" | "device":
            return _choice(name, value)
        case "catalog_url" | "engine_url":
            return _address(name, value)
        case "packs":
            return tuple(value.split(",")) if isinstance(value, str) else tuple(str(item) for item in _items(value))
        case _:
            return str(value)


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "meaning": ("lead", "none"),
    "order": ("meaning", "words"),
    "device": ("auto", "cpu", "cuda"),
}


def _choice(name: str, value: object) -> str:
    if value not in _CHOICES[name]:
        raise ValueError(value)
    return str(value)


def _flag(value: object) -> bool:
    known = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
    text = str(value).lower()
    if text not in known:
        raise ValueError(value)
    return known[text]


def _items(value: object) -> tuple[object, ...]:
    if isinstance(value, list | tuple):
        return tuple(value)
    raise TypeError(value)
