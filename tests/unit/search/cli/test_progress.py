"""Progress in lines, where standard error is no terminal."""

import pytest

from index.progress import Progress, Stage
from search.cli.progress import show_progress


@pytest.mark.parametrize(
    ("others", "said"),
    [(0, "0 failed\n"), (1, "0 failed · 1 other worker\n"), (3, "0 failed · 3 other workers\n")],
)
def test_progress_says_how_many_others_work(capsys: pytest.CaptureFixture[str], others: int, said: str) -> None:
    with show_progress(is_quiet=False) as report:
        assert report is not None
        report(Progress(Stage.ARTICLES, 50, 100, others=others))
    assert capsys.readouterr().err.endswith(said)
