"""Read front matter: the fields at the top of a Markdown file, in YAML (`---`), TOML (`+++`) or JSON (`{`).

All values are text, lists and mappings of text. One bad value costs that value and no other. Nothing is built but such
values, whatever tags a document has, and neither depth nor references can make the reading of a short text long.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import yaml

__all__ = ["FrontMatter", "has_front_matter", "split_front_matter"]

_LONGEST = 100_000
_DEEPEST = 30
_LOOKS_LIKE_FRONT_MATTER = re.compile(
    r"\s*(?:---(?:ya?ml)?[ \t]*\r?\n(?:[ \t]*#.*\n)*\s*[\"']?[\w-]+(?: [\w-]+)*[\"']?[ \t]*:(?:\s|\Z)"
    r"|\+\+\+(?:toml)?[ \t]*\r?\n(?:[ \t]*#.*\n)*\s*(?:\[|[\"']?[\w.-]+[\"']?[ \t]*=))"
)
_LOOKS_LIKE_JSON = re.compile(r"\s*\{\s*\"[^\"\n]{1,80}\"\s*:")
_OPENING = re.compile(r"\s*(---|\+\+\+)")
_CLOSING = {"---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M), "+++": re.compile(r"^\+\+\+[ \t]*$", re.M)}
# A line that begins a field; lines that do not, go on with the one before.
_YAML_FIELD = re.compile(r"[\"']?([\w][\w .-]*)[\"']?[ \t]*:(?:[ \t]+(.*))?$")
_TOML_FIELD = re.compile(r"[\"']?([\w][\w.-]*)[\"']?[ \t]*=[ \t]*(.*)$")
_NESTED_IN_LINE = re.compile(r"(?:[-?:][ \t]+){30}")
# Keys that are lists or mappings: nobody's front matter has them, and the parser takes long over many.
_KEY_OF_SEVERAL_LINES = re.compile(r"^[ \t]*(?:-[ \t]+)*\?[ \t]", re.M)
_NO_VALUE = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields by name, what follows them, and what was wrong with them, in words."""

    fields: Mapping[str, object]
    rest: str
    problems: tuple[str, ...] = ()


def has_front_matter(text: str) -> bool:
    r"""True when a text begins with front matter between marks.

    >>> has_front_matter("---\ntitle: Ferries\n---\nText"), has_front_matter("---\n\nText after a rule")
    (True, False)
    """
    return _LOOKS_LIKE_FRONT_MATTER.match(text) is not None


def split_front_matter(text: str) -> FrontMatter:
    r"""Split a text into its fields and the rest.

    Front matter that is not closed ends before the first blank line.

    >>> split_front_matter("---\ntitle: Harbour: a report\n---\nThe harbour is full.").fields
    {'title': 'Harbour: a report'}
    """
    if _LOOKS_LIKE_JSON.match(text):
        return _split_json(text)
    if not has_front_matter(text):
        return FrontMatter({}, text)
    opening = _OPENING.match(text)
    assert opening is not None, "it looks like front matter"
    start = text.index("\n", opening.end()) + 1
    closing = _CLOSING[opening[1]].search(text, start)
    if closing is not None:
        block, rest, problems = text[start : closing.start()], text[closing.end() :], []
    else:
        block, _, rest = text[start:].partition("\n\n")
        problems = ["it is not closed; it was read up to the first blank line"]
        if not rest.strip():
            return FrontMatter({}, text)
    if len(block) > _LONGEST:
        return FrontMatter({}, rest, (f"it is longer than {_LONGEST:,} characters, and was not read",))
    read = _read_yaml if opening[1] == "---" else _read_toml
    fields: dict[str, object] = {}
    problems += read(block, fields)
    return FrontMatter(fields, rest.removeprefix("\n"), tuple(problems))


