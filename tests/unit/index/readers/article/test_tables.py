import pytest

from index.readers.article.tables import agency_names, publisher_name, read_table


@pytest.mark.parametrize("name", ["agencies", "calendar", "boilerplate", "header_words"])
def test_table_has_rows_and_no_empty_cells(name: str) -> None:
    rows = read_table(name)
    assert rows
    assert all(value == value.strip() != "" for row in rows for value in row.values())


@pytest.mark.parametrize(("kind", "last"), [("month", 12), ("other month", 12), ("persian month", 12), ("weekday", 7)])
def test_every_month_and_weekday_has_names(kind: str, last: int) -> None:
    assert {int(row["number"]) for row in read_table("calendar") if row["kind"] == kind} == set(range(1, last + 1))


def test_no_month_name_has_two_meanings() -> None:
    names = [
        name
        for row in read_table("calendar")
        if row["kind"] in {"month", "other month", "persian month"}
        for name in row["names"].split("|")
    ]
    assert sorted(names) == sorted(set(names))


def test_agencies_have_one_name_for_all_their_signatures() -> None:
    assert {publisher_name(name) for name in ("Reuter", "Reuters", "REUTERS")} == {"Reuters"}
    assert {publisher_name(publisher_name(name)) == publisher_name(name) for name in agency_names()} == {True}
