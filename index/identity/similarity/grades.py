"""Results of the comparison of two names."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["DIFFERENT", "Grade", "Likeness"]


class Grade(StrEnum):
    """Certainty that two names are the same: safe to link, worth asking a person, or neither."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Likeness:
    """The outcome for a pair of names.

    `rule` is a short stable code, `evidence` says it in words, `score` is 0 to 99.
    """

    grade: Grade
    rule: str
    evidence: str
    score: int


DIFFERENT = Likeness(Grade.DIFFERENT, "", "", 0)
"""Two names that nothing speaks for being one."""
