"""The help page: the query language, with examples to click."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint
from werkzeug.wrappers import Response

from index.errors import DossierError
from web.access import search_service
from web.addresses.urls import query_url
from web.frame.rendering import frame, show
from web.pages.examples import archive_examples
from web.parts.records import Frame, Row

__all__ = ["EXAMPLES", "HelpPage", "blueprint"]

blueprint = Blueprint("help", __name__)

EXAMPLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Words",
        (
            ("Patriot withdrawal", "Both words, in all their forms: also “withdraw” and “withdrawn”."),
            ('"air defense"', "These words next to each other, in this order."),
            ('"Turkey Patriot"~10', "These words within ten words of each other, in any order."),
            ("sanctions (Patriot OR S-300)", "The first word and one of the others; parentheses group words."),
            ("S-400 -Patriot", "The first word, without the second; NOT means the same."),
            ("withdraw*", "Words that begin with this."),
            ("Cavusoglu~", "Words with at most one typo; ~2 for two."),
            ("=defence", "Exactly this form: no other endings, and accents matter."),
            ("title:agreement", "In the title."),
            ("missile^2 deal", "The first word counts double for relevance."),
        ),
    ),
    (
        "Names",
        (
            ('person:"Ismail Demir"', "Articles that name this person, in any spelling or by surname alone."),
            ("org:NATO", "Articles that name this organization."),
            ("place:Turkey", "Articles that name this place, in any spelling."),
            ("system:S-400", "Articles that name this system: S400, S-400 “Triumph”, S-400s."),
        ),
    ),
    (
        "Amounts and dates",
        (
            ("amount:>1bn", "An amount of more than a billion, in any currency."),
            ("amount:1bn..3bn USD", "An amount in this range, in US dollars. Currencies are never converted."),
            ("date:2019", "The text mentions 2019 or a day in it."),
            ("date:2017-12..2019-02", "The text mentions a time in this range."),
            ("published:>=2021", "Published in 2021 or later."),
            ("undated:yes", "Articles without a publication date."),
        ),
    ),
    (
        "Sources",
        (
            ("source:reuters", "Published by this source."),
            ("lang:en", "Written in this language."),
        ),
    ),
)
"""Headings, and under each queries that show a part of the query language: for when there is no archive yet."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The help page: the query language with examples to click."""

    template: ClassVar[str] = "help.html"

    frame: Annotated[Frame, "The frame of the page"]
    sections: Annotated[tuple[tuple[str, tuple[Row, ...]], ...], "Headings, and their examples with what they find"]


@blueprint.get("/help")
def show_help() -> Response:
    """Show the query language in examples."""
    return show(
        HelpPage(
            frame("How to search", current="/help", styles=("prose.css",), scripts=("settings.js",)),
            tuple(
                (heading, tuple(Row(q, meaning, query_url(q)) for q, meaning in examples))
                for heading, examples in _examples()
            ),
        )
    )


def _examples() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    try:
        return archive_examples(search_service()) or EXAMPLES
    except DossierError:
        return EXAMPLES
