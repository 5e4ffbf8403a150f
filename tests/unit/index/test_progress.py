import pytest

from index.progress import Progress, ProgressMeter


@pytest.mark.parametrize(
    ("done", "totals"),
    [([100, 240], [240, 240]), ([200, 241, 300], [240, None, None]), ([241, 100], [None, None])],
)
def test_a_total_that_was_passed_is_none(done: list[int], totals: list[int | None]) -> None:
    """Files are counted before they are read, articles after it, and a table has many."""
    shown: list[Progress] = []
    meter = ProgressMeter(shown.append, "reading articles", total=240)
    for number in done:
        meter.update(number, is_last=True)
    assert [progress.total for progress in shown] == totals
