import pytest

from index.recognizer.training.documents import Document, Name
from index.recognizer.training.evaluation import Score, score

TEXT = "the Quells beat Oslo"


def scores(*found: tuple[int, int, str]) -> dict[str, Score]:
    document = Document("tried", TEXT, (Name(4, 10, "ORG"), Name(16, 20, "GPE")))
    return {each.kind: each for each in score("tried", [document], [set(found)])}


def test_the_same_span_and_kind_count_and_a_leading_article_does_not() -> None:
    counted = scores((0, 10, "ORG"), (16, 20, "PERSON"))
    assert [(kind, each.right, each.found, each.wanted) for kind, each in counted.items()] == [
        ("PERSON", 0, 1, 0), ("ORG", 1, 1, 1), ("GPE", 0, 0, 1), ("NORP", 0, 0, 0)
    ]  # fmt: skip


def test_doubtful_names_are_not_wanted() -> None:
    (counted, *_) = score("tried", [Document("tried", TEXT, (Name(4, 10, None),))], [set()])
    assert counted.wanted == 0


@pytest.mark.parametrize(
    ("right", "found", "wanted", "measures"),
    [(1, 2, 4, (0.5, 0.25, 1 / 3)), (0, 0, 0, (0, 0, 0)), (0, 1, 1, (0, 0, 0))],
)
def test_measures_follow_from_the_counts(
    right: int, found: int, wanted: int, measures: tuple[float, float, float]
) -> None:
    counted = Score("tried", "ORG", right, found, wanted)
    assert (counted.precision, counted.recall, counted.f1) == pytest.approx(measures)
