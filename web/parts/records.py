"""Parts of pages: frozen records, every field with its help. See `web.frame.rendering`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from markupsafe import Markup

__all__ = [
    "AccountPart",
    "AmountsPart",
    "Band",
    "Bar",
    "Chip",
    "DonePart",
    "EditingPart",
    "EntityDecisions",
    "EntityGroup",
    "EntityItem",
    "FacetPart",
    "FacetValuePart",
    "Frame",
    "HistogramPart",
    "HitPart",
    "Link",
    "Lock",
    "NotePart",
    "Option",
    "Pager",
    "PairForm",
    "Paragraph",
    "ReasonPart",
    "Row",
    "SuggestedEntity",
    "SuggestionPart",
]


@dataclass(frozen=True, slots=True)
class Link:
    """A text with a link."""

    text: Annotated[str, "Visible text"]
    url: Annotated[str, "Address of the link"]
    note: Annotated[str, 'What is said beside it, such as a count, else ""'] = ""
    is_current: Annotated[bool, "True for the current page"] = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: a text, its link, and a remark."""

    text: Annotated[str, "Visible text"]
    note: Annotated[str, "Remark"] = ""
    url: Annotated[str, 'Where it leads, "" for nowhere'] = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a select or a pair of radio buttons."""

    value: Annotated[str, "Value that the form sends"]
    text: Annotated[str, "Visible text"]
    is_selected: Annotated[bool, "True when it is chosen"] = False


@dataclass(frozen=True, slots=True)
class Lock:
    """A filter that new searches of this browser begin with."""

    parameter: Annotated[str, "Name of its parameter"]
    value: Annotated[str, "Value of its parameter"]
    label: Annotated[str, 'What is filtered by ("People", "not People")']
    text: Annotated[str, "The value in words"]
    unlock_url: Annotated[str, "Address that unlocks it"]


@dataclass(frozen=True, slots=True)
class DonePart:
    """A decision that was just made or undone."""

    text: Annotated[str, "What was done"]
    undo: Annotated[str, 'The numbers that the button to undo it sends, "" for no button']


@dataclass(frozen=True, slots=True)
class AccountPart:
    """The head of every page on a server with users."""

    css_url: Annotated[str, "Style sheet of the pages about users"]
    name: Annotated[str, 'Name of the user, "" for a visitor who is not logged in']
    links: Annotated[tuple[Link, ...], "The account, and for admins the users; the log-in for everybody else"]
    token: Annotated[str, "The secret that the button to log out sends"]


@dataclass(frozen=True, slots=True)
class EditingPart:
    """Parts of every page while editing is switched on."""

    css_url: Annotated[str, "Style sheet of editing"]
    token: Annotated[str, "The secret of this server that each form sends"]
    back: Annotated[str, "Address of this page, where undoing leads back to"]
    done: Annotated[DonePart | None, "What was just done; None for nothing"]


@dataclass(frozen=True, slots=True)
class EntityDecisions:
    """Decisions that can be made about an entity, and those that were."""

    links: Annotated[tuple[Link, ...], "The forms that decide; empty while editing is switched off"]
    decided: Annotated[tuple[Row, ...], "The newest decisions in force about it, each with its day and who decided"]
    all_text: Annotated[str, "The link to all decisions"]
    all_url: Annotated[str, "The page of all decisions"]


@dataclass(frozen=True, slots=True)
class PairForm:
    """The form that decides about two possible duplicates."""

    entity: Annotated[str, "Id of the one that would become part of the other"]
    into: Annotated[str, "Id of the other"]
    versions: Annotated[tuple[str, ...], "What both are like now"]
    back: Annotated[str, "Address that shows the next pair"]


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around the content of every page."""

    title: Annotated[str, "Text of the browser's tab, without the name of the site"]
    q: Annotated[str, "Content of the search box"]
    navigation: Annotated[tuple[Link, ...], "Links of the header"]
    styles: Annotated[tuple[str, ...], "Its style sheets: that of all pages, then its own"]
    scripts: Annotated[tuple[str, ...], "Its scripts: that of all pages, then its own"]
    archive: Annotated[str, "Name of the archive"]
    site: Annotated[str, "Scheme and host of this site, for addresses on paper"] = ""
    printed: Annotated[str, "What stands at the foot of the page on paper: its address and the day"] = ""
    editing: Annotated[EditingPart | None, "What editing needs on every page; None while it is switched off"] = None
    theme: Annotated[str, '"light" or "dark", "" for that of the system'] = ""
    has_names: Annotated[bool, "True when names are marked on results"] = True
    locks: Annotated[tuple[Lock, ...], "Filters that the search box adds to each search"] = ()
    account: Annotated[AccountPart | None, "Who is logged in; None on a server without users"] = None
    has_search: Annotated[bool, "True when the header has the search box"] = True
    previous_url: Annotated[str, 'The page before this one, else ""'] = ""
    next_url: Annotated[str, 'The page after this one, else ""'] = ""
    feed_url: Annotated[str, 'The Atom feed of the articles of this page, else ""'] = ""


