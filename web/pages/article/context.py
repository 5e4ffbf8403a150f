"""The context of the page of an article."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from markupsafe import Markup

from web.parts.records import EntityGroup, Frame, Link, Paragraph, ReasonPart, Row

__all__ = ["ArticlePage"]


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
    matches: Annotated[tuple[Link, ...], "The sentences that hold words of the query"]
    q: Annotated[str, "The words that were searched for"]
    groups: Annotated[tuple[EntityGroup, ...], "Entities and values of the article, by kind"]
    reasons: Annotated[tuple[ReasonPart, ...], "Reason and meaning of each name and value"]
    similar: Annotated[tuple[Link, ...], "Articles like this one, each with the reasons"]
    provenance: Annotated[tuple[Row, ...], "Source of the text and how it was read"]
    back_url: Annotated[str, 'The results that led here, "" when none did']
    rank: Annotated[str, 'Its place among these results ("2 of 5"), "" when it is the only one or not there']
    before_url: Annotated[str, 'The result before it, "" at the first']
    after_url: Annotated[str, 'The result after it, "" at the last']
    json_url: Annotated[str, "The same as JSON"]
