"""What was lost of a message although the rest of it was read."""

from dataclasses import dataclass

from index.model import Failure

__all__ = ["Problem", "problem_failure"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One part that was not read, or not well: its number and name, a reason code, and what to do about it."""

    part: str
    name: str
    reason: str
    message: str
    hint: str = ""


def problem_failure(problem: Problem, *, locator: str, row: int) -> Failure:
    """Return a problem as a failure of a part, which never has the locator of its file or message.

    >>> problem_failure(Problem("2", "a.pdf", "damaged", "no pages"), locator="box.mbox", row=3).locator
    'box.mbox#3 part 2'
    """
    place = f"{locator}#{row} part {problem.part}" if row else f"{locator}#part {problem.part}"
    name = f"{problem.name}: " if problem.name else ""
    return Failure(place, problem.reason, f"{name}{problem.message}", problem.hint)
