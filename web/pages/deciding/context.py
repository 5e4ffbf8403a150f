"""The contexts of the pages on which people decide."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from markupsafe import Markup

from web.parts.records import Frame, Link, Option, Row, SuggestedEntity

__all__ = [
    "ChangeRow",
    "DecidePage",
    "DecisionRow",
    "HistoryPage",
    "MentionPage",
    "MentionRow",
    "Preview",
    "RefusedPage",
    "SplitPart",
]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An entity before and after a decision; texts that would change have both states."""

    name: Annotated[tuple[str, str], "Its name now and then"]
    kind: Annotated[tuple[str, str], "Its kind now and then"]
    articles: Annotated[tuple[str, str], "Its articles now and then"]
    mentions: Annotated[tuple[str, str], "Its mentions now and then"]
    fate: Annotated[str, 'What becomes of it in a word ("new", "gone"), else ""']


@dataclass(frozen=True, slots=True)
class Preview:
    """Effect of a decision, and the form that makes it."""

    text: Annotated[str, "The decision in words"]
    changes: Annotated[tuple[ChangeRow, ...], "The entities that it touches"]
    more: Annotated[int, "How many others it touches"]
    fields: Annotated[tuple[tuple[str, str], ...], "What the form sends"]
    button: Annotated[str, "Text of its button"]
    is_already_so: Annotated[bool, "True when there is nothing to do"]
    other_way: Annotated[Link | None, "The same decision the other way round; None where there is no such"]


@dataclass(frozen=True, slots=True)
class MentionRow:
    """Mentions of one article that are written alike."""

    value: Annotated[str, "Value of their box"]
    text: Annotated[str, "Written form"]
    count: Annotated[str, "How many they are"]
    is_ticked: Annotated[bool, "True when they were chosen"]


@dataclass(frozen=True, slots=True)
class SplitPart:
    """An article with its mentions of the entity, to be ticked."""

    title: Annotated[str, "Title of the article"]
    url: Annotated[str, "The article"]
    passages: Annotated[tuple[tuple[Markup, str], ...], "A sentence that mentions the entity, and its address"]
    mentions: Annotated[tuple[MentionRow, ...], "Its mentions by written form"]


@dataclass(frozen=True, slots=True)
class DecidePage:
    """A form that decides about an entity, and a preview of what changes."""

    template: ClassVar[str] = "deciding/decide.html"

    frame: Annotated[Frame, "The frame of the page"]
    action: Annotated[str, "What the form decides"]
    heading: Annotated[str, "The same in words"]
    entity: Annotated[SuggestedEntity, "The entity of the page"]
    css: Annotated[str, "CSS class of its kind"]
    action_url: Annotated[str, "Address of the form"]
    tools: Annotated[tuple[Link, ...], "The other forms about it"]
    value: Annotated[str, "What was typed into the box"]
    options: Annotated[tuple[Option, ...], "Kinds, or what the mentions are, to choose from"]
    forms: Annotated[tuple[MentionRow, ...], "Its written forms, to be ticked"]
    articles: Annotated[tuple[SplitPart, ...], "Articles with its mentions, to be ticked"]
    pages: Annotated[tuple[Option, ...], "Buttons to other articles: page and text"]
    kept: Annotated[tuple[tuple[str, str], ...], "What was ticked on other pages"]
    found: Annotated[tuple[Row, ...], "Entities to choose from"]
    finding: Annotated[str, 'What was looked for in vain, else ""']
    other: Annotated[SuggestedEntity | None, "The entity that was chosen; None where there is none"]
    preview: Annotated[Preview | None, "What would change; None while something is missing"]
    error: Annotated[str, 'Why it is refused, else ""']


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """A decision that was not made, and the way to look again without typing it again."""

    template: ClassVar[str] = "deciding/refused.html"

    frame: Annotated[Frame, "The frame of the page"]
    message: Annotated[str, "Why it was not made"]
    again: Annotated[Link, "The form as it was filled in, with what changes now"]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision that was made."""

    number: Annotated[int, "Its number"]
    text: Annotated[str, "What was decided"]
    url: Annotated[str, "The entity that it is about"]
    made: Annotated[str, "When, and by whom"]
    undone: Annotated[str, 'When it was undone and by whom, "" while it is in force']


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The decisions that were made, newest first."""

    template: ClassVar[str] = "deciding/history.html"

    frame: Annotated[Frame, "The frame of the page"]
    is_editing: Annotated[bool, "True when decisions can be undone here"]
    rows: Annotated[tuple[DecisionRow, ...], "One page of them"]
    newer_url: Annotated[str, 'Newer ones, "" on the first page']
    older_url: Annotated[str, 'Older ones, "" on the last page']


@dataclass(frozen=True, slots=True)
class MentionPage:
    """Possible faults of one mention, and the forms that mend it."""

    template: ClassVar[str] = "deciding/mention.html"

    frame: Annotated[Frame, "The frame of the page"]
    text: Annotated[str, "The mention as it is written"]
    article: Annotated[Link, "The article that it is in"]
    passage: Annotated[Markup, "Its sentence, with the mention marked"]
    css: Annotated[str, "CSS class of its kind"]
    kind: Annotated[str, "Its kind in a word"]
    meaning: Annotated[Link | None, "The entity that it means; None where it means none"]
    reason: Annotated[str, 'Why it means that, else ""']
    here: Annotated[tuple[Link, ...], "What it may be instead in this article alone"]
    everywhere: Annotated[tuple[Link, ...], "What its entity may be instead in all articles"]
    hidden: Annotated[tuple[tuple[str, str], ...], "Fields of the form that looks for an entity"]
    q: Annotated[str, "What was looked for"]
    found: Annotated[tuple[Row, ...], "Entities that it may mean"]
