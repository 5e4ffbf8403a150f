import pytest

from index.readers.article.tables import agency_names, publisher_name, read_table


@pytest.mark.parametrize("name", ["agencies", "calendar", "boilerplate", "header_words"])
def test_table_has_rows_and_no_empty_cells(name: str) -> None:
    rows = read_table(name)
    assert rows
    assert all(value == value.strip() != "" for row in rows for value in row.values())


def test_every_month_and_weekday_has_names() -> None:
    rows = read_table("calendar")
    assert [(row["kind"], int(row["number"])) for row in rows] == [
        *(("month", number) for number in range(1, 13)),
        *(("weekday", number) for number in range(1, 8)),
    ]


def test_no_month_name_has_two_meanings() -> None:
    names = [name for row in read_table("calendar") if row["kind"] == "month" for name in row["names"].split("|")]
    meanings = {
        (name, row["number"]) for row in read_table("calendar") for name in row["names"].split("|") if name in names
    }
    assert len(meanings) == len({name for name, _ in meanings})


def test_agencies_have_one_name_for_all_their_signatures() -> None:
    assert {publisher_name(name) for name in ("Reuter", "Reuters", "REUTERS")} == {"Reuters"}
    assert {publisher_name(publisher_name(name)) == publisher_name(name) for name in agency_names()} == {True}
