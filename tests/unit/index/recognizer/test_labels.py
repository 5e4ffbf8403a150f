import pytest

from index.recognizer.labels import KINDS, LABELS, OUTSIDE, label_index, may_follow


def test_each_kind_has_a_first_and_a_further_label_side_by_side() -> None:
    named = [(LABELS[label_index(kind, is_first=True)], LABELS[label_index(kind, is_first=False)]) for kind in KINDS]
    assert named == [(f"B-{kind}", f"I-{kind}") for kind in KINDS]
    assert LABELS[OUTSIDE] == "O"


@pytest.mark.parametrize(
    ("label", "previous", "allowed"),
    [("I-ORG", "B-ORG", True), ("I-ORG", "I-ORG", True), ("I-ORG", "B-GPE", False), ("I-ORG", "O", False),
     ("B-ORG", "I-GPE", True), ("O", "B-GPE", True)],
)  # fmt: skip
def test_a_name_goes_on_only_after_itself(label: str, previous: str, allowed: bool) -> None:
    assert may_follow(LABELS.index(label), LABELS.index(previous)) is allowed