@dataclass(frozen=True, slots=True)
class NotePart:
    """A word of the query that is also an entity."""

    word: Annotated[str, 'The word as typed, "" when the note before is about the same word']
    name: Annotated[str, "Name of the entity"]
    css: Annotated[str, "CSS class of its kind"]
    kind: Annotated[str, 'Its kind in one word ("system")']
    count: Annotated[str, 'How many articles ("4 articles")']
    search_url: Annotated[str, "The articles that name the entity"]
    url: Annotated[str, "The page of the entity"]


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, with the link that removes it."""

    joiner: Annotated[str, '"or" or "and" between two values of a facet, "" before the first']
    label: Annotated[str, 'What is filtered by ("People", "not People")']
    text: Annotated[str, "The value"]
    remove_url: Annotated[str, "The search without it"]
    identifier: Annotated[str, "Id of the link"]
    about_url: Annotated[str, 'The page of the entity, "" for values that are none'] = ""
    lock_url: Annotated[str, 'Address that locks it for new searches, or unlocks it; "" where that is not offered'] = ""
    is_locked: Annotated[bool, "True when new searches of this browser begin with it"] = False


@dataclass(frozen=True, slots=True)
class FacetValuePart:
    """A value with its check box."""

    identifier: Annotated[str, "Id of the check box, made from the value, so that it outlives a new order"]
    value: Annotated[str, "Value that the form sends"]
    text: Annotated[str, "Visible text"]
    count: Annotated[str, "Number of articles with it"]
    is_selected: Annotated[bool, "True when it is ticked"]
    is_excluded: Annotated[bool, "True when its articles are left out"]
    more_url: Annotated[str, "The page where it has its links"]
    exclude_url: Annotated[str, "The results without its articles, or with them again"] = ""
    only_url: Annotated[str, "The results with it as the only one that is ticked"] = ""
    page_url: Annotated[str, 'The page of the entity, "" for values that are none'] = ""
    note: Annotated[str, 'What it is ("air defence"), "" when nothing says so'] = ""


@dataclass(frozen=True, slots=True)
class FacetPart:
    """A facet with its values."""

    parameter: Annotated[str, "Name of its parameter"]
    label: Annotated[str, "Heading"]
    css: Annotated[str, "CSS class of its kind"]
    values: Annotated[tuple[FacetValuePart, ...], "Ticked ones first, then by count"]
    groups: Annotated[tuple[tuple[str, tuple[FacetValuePart, ...]], ...], 'The same by category; "" heads the only one']
    modes: Annotated[tuple[Option, ...], "Any or all of the ticked; empty while none is"]
    all_text: Annotated[str, 'The link to all values ("All 7 people"), "" when all are here']
    all_url: Annotated[str, "The page with all values"]
    is_open: Annotated[bool, "True when its values are shown at once"]
    none: Annotated[Link | None, "The articles without any value; None where there are none, or not only some"]


@dataclass(frozen=True, slots=True)
class AmountsPart:
    """The filter by amounts of money."""

    currencies: Annotated[FacetPart | None, "Currencies with check boxes; None when no amount is known"]
    sizes: Annotated[
        Mapping[str, tuple[FacetValuePart, ...]],
        'Orders of magnitude with check boxes by currency; "" for those whose currency is not listed',
    ]
    size_parameter: Annotated[str, "Name of the parameter of sizes"]
    sizes_url: Annotated[str, 'The page with all sizes, "" when all are here']
    minimum: Annotated[str, "Content of the box for the smallest amount"]
    maximum: Annotated[str, "Content of the box for the largest amount"]
    error: Annotated[str, 'What is wrong with the two boxes, else ""']
    hint: Annotated[str, 'What several filters mean together, "" for one']
    table_url: Annotated[str, "The amounts as a table"]
    is_open: Annotated[bool, "True when it is shown at once"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a histogram. Lengths are percent of the drawing's width."""

    text: Annotated[str, 'What it stands for ("July 2018")']
    count: Annotated[int, "Number of articles"]
    url: Annotated[str, 'The search for only these, or without this limit when it is on; "" for no articles']
    x: Annotated[str, "Left side of its slot"]
    center: Annotated[str, "Middle, where its tick stands"]
    width: Annotated[str, "Width of its slot"]
    tick: Annotated[str, 'What is written under it, "" for nothing']
    is_selected: Annotated[bool, "True when the search is limited to it"]


@dataclass(frozen=True, slots=True)
class Band:
    """A hatched area of a histogram: dates less exact than its bars. Lengths are percent of width and height."""

    x: Annotated[str, "Left side"]
    width: Annotated[str, "Width: over the bars that are parts of it"]
    y: Annotated[str, "Upper side"]
    height: Annotated[str, "Height, by the same measure as the bars"]


