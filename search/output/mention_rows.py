"""Mentions as rows for the machine formats, with the columns there are."""

from search.output.formats import Row
from search.output.serialization import to_json
from search.views import MentionView

__all__ = ["MENTION_COLUMNS", "mention_row"]

MENTION_COLUMNS = {
    "article": "article id",
    "date": "publication date, empty when undated",
    "title": "title of the article",
    "kind": "people, organizations, places, systems, amounts or dates",
    "text": "as the article writes it",
    "entity": "id of the entity",
    "name": "canonical name of the entity",
    "currency": "ISO 4217 code of an amount",
    "amount": "its number, the lower one of a range",
    "upper": "the upper number of a range",
    "first_day": "first day of a date, empty when open",
    "last_day": "last day of a date, empty when open",
    "is_about": "yes when the article says about, some or nearly",
    "sentence": "the sentence with the mention",
    "start": "first character in the text of the article, from 0",
    "end": "the character after the last one",
    "locator": "path or URL the article was read from",
    "url": "address of the article, when known",
}


def mention_row(mention: MentionView) -> Row:
    """Return one mention with every column of `MENTION_COLUMNS`."""
    amount, interval = mention.amount, mention.interval
    value = amount or interval
    return {
        "article": mention.article,
        "date": mention.published.value if mention.published else None,
        "title": mention.title,
        "kind": mention.kind.value,
        "text": mention.text,
        "entity": mention.entity,
        "name": mention.name,
        "currency": amount.currency if amount else None,
        "amount": to_json(amount.value) if amount else None,
        "upper": to_json(amount.upper) if amount else None,
        "first_day": to_json(interval.start) if interval else None,
        "last_day": to_json(interval.end) if interval else None,
        "is_about": value.approximate if value else None,
        "sentence": mention.sentence,
        "start": mention.span.start,
        "end": mention.span.end,
        "locator": mention.locator,
        "url": mention.url,
    }
