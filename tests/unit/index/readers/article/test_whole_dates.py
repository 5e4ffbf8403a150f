import pytest

from index.readers.article.whole_dates import NumberOrder, find_days, find_whole_date, number_order


def days(text: str, *, order: NumberOrder | None = None, language: str | None = None) -> list[str | None]:
    return [found.published.value for found in find_days(text, order=order, language=language)]


@pytest.mark.parametrize(
    "text",
    [
        "5 March 2020",
        "Thursday, March 5th, 2020",
        "Posted by Jane on 5 March 2020 in News",
        "jeudi 5 mars 2020",
        "5 de marzo del 2020",
        "5 de març de 2020",
        "Donnerstag, 5. März 2020",
        "5.März 2020",
        "5. března 2020",
        "5. ožujka 2020.",
        "5. maaliskuuta 2020",
        "2020. március 5.",
        "2020 m. kovo 5 d.",
        "2020. gada 5. marts",
        "5 Μαρτίου 2020",
        "5 марта 2020 г.",
        "5 березня 2020",
        "5 мартa 2020".replace("мартa", "март"),
        "2020 жылғы 5 наурыз",
        "5 mart 2020",
        "5 Maret 2020",
        "5 tháng 3, 2020",
        "ngày 5 tháng 3 năm 2020",
        "Marso 5, 2020",
        "الخميس، 05 مارس 2020 - 12:09 م",
        "5 آذار / مارس 2020",
        "٥ مارس ٢٠٢٠",
        "15 اسفند 1398",
        "۱۵ اسفند ۱۳۹۸",
        "5 במרץ 2020",
        "5 मार्च 2020",
        "৫ মার্চ ২০২০",
        "5 மார்ச் 2020",
        "5 มีนาคม 2563",
        "5 มี.ค. 2563",
        "2020年3月5日",
        "发布时间2020年3月5日10:00",
        "2020년 3월 5일",
        "2020/03/05 10:00",
        "2020.03.05.",
        "5. 3. 2020",
        "Published:5 March 2020",
    ],
)
def test_day_is_found_in_the_languages_of_the_press(text: str) -> None:
    assert days(text) == ["2020-03-05"]


@pytest.mark.parametrize(
    "text", ["5 March", "March 2020", "05/04/2020", "5 apples 2020", "31 June 2020", "12.345.2020", "v2020-03-05-17/2"]
)
def test_what_is_no_whole_day_is_not_found(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("order", "value"), [(NumberOrder.DAY_FIRST, "2020-04-05"), (NumberOrder.MONTH_FIRST, "2020-05-04")]
)
@pytest.mark.parametrize("text", ["05/04/2020", "05-04-2020", "5 / 4 / 2020"])
def test_numbers_are_read_in_the_order_that_is_known(text: str, order: NumberOrder, value: str) -> None:
    assert days(text, order=order) == [value]


@pytest.mark.parametrize("order", list(NumberOrder))
def test_number_above_twelve_is_the_day_whatever_the_order(order: NumberOrder) -> None:
    assert days("25/04/2020 and 04/26/2020", order=order) == ["2020-04-25", "2020-04-26"]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["05/04/2020", "25/04/2020"], NumberOrder.DAY_FIRST),
        (["04/25/2020"], NumberOrder.MONTH_FIRST),
        (["05/04/2020"], None),
        (["25/04/2020", "04/25/2020"], None),
    ],
)
def test_order_is_that_of_the_other_dates(texts: list[str], order: NumberOrder | None) -> None:
    assert number_order(iter(texts)) is order


@pytest.mark.parametrize(("language", "value"), [("hr", "2020-10-05"), ("pl", "2020-11-05"), (None, "2020-11-05")])
def test_language_decides_between_months_of_one_name(language: str | None, value: str) -> None:
    assert days("5. listopada 2020", language=language) == [value]


def test_numbers_of_the_persian_calendar_need_the_language() -> None:
    assert days("1398/12/15", language="fa") == ["2020-03-05"]
    assert days("1398/12/15") == []


def test_text_on_both_sides_of_a_day_is_given() -> None:
    [found] = find_days("Updated 5 March 2020, London")
    assert (found.before, found.written, found.after) == ("Updated ", "5 March 2020", ", London")


def test_date_at_the_beginning_ends_with_its_time_of_day() -> None:
    found = find_whole_date("5 марта 2020 г., 10:30, Москва")
    assert found is not None
    assert found.published.value == "2020-03-05"
