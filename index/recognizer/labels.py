"""Labels of the recognizer: four kinds of names, each as the first word of a name or a further one."""

from typing import Final

__all__ = ["KINDS", "LABELS", "OUTSIDE", "label_index", "may_follow"]

KINDS: Final = ("PERSON", "ORG", "GPE", "NORP")
OUTSIDE: Final = 0
# "O", then B and I of each kind; the order is part of the trained model.
LABELS: Final = ("O", *(f"{prefix}-{kind}" for kind in KINDS for prefix in "BI"))


def label_index(kind: str, *, is_first: bool) -> int:
    """Return the number of the label of a word in a name of `kind`.

    >>> LABELS[label_index("ORG", is_first=False)]
    'I-ORG'
    """
    return 1 + 2 * KINDS.index(kind) + (0 if is_first else 1)


def may_follow(label: int, previous: int) -> bool:
    """True when `label` may follow `previous`: a further word of a name needs a word of the same name before it.

    >>> may_follow(LABELS.index("I-GPE"), LABELS.index("B-GPE")), may_follow(LABELS.index("I-GPE"), OUTSIDE)
    (True, False)
    """
    is_further = label != OUTSIDE and label % 2 == 0
    return not is_further or previous in (label, label - 1)
