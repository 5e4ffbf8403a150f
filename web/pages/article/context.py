"""The context of the page of an article."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from markupsafe import Markup

from web.parts.records import EntityGroup, Frame, Link, Paragraph, ReasonPart, Row

__all__ = ["ArticlePage", "NameCard", "StepBar"]


@dataclass(frozen=True, slots=True)
class StepBar:
    """Place of the reader among the matches or mentions of an article, and the ways on."""

    label: Annotated[str, "What is gone through: the words or a name"]
    position: Annotated[str, 'The place of the present one ("3 of 20"), or how many there are']
    noun: Annotated[str, 'What each place is: "match" or "mention"']
    previous_url: Annotated[str, 'The one before, "" at the first']
    next_url: Annotated[str, 'The one after, "" at the last']
    next_text: Annotated[str, '"First" before the first, else "Next"']
    close_url: Annotated[str, 'The article without the name, "" for words']


@dataclass(frozen=True, slots=True)
class NameCard:
    """A name of the article with its meaning, and where it leads."""

    identifier: Annotated[str, "Id of the card"]
    name: Annotated[str, "Canonical name"]
    css: Annotated[str, "CSS class of its kind"]
    kind: Annotated[str, 'Its kind, and a few words from a pack ("system, air defence, Russia")']
    aliases: Annotated[str, 'Other written forms, the most frequent ones; "" for none']
    count: Annotated[str, "In how many articles of the archive it is named"]
    here: Annotated[str, "How often it is named here"]
    page_url: Annotated[str, "Its page"]
    search_url: Annotated[str, "The articles that name it"]
    only_url: Annotated[str, 'The search that led here, only with it; "" without a search']
    exclude_url: Annotated[str, 'The search that led here, without it; "" without a search']
    why: Annotated[str, 'One sentence: what made this of the name; "" when nothing is known']
    wrong_url: Annotated[str, 'Where to say that it is wrong, "" while editing is switched off']
    place: Annotated[str, "Its first mention"]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article with everything found in it."""

    template: ClassVar[str] = "article.html"

    frame: Annotated[Frame, "The frame of the page"]
    title: Annotated[Markup, "The title, with its entities and the words of the query"]
    is_derived: Annotated[bool, "True when the title was taken from the first sentence"]
    meta: Annotated[tuple[str, ...], "Source, byline, date, length"]
    is_right_to_left: Annotated[bool, "True when its title is written from right to left"]
    language: Annotated[str, 'ISO 639-1 code of the text, "" when unknown']
    paragraphs: Annotated[tuple[Paragraph, ...], "The body, paragraph by paragraph"]
    furniture: Annotated[str, 'How many parts look like page furniture, "" when none does']
    bar: Annotated[StepBar | None, "The way through the matches or the mentions of a chosen name"]
    marking: Annotated[tuple[Link, ...], "Which names are marked, and the other ways"]
    marked: Annotated[str, 'Names that are marked: "all", "matched" or "off"']
    groups: Annotated[tuple[EntityGroup, ...], "Entities and values of the article, by kind"]
    cards: Annotated[tuple[NameCard, ...], "Cards of the names, which their mentions lead to"]
    reasons: Annotated[tuple[ReasonPart, ...], "Reason and meaning of each name and value"]
    similar: Annotated[tuple[Link, ...], "Articles like this one, each with the reasons"]
    provenance: Annotated[tuple[Row, ...], "Source of the text and how it was read"]
    back_url: Annotated[str, 'The results that led here, "" when none did']
    rank: Annotated[str, 'Its place among these results ("2 of 5"), "" when it is the only one or not there']
    before_url: Annotated[str, 'The result before it, "" at the first']
    after_url: Annotated[str, 'The result after it, "" at the last']
    citation: Annotated[tuple[str, ...], "The article as a reference in plain words, part by part"]
    citations: Annotated[tuple[Link, ...], "The same in formats of programs"]
    json_url: Annotated[str, "The same as JSON"]
