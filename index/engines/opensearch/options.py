"""Options of the engine: the addresses of the server, the name of the index, and how to sign in.

Secrets come from the environment or from files, never from the command line, where others could read them.
"""

import hashlib
import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from index.engines.base import EngineLocation
from index.errors import UsageError

__all__ = ["ServerOptions", "read_options"]

PASSWORD_VARIABLE = "OPENSEARCH_PASSWORD"  # noqa: S105 - the name of a variable, not a password
TOKEN_VARIABLE = "OPENSEARCH_TOKEN"  # noqa: S105 - the name of a variable, not a token

_KNOWN = frozenset(
    {"index", "shards", "replicas", "user", "password_file", "token_file", "ca_file", "timeout", "patience"}
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """The options, checked. Times in seconds."""

    urls: tuple[str, ...]
    name: str
    """The name of the index: an alias of the index that was published last, and the beginning of its name."""
    shards: int = 1
    replicas: int | None = None
    """Copies of each shard; None is one where there are two nodes or more."""
    user: str = ""
    password: str = ""
    token: str = ""
    ca_file: str = ""
    timeout: float = 30.0
    """Seconds that one request may take."""
    patience: float = 20.0
    """Seconds for which requests are repeated that a busy or changing cluster refuses."""

    @property
    def where(self) -> str:
        """The addresses as messages show them."""
        return ", ".join(self.urls)

    def __repr__(self) -> str:
        return f"ServerOptions({self.where}, {self.name})"


def read_options(location: EngineLocation, environment: Mapping[str, str] = os.environ) -> ServerOptions:
    """Return the options of a location. Raises `UsageError` naming the key of `[engine]` that is wrong."""
    options = location.options
    if unknown := sorted(set(options) - _KNOWN):
        raise UsageError(f"[engine] has no setting {unknown[0]!r} for opensearch. Known: {', '.join(sorted(_KNOWN))}.")
    urls = tuple(_address(text) for text in location.url.split(",") if text.strip())
    if not urls:
        raise UsageError('The engine opensearch needs the address of a server: url = "http://..." in [engine].')
    user = options.get("user", "")
    password = _secret(options, "password_file", environment.get(PASSWORD_VARIABLE, ""))
    token = _secret(options, "token_file", environment.get(TOKEN_VARIABLE, ""))
    _require_one_way(options, user=user, password=password, token=token)
    if "ca_file" in options and not any(url.startswith("https:") for url in urls):
        raise UsageError(
            "ca_file in [engine] is for https, and url has no such address. Write https://..., or remove it."
        )
    return ServerOptions(
        urls=urls,
        name=_name(location),
        shards=_number(options, "shards", 1, least=1),
        replicas=_number(options, "replicas", 0) if "replicas" in options else None,
        user=user,
        password=password,
        token=token,
        ca_file=_authority(options),
        timeout=_seconds(options, "timeout", 30.0),
        patience=_seconds(options, "patience", 20.0),
    )


def _require_one_way(options: Mapping[str, str], *, user: str, password: str, token: str) -> None:
    """Raise `UsageError` unless there is a user with a password, a token, or nothing to sign in with.

    Half of it would be left out without a word, until the server says that it knows nobody.
    """
    password_place = "password_file in [engine]" if "password_file" in options else f"the variable {PASSWORD_VARIABLE}"
    token_place = "token_file in [engine]" if "token_file" in options else f"the variable {TOKEN_VARIABLE}"
    if token and (user or password):
        other = "user in [engine]" if user else password_place
        raise UsageError(f"There are a token ({token_place}) and {other}: one way to sign in is enough. Remove one.")
    if password and not user:
        raise UsageError(
            f"There is a password ({password_place}) and no user. Write user = NAME in [engine], or remove the "
            "password."
        )
    if user and not password:
        raise UsageError(
            f"user in [engine] is {user!r}, and there is no password. Put it in the variable {PASSWORD_VARIABLE}, or "
            "in a file that password_file names."
        )


def _address(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("An address of url in [engine] is none. Write http://HOST:PORT or https://HOST:PORT.")
    if parts.username or parts.password:
        raise UsageError(
            f"The address in [engine] must not hold a name or password. Write user = NAME there, and put the password "
            f"in the variable {PASSWORD_VARIABLE} or in a file that password_file names."
        )
    return text.strip().rstrip("/")


def _name(location: EngineLocation) -> str:
    """Return the name of the index: as the options say, else one that no other folder has."""
    name = location.options.get("index", "")
    if name:
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"index in [engine] cannot be {name!r}. Write a small letter or digit, then small letters, digits, "
                "dots, _ and -, at most 100 in all."
            )
        return name
    folder = str(location.local_folder().absolute())
    return f"dossier-{hashlib.sha256(folder.encode('utf-8', 'surrogateescape')).hexdigest()[:10]}"


def _number(options: Mapping[str, str], key: str, default: int, *, least: int = 0) -> int:
    text = options.get(key, str(default))
    if not text.isdecimal() or int(text) < least:
        raise UsageError(f"{key} in [engine] cannot be {text!r}. Write a number from {least}.")
    return int(text)


def _seconds(options: Mapping[str, str], key: str, default: float) -> float:
    text = options.get(key, str(default))
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 86_400:
        raise UsageError(f"{key} in [engine] cannot be {text!r}. Write a number of seconds above 0.")
    return value


def _secret(options: Mapping[str, str], key: str, default: str) -> str:
    """Return the first line of the file that an option names, else the default."""
    if key not in options:
        return default
    try:
        line = Path(options[key]).read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{key} in [engine] cannot be read: {error}.") from error
    if not line:
        raise UsageError(f"{key} in [engine] names a file whose first line is empty: {options[key]}.")
    return line


def _authority(options: Mapping[str, str]) -> str:
    """Return the file of the authority, "" for those that the system trusts.

    It is read here, as the client says of a file that is missing only that no server can be reached.
    """
    path = options.get("ca_file", "")
    try:
        if path:
            ssl.create_default_context(cafile=path)
    except OSError as error:
        raise UsageError(
            f"ca_file in [engine] cannot be read: {path}: {error.strerror or error}. Name a file with the certificate "
            "of the authority in PEM."
        ) from error
    return path