def _split_json(text: str) -> FrontMatter:
    """Read JSON at the top; a text that only looks like it is left as it is."""
    start = len(text) - len(text.lstrip())
    try:
        if _is_deep(text[start : start + _LONGEST]):
            return FrontMatter({}, text, ("it is nested too deeply, and was not read",))
        value, end = json.JSONDecoder(strict=False).raw_decode(text[: start + _LONGEST], start)
    except (ValueError, RecursionError):
        return FrontMatter({}, text)
    fields = cast("dict[str, object]", value)
    return FrontMatter(fields, text[end:].lstrip("\n")) if text[end:].strip() else FrontMatter({}, text)


def _read_yaml(block: str, fields: dict[str, object]) -> list[str]:
    """Put the fields of a YAML block into `fields`; returns problems."""
    try:
        whole = _load_yaml(block)
    except (yaml.YAMLError, ValueError):
        return list(_read_by_fields(block, fields, field=_YAML_FIELD, is_toml=False))
    if isinstance(whole, Mapping):
        fields.update({str(key): value for key, value in cast("Mapping[object, object]", whole).items()})
    return []


def _read_toml(block: str, fields: dict[str, object]) -> list[str]:
    """Put the fields of a TOML block into `fields`; returns problems."""
    try:
        _check_depth(block)
        fields.update(tomllib.loads(block))
    except ValueError:
        return list(_read_by_fields(block, fields, field=_TOML_FIELD, is_toml=True))
    return []


def _read_by_fields(block: str, fields: dict[str, object], *, field: re.Pattern[str], is_toml: bool) -> Iterator[str]:
    """Read each field by itself; one on a single line that cannot be read is taken as it stands."""
    for lines in _fields_of(block, field, is_toml=is_toml):
        match = field.match(lines[0])
        if match is None:
            if lines[0].strip() and not lines[0].lstrip().startswith("#"):
                yield f"not a field: {_shown(lines[0])}"
            continue
        text = "\n".join(lines)
        try:
            if is_toml:
                _check_depth(text)
                fields.update(tomllib.loads(text))
            else:
                fields.update(cast("Mapping[str, object]", _load_yaml(text)))
        except (yaml.YAMLError, ValueError) as error:
            raw = (match[2] or "").strip()
            is_plain = raw[:1] not in "[{&*|>"
            if is_plain and raw:
                fields[match[1]] = raw.strip("\"'")
                yield f"{match[1]} is not valid, and was read as it stands: {_shown(raw)}"
            else:
                yield f"{match[1]} cannot be read, and was left out: {_reason(error)}"


def _fields_of(block: str, field: re.Pattern[str], *, is_toml: bool) -> Iterator[list[str]]:
    """Yield the lines of each field; the tables of TOML have fields that are not ours, and are left out."""
    lines: list[str] = []
    for line in block.split("\n"):
        if is_toml and line.startswith("["):
            break
        if field.match(line) and lines:
            yield lines
            lines = []
        lines.append(line)
    if any(line.strip() for line in lines):
        yield [line for number, line in enumerate(lines) if number == 0 or line.strip()]


def _load_yaml(text: str) -> object:
    """Return a YAML document with all its scalars as text."""
    _check_depth(text)
    if _NESTED_IN_LINE.search(text) or _KEY_OF_SEVERAL_LINES.search(text):
        raise ValueError("nested too deeply")
    if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=_LOADER)):
        raise ValueError("references are not allowed")
    return _without_null(yaml.load(text, Loader=_LOADER))  # noqa: S506 - this loader makes text, lists and mappings only


# The one in C is not there in every build of the library.
_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _without_null(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_null(inner) for key, inner in value.items()}
    return None if isinstance(value, str) and value in _NO_VALUE else value


def _check_depth(text: str) -> None:
    if _is_deep(text):
        raise ValueError("nested too deeply")


def _is_deep(text: str) -> bool:
    """True for more brackets inside each other than front matter has, strings included."""
    depth = 0
    for bracket in re.findall(r"[\[{}\]]", text):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def _reason(error: Exception) -> str:
    return _shown(str(getattr(error, "problem", None) or error))


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
