"""Invented articles with everything that is hard to show on a page, the same ones every time.

Long names and unbreakable words, titles and texts from right to left, sixty years, three hundred people, a word in 45
articles, an organization in more than a thousand, three currencies, people who stand only below a photograph, articles
without a date, copies, and a title that looks like markup.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.awkward.names import EVERYWHERE, LONG_NAME, LONG_SYSTEM, ONE_WORD, PEOPLE, PLACES, SYSTEMS

__all__ = ["CAPTION_PEOPLE", "HITS", "MARKUP_TITLE", "RARE_WORD", "STORY_PEOPLE", "write_articles"]

RARE_WORD = "kelpmoth"
"""A word in `HITS` articles: three pages of results."""

HITS = 45

MARKUP_TITLE = "<b>Ledger</b> & \"Quill\" <script>alert('title')</script>"
"""A title that a page must show as it is."""

# Alphabetically the people of the caption come before those of the story.
_BY_NAME = sorted(PEOPLE[10:40])
CAPTION_PEOPLE = tuple(_BY_NAME[:2])
"""Two people who stand below the photograph of an article about `STORY_PEOPLE`."""

STORY_PEOPLE = tuple(_BY_NAME[-2:])
"""The people of that story, each named several times."""

_COMMON = 1000
_FIRST_DAY, _DAYS = date(1962, 1, 3), 60 * 365
_CURRENCIES = ("$", "€", "£")
_RIGHT_TO_LEFT = (
    "اجتماع المجلس البلدي حول الميزانية الجديدة للمدينة",
    "اجتمع المجلس يوم الثلاثاء. ناقش الأعضاء الميزانية الجديدة والطرق القديمة. قال الرئيس إن العمل يبدأ في الربيع. "
    "حضر ممثل عن Tallow Exchange الاجتماع في مدينة النخيل الطويلة وتحدث عن مبلغ $4.5 million للميناء.",
    "מועצת העיר דנה בתקציב החדש ובגשר הישן",
    "המועצה התכנסה ביום שלישי. החברים דנו בתקציב החדש. נציג של Tallow Exchange דיבר על הגשר הישן.",
)


def write_articles(folder: Path) -> Path:
    """Write the articles as JSON Lines into `folder`, and return the file."""
    file = folder / "awkward.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for record in _records():
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return file


def _records() -> Iterator[dict[str, str]]:
    chance = random.Random(7)
    for number in range(_COMMON):
        yield _common(number, chance)
    yield from _odd()
    copy = _common(HITS, random.Random(3))
    yield from ({**copy, "id": f"copy-{number}", "url": f"https://example.test/copy/{number}"} for number in range(3))


def _common(number: int, chance: random.Random) -> dict[str, str]:
    """Return one of the many: short, dated and quite normal, but long where it has a word of its own."""
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    people = [PEOPLE[number % len(PEOPLE)], chance.choice(PEOPLE)]
    place, other = chance.choice(PLACES[:9]), chance.choice(PLACES[:9])
    system = chance.choice(SYSTEMS)[0]
    sum_of_money = (
        f"{_CURRENCIES[number % 3]}{chance.randrange(1, 999)}{chance.choice(('', ',000', ' million', ' billion'))}"
    )
    sentences = [
        f"{people[0]} of the {EVERYWHERE} said in {place} that the {system} would cost {sum_of_money}.",
        f"{people[1]} answered in {other} on {day + timedelta(days=3):%-d %B %Y}.",
        f"The talks about the harbour of {place} had begun in {day.year - chance.randrange(1, 9)}.",
    ]
    if number < HITS:
        sentences.insert(1, f"A {RARE_WORD} was seen above the {system} in {place}, said {people[1]}.")
        sentences += [
            f"{chance.choice(PEOPLE)} wrote to the Guild of Lamplighters about the {chance.choice(SYSTEMS)[0]}, "
            f"the ferry of {chance.choice(PLACES[:9])} and the {sum_of_money} that nobody had counted twice."
            for _ in range(25)
        ]
    return {
        "id": f"common-{number}",
        "title": f"{system} arrives in {place}, talks of {other} go on",
        "text": "\n\n".join(sentences),
        "source": f"The {place} Messenger",
        "date": day.isoformat(),
        "url": f"https://example.test/common/{number}",
    }


def _odd() -> Iterator[dict[str, str]]:
    arabic_title, arabic, hebrew_title, hebrew = _RIGHT_TO_LEFT
    people = ", ".join(PEOPLE[:-1])
    yield {"id": "arabic", "title": arabic_title, "text": arabic, "date": "2011-05-03", "language": "ar"}
    yield {"id": "hebrew", "title": hebrew_title, "text": hebrew, "date": "2012-06-04", "language": "he"}
    yield {
        "id": "long-names",
        "title": f"{LONG_NAME} meets the {ONE_WORD}",
        "text": f"{LONG_NAME} met the {ONE_WORD} in {PLACES[8]}. The {LONG_SYSTEM} was shown. "
        f"{LONG_NAME} spoke of $2 billion to the {EVERYWHERE}.",
        "source": f"{ONE_WORD} Gazette",
        "date": "2014-02-28",
    }
    yield {
        "id": "long-title",
        "title": "The harbour board, " * 20 + "and " + "x" * 120,
        "text": f"The {EVERYWHERE} said nothing. {'y' * 300} was the answer. See https://example.test/{'z' * 200}.",
    }
    yield {
        "id": "markup",
        "title": MARKUP_TITLE,
        "text": f"<img src=x onerror=alert(1)> The {EVERYWHERE} wrote <i>so</i>.",
    }
    yield {"id": "everybody", "title": "All who came", "text": f"These came to the {EVERYWHERE}: {people}."}
    first, second = CAPTION_PEOPLE
    third, fourth = STORY_PEOPLE
    yield {
        "id": "caption",
        "title": "Cutlery strike ends",
        "text": f"{first} talks with {second} on the quay. (Photo by Hollow Pier Trust)\n\n"
        f"{third} ended the spoonweather strike on Monday. {third} thanked {fourth}.\n\n"
        f"{fourth} told the board that the strike was over. “It was long,” said {third}. {first} was there too.",
        "date": "2016-01-09",
    }
    for number in range(9):
        yield {
            "id": f"undated-{number}",
            "title": f"A note without a day, number {number}",
            "text": f"{PEOPLE[number]} of the {EVERYWHERE} counted the lamps of {PLACES[number]} again.",
        }
