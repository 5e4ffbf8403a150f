"""The context of the page of amounts."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from markupsafe import Markup

from web.parts.records import Bar, EntityItem, Frame, Link, Pager
from web.parts.scope import SearchScope

__all__ = ["AmountLine", "AmountsPage", "CurrencyBars"]


@dataclass(frozen=True, slots=True)
class CurrencyBars:
    """The articles with amounts in one currency, by order of magnitude."""

    text: Annotated[str, "The currency"]
    count: Annotated[str, 'In how many articles it is ("12 articles")']
    url: Annotated[str, "The table of its amounts"]
    is_current: Annotated[bool, "True for the currency of the table"]
    bars: Annotated[tuple[Bar, ...], "One for each power of ten, the same for all currencies"]
    shape: Annotated[str, "All bars as one SVG path, in a box of 1000 by 100"]
    summary: Annotated[str, "The drawing in one sentence"]


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One row of the table."""

    amount: Annotated[str, "The amount in full words"]
    length: Annotated[str, "Its place between the smallest and largest power of ten, in percent"]
    sentence: Annotated[Markup, "The sentence with the amount and the names marked"]
    language: Annotated[str, 'ISO 639-1 code, "" when unknown']
    url: Annotated[str, "The sentence in its article"]
    names: Annotated[tuple[tuple[str, EntityItem], ...], "Class and link of what the sentence names"]
    title: Annotated[str, "Title of the article"]
    source: Annotated[str, 'Who published it, "" when unknown']
    date: Annotated[str, 'When it was published, or "undated"']
    copies: Annotated[str, 'How many other articles have the same sentence, "" for none']


@dataclass(frozen=True, slots=True)
class AmountsPage:
    """The amounts in the articles of a search."""

    template: ClassVar[str] = "amounts.html"

    frame: Annotated[Frame, "The frame of the page"]
    heading: Annotated[str, 'How many amounts ("231 amounts in USD")']
    scope: Annotated[SearchScope, "The articles that it is about"]
    charts: Annotated[tuple[CurrencyBars, ...], "The most frequent currencies by order of magnitude, on one scale"]
    currencies: Annotated[tuple[Link, ...], "Currencies that are not drawn"]
    currency: Annotated[str, "Currency of the table, as shown"]
    kept: Annotated[tuple[tuple[str, str], ...], "Parameters that the form passes on without showing them"]
    minimum: Annotated[str, "Content of the box for the smallest amount"]
    maximum: Annotated[str, "Content of the box for the largest amount"]
    error: Annotated[str, 'What is wrong with the two boxes, else ""']
    by_amount: Annotated[Link, "The table in the other order by amount"]
    amount_sort: Annotated[str, 'The present order by amount: "ascending", "descending" or "none"']
    by_date: Annotated[Link, "The table in the other order by date"]
    date_sort: Annotated[str, 'The present order by date: "ascending", "descending" or "none"']
    shown: Annotated[str, "Which rows are here and in which order"]
    rows: Annotated[tuple[AmountLine, ...], "The amounts of this page"]
    cut: Annotated[str, 'That the table does not have all rows, "" when it does']
    pager: Annotated[Pager, "Links to the other pages"]
    exports: Annotated[tuple[Link, ...], "All amounts as a file"]
