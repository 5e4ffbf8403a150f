"""Tables have a row for each system and a dash where nothing was measured."""

from tests.evaluation.tables.document import fill
from tests.evaluation.tables.rows import Row, as_markdown


def test_names_have_a_table_for_each_set_with_a_column_for_each_kind() -> None:
    rows = [
        Row("names", "news", "people", "rules only", "strict", 80.04),
        Row("names", "news", "people", "rules only", "overlap", 91.0),
        Row("names", "news", "places", "other", "strict", 70.0),
    ]
    assert list(as_markdown(rows)) == [
        "**names on news: strict / overlap**",
        "",
        "| | people | places |",
        "|---|---|---|",
        "| rules only | 80.0 / 91.0 | – |",
        "| other | – | 70.0 |",
        "",
    ]


def test_other_subjects_have_one_table_with_a_column_for_each_set() -> None:
    rows = [Row("dates", name, "dates", "ours", "strict", value) for name, value in (("one", 81.0), ("two", 82.0))]
    assert list(as_markdown(rows))[2:5] == ["| | one | two |", "|---|---|---|", "| ours | 81.0 | 82.0 |"]


def test_figure_is_written_with_two_digits() -> None:
    row = Row("dates", "news", "dates", "ours", "strict", 81.2345)
    assert row.to_dict() == {
        "subject": "dates",
        "data": "news",
        "kind": "dates",
        "system": "ours",
        "measure": "strict",
        "value": 81.23,
    }


def test_page_without_marks_and_marks_without_figures_stay_as_they_are() -> None:
    page = "<!-- names -->old<!-- /names --> <!-- dates -->"
    assert fill(page, [Row("dates", "news", "dates", "ours", "strict", 81.0)]) == page