@dataclass(frozen=True, slots=True)
class HistogramPart:
    """Articles over time, on one of the two axes."""

    axes: Annotated[tuple[Link, ...], "The two axes"]
    ways_up: Annotated[tuple[Link, ...], "From all dates down to the period shown; empty when that is all dates"]
    bars: Annotated[tuple[Bar, ...], "Decades, years, months or days without gaps; empty when no date is known"]
    bands: Annotated[tuple[Band, ...], "Dates less exact than the bars, the largest first"]
    shape: Annotated[str, "All bars as one SVG path, in a box of 1000 by 100"]
    summary: Annotated[str, "The drawing in one sentence"]
    whole: Annotated[tuple[Link, ...], "The articles of the bands, each with its number"]
    earlier: Annotated[Link | None, "Link to earlier dates"]
    later: Annotated[Link | None, "Link to later dates"]
    undated: Annotated[Link | None, "The articles without a publication date"]
    date_from: Annotated[str, "Content of the box for the first date"]
    date_to: Annotated[str, "Content of the box for the last date"]
    errors: Annotated[Mapping[str, str], 'What is wrong with the boxes "from" and "to"']


@dataclass(frozen=True, slots=True)
class EntityItem:
    """An entity or value in a list."""

    text: Annotated[str, "Its name"]
    count: Annotated[str, 'How many articles or mentions, "" when that does not matter']
    url: Annotated[str, "Its page or search"]
    jumps: Annotated[tuple[Link, ...], "Its mentions in the text"] = ()
    about_url: Annotated[str, 'Its page, when `url` leads elsewhere; else ""'] = ""


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """Entities or values of one kind."""

    label: Annotated[str, 'What heads them ("People")']
    css: Annotated[str, "CSS class of the kind"]
    items: Annotated[tuple[EntityItem, ...], "Most frequent first"]
    all_url: Annotated[str, 'All of them, "" when they are all here'] = ""


@dataclass(frozen=True, slots=True)
class HitPart:
    """An article in a list of results."""

    url: Annotated[str, "The article"]
    title: Annotated[Markup, "Its title with the words of the query"]
    is_derived: Annotated[bool, "True when the title was taken from the first sentence"]
    source: Annotated[str, 'Who published it, "" when unknown']
    date: Annotated[str, 'When it was published, or "undated"']
    length: Annotated[str, 'How long it is ("623 words")']
    language: Annotated[str, 'ISO 639-1 code, "" when unknown']
    is_right_to_left: Annotated[bool, "True when its title is written from right to left"]
    snippets: Annotated[tuple[tuple[Markup, str], ...], "Sentences, and the address of each in the article"]
    reason: Annotated[str, 'Why it was found when no sentence shows it, else ""']
    names: Annotated[tuple[tuple[str, EntityItem], ...], "Class and link of the main entities"]
    amounts: Annotated[str, 'Its main amounts, else ""']


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a body."""

    text: Annotated[Markup, "Its sentences with their anchors, entities and words of the query"]
    is_furniture: Annotated[bool, "True when all of it is page furniture"]


@dataclass(frozen=True, slots=True)
class Pager:
    """Links to the pages of a list; `pages` is empty when there is only one."""

    pages: Annotated[tuple[Link | None, ...], "Page links in order; None stands for those left out"]
    previous_url: Annotated[str, 'The page before, "" on the first']
    next_url: Annotated[str, 'The page after, "" on the last']


@dataclass(frozen=True, slots=True)
class ReasonPart:
    """Mentions of an article with one meaning, and the reasons for it."""

    text: Annotated[str, "Written form"]
    css: Annotated[str, "CSS class of its kind"]
    kind: Annotated[str, 'Its kind in one word ("person"), and whether it stands outside the story']
    places: Annotated[tuple[Link, ...], "Its positions in the text"]
    found: Annotated[str, "The component that found it, and the rule or row by which it did"]
    meaning: Annotated[Link | None, "The entity it means; None for values and for what a person rejected"]
    value: Annotated[str, 'The amount or date it means, "" for entities']
    reason: Annotated[str, 'Why it means this entity, "" where it means none']
    wrong_url: Annotated[str, 'Where to say that it is wrong, "" while editing is switched off'] = ""


@dataclass(frozen=True, slots=True)
class SuggestedEntity:
    """One of two possible duplicates."""

    name: Annotated[str, "Its name"]
    url: Annotated[str, "Its page"]
    note: Annotated[str, "A few words about it and how many articles it is in"]
    examples: Annotated[tuple[tuple[Markup, str], ...], "Sentences that mention it, and the address of each"]


@dataclass(frozen=True, slots=True)
class SuggestionPart:
    """Two possible duplicates, and the commands that decide."""

    identifier: Annotated[str, "Id of its place on the page"]
    css: Annotated[str, "CSS class of their kind"]
    kind: Annotated[str, 'Their kind in one word ("person")']
    first: Annotated[SuggestedEntity, "The one that would become part of the other"]
    second: Annotated[SuggestedEntity, "The other"]
    strength: Annotated[str, 'How likely they are the same, in a word ("strong")']
    evidence: Annotated[str, "Evidence"]
    accept: Annotated[str, "The command that merges them"]
    dismiss: Annotated[str, "The command that keeps them apart"]
    form: Annotated[PairForm | None, "The form that decides; None while editing is switched off"] = None
