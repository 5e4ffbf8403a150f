import csv
import io
import json

import pytest

from search.output.formats import Format, Row, rows_as_text

ROWS: list[Row] = [
    {"id": "a", "score": 3.25, "names": ["Akar", "Demir"], "title": 'The "[relevant]" | one,\nin two lines'},
    {"id": "b", "score": None, "names": [], "title": "=HYPERLINK(1)\t\x1b[31m"},
]
COLUMNS = ("id", "score", "names", "title")


def _text(form: Format, **options: object) -> str:
    return "".join(rows_as_text(ROWS, output_format=form, columns=COLUMNS, **options))  # type: ignore[arg-type]


def test_json_is_one_array_of_objects_with_values_unchanged() -> None:
    assert json.loads(_text(Format.JSON)) == ROWS


def test_json_lines_is_one_object_a_line() -> None:
    assert [json.loads(line) for line in _text(Format.JSONL).splitlines()] == ROWS


def test_csv_reads_back_with_formulas_disarmed() -> None:
    lines = list(csv.reader(io.StringIO(_text(Format.CSV))))
    assert lines == [
        list(COLUMNS),
        ["a", "3.25", "Akar; Demir", 'The "[relevant]" | one, in two lines'],
        ["b", "", "", "'=HYPERLINK(1) �[31m"],
    ]


@pytest.mark.parametrize("form", [Format.TSV, Format.TABLE, Format.MARKDOWN])
def test_line_formats_have_one_line_a_row_and_keep_brackets(form: Format) -> None:
    text = _text(form, width=200)
    assert "[relevant]" in text
    assert "\x1b" not in text
    assert text.count("\n") == len(ROWS) + (2 if form is Format.MARKDOWN else 1)


def test_markdown_escapes_the_column_sign() -> None:
    assert "\\| one" in _text(Format.MARKDOWN)


def test_table_fits_the_width() -> None:
    assert max(len(line) for line in _text(Format.TABLE, width=60).splitlines()) <= 60


@pytest.mark.parametrize("form", [Format.CSV, Format.TSV, Format.TABLE])
def test_header_can_be_left_out(form: Format) -> None:
    assert not _text(form, has_header=False).startswith("id")


@pytest.mark.parametrize("form", list(Format))
def test_no_rows_are_no_error(form: Format) -> None:
    assert isinstance("".join(rows_as_text([], output_format=form, columns=COLUMNS)), str)


@pytest.mark.parametrize("form", [Format.CSV, Format.TSV, Format.MARKDOWN, Format.TABLE])
@pytest.mark.parametrize(
    ("number", "cell"), [(10000000.5, "10000000.5"), (1234567.89, "1234567.89"), (0.0001, "0.0001"), (3.25, "3.25")]
)
def test_sums_of_money_keep_all_their_digits(form: Format, number: float, cell: str) -> None:
    text = "".join(rows_as_text([{"amount": number}], output_format=form, columns=("amount",), has_header=False))
    assert cell in text.replace("|", " ").split()
