"""Problems of a message that was read: the parts of it that were lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.model import Failure

__all__ = ["Problem", "problem_failures"]

_MOST_OF_A_MESSAGE = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One part that was not read, or not well. `part` is its number, "" for the body of the message itself."""

    part: str
    name: str
    reason: str
    message: str
    hint: str = ""


def problem_failures(problems: Sequence[Problem], *, locator: str, row: int = 0) -> Iterator[Failure]:
    """Yield one failure for each part with problems, and one for the rest when they are many.

    None has the locator of its file or message, because the rest of that was read.

    >>> [each.locator for each in problem_failures([Problem("2", "a.pdf", "damaged", "no pages")], locator="a.eml")]
    ['a.eml#part 2']
    """
    start = f"{locator}#{row} " if row else f"{locator}#"
    parts = list(dict.fromkeys(problem.part for problem in problems))
    for part in parts[:_MOST_OF_A_MESSAGE]:
        of_part = [problem for problem in problems if problem.part == part]
        messages = dict.fromkeys(f"{each.name}: {each.message}" if each.name else each.message for each in of_part)
        hint = next((each.hint for each in of_part if each.hint), "")
        yield Failure(f"{start}part {part}" if part else f"{start}body", of_part[0].reason, "; ".join(messages), hint)
    if len(parts) > _MOST_OF_A_MESSAGE:
        rest = len(parts) - _MOST_OF_A_MESSAGE
        yield Failure(f"{start}other parts", "damaged", f"{rest:,} more parts were not read, or not well")
