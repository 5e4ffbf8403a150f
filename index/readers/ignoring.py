"""Match files against patterns to leave out, as in `.gitignore`.

Supported: `*`, `?`, `[a-z]`, `**`, a leading or inner `/` that ties a pattern to the folder of its file, a final `/`
for folders only, `!` to take something back, `#` for comments, a backslash before any of these. As in Git, a file in an
ignored folder cannot be taken back. (Not the pathspec library: this is all that is needed, and it is small.)
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["IGNORE_FILE", "IgnoreRule", "fingerprint_rules", "is_ignored", "is_ignored_within", "parse_rules"]

IGNORE_FILE = ".searchignore"
_LONGEST_PATTERN = 1000
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class IgnoreRule:
    """One line of an ignore file. `folder` is the folder of that file, "" or ending in "/", as in the tested paths."""

    folder: str
    pattern: re.Pattern[str]
    takes_back: bool
    folders_only: bool


def parse_rules(text: str, *, folder: str) -> tuple[IgnoreRule, ...]:
    """Parse the rules of an ignore file in `folder`, in order. Lines that are not valid patterns are skipped."""
    return tuple(rule for line in text.splitlines() if (rule := _parse(line, folder=folder)) is not None)


def is_ignored_within(path: str, rules: Sequence[IgnoreRule], *, top: str) -> bool:
    r"""True when a file, or a folder above it and below `top`, is ignored.

    >>> is_ignored_within("a.zip/drafts/b.txt", parse_rules("drafts/", folder=""), top="a.zip")
    True
    """
    folders = path[len(top) + 1 :].split("/")[:-1]
    above = top
    for folder in folders:
        above = f"{above}/{folder}"
        if is_ignored(above, rules, is_folder=True):
            return True
    return is_ignored(path, rules, is_folder=False)


def fingerprint_rules(rules: Sequence[IgnoreRule]) -> str:
    """Return a hash of rules, "" for none."""
    if not rules:
        return ""
    text = repr([(rule.folder, rule.pattern.pattern, rule.takes_back, rule.folders_only) for rule in rules])
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def is_ignored(path: str, rules: Sequence[IgnoreRule], *, is_folder: bool) -> bool:
    r"""True when the last rule that matches `path` (POSIX slashes) says so.

    >>> is_ignored("a/notes.txt", parse_rules("*.txt\n!notes.txt", folder=""), is_folder=False)
    False
    """
    for rule in reversed(rules):
        is_meant = (is_folder or not rule.folders_only) and path.startswith(rule.folder)
        if is_meant and rule.pattern.fullmatch(path[len(rule.folder) :]):
            return not rule.takes_back
    return False


def _parse(line: str, *, folder: str) -> IgnoreRule | None:
    pattern = re.sub(r"(?<!\\)\s+$", "", line)
    if not pattern or pattern.startswith("#") or len(pattern) > _LONGEST_PATTERN:
        return None
    takes_back = pattern.startswith("!")
    pattern = pattern.removeprefix("!")
    folders_only = pattern.endswith("/")
    pattern = pattern.rstrip("/")
    if not pattern:
        return None
    is_tied = "/" in pattern
    expression = _translate(pattern.lstrip("/"))
    try:
        compiled = re.compile(expression if is_tied else f"(?:.*/)?{expression}", re.DOTALL)
    except re.error:  # "[z-a]"
        return None
    return IgnoreRule(folder, compiled, takes_back, folders_only)


def _translate(pattern: str) -> str:
    """Return the pattern as a regular expression."""
    return "".join(_pieces(pattern))


def _pieces(pattern: str) -> Iterable[str]:
    position = 0
    while position < len(pattern):
        rest = pattern[position:]
        if rest.startswith("**/") and (position == 0 or pattern[position - 1] == "/"):
            yield "(?:.*/)?"
            position += 3
        elif rest == "**" and position > 0 and pattern[position - 1] == "/":
            yield ".*"
            position += 2
        elif rest[0] == "*":
            yield "[^/]*"
            position += len(rest) - len(rest.lstrip("*"))
        elif rest[0] == "?":
            yield "[^/]"
            position += 1
        elif bracket := re.match(r"\[([!^]?)(\]?[^\]]*)\]", rest):
            negation = "^/" if bracket[1] else ""
            content = re.sub(r"([\\\[&~|])", r"\\\1", bracket[2])
            yield f"(?!/)[{negation}{content.replace(']', chr(92) + ']')}]"
            position += bracket.end()
        elif rest[0] == "\\" and len(rest) > 1:
            yield re.escape(rest[1])
            position += 2
        else:
            yield re.escape(rest[0])
            position += 1
