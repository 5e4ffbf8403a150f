"""The lines that a page shows, in order, each with what the markup says of it: heading, labels, dates, region."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from lxml.etree import iterwalk

from index.readers.web.page_text import BLOCKS
from index.readers.web.parsing import Element

__all__ = ["ItemDate", "PageLine", "PageLines", "Region", "RegionKind", "TimeMark", "read_lines"]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = frozenset(("script", "style", "head", "noscript", "template", "svg", "select", "textarea", "iframe"))
_SIDE_TAGS = frozenset(("aside", "nav", "footer", "blockquote", "figure"))
_NEVER_SIDES = frozenset(("html", "body", "main", "time"))
# Names that authors of pages give to what is not the article. `article` and `header` are such parts only when they do
# not hold the headline.
_SIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:side(?:bar)?|aside|rail|widget|related|recommend|recirc|comment|disqus|respon[ds]|repl(?:y|ies)|"
    r"foot|copyright|nav(?:bar|igation|-?menu)|(?:main|site|top|primary)[_-]nav|menu|promo|popular|trending|most-?(?:read|viewed|popular|commented)|latest|newest|recent|"
    r"newsletter|subscri|advert|ads?(?=$|[\s_-])|sponsor|teaser|carousel|slider|ticker|"
    r"(?:more|other|next|prev|previous|top)[_-]?(?:news|stories|posts|articles|story|post|article)|read-?more|"
    r"archive|weather|today|current-?(?:date|time)|server-?time|breaking|outbrain|taboola|"
    r"cookie|modal|popup|login|"
    r"reference|citation|footnote|bibliograph|reviews?(?=$|[\s_-])|caption|embed|tweet)",
    re.IGNORECASE,
)
_HEAD_NAMES = re.compile(
    r"(?:^|\s)header(?=$|\s)|(?:^|[\s_-])(?:masthead|top-?bar|(?:site|page|main|top|global)[_-]?header|"
    r"header[_-]?(?:top|left|right|bar|date|info|time))",
    re.IGNORECASE,
)
_FOREIGN_TYPES = re.compile(r"(?:Comment|Review|Rating|Person|Organization|\w*Object|Event|Offer|Product)$")
_NAMING_ATTRIBUTES = ("class", "id", "itemprop", "rel")
_READ_ATTRIBUTES = (*_NAMING_ATTRIBUTES, "itemtype")
_OWN_PROPERTIES = frozenset(("mainentity", "mainentityofpage", "blogpost", "blogposts"))
_LONGEST_NAMES = 200
_LONGEST_VALUE = 200
_MOST_TEXT = 2000
_MOST_LINKS, _MOST_LINK_PIECES = 30, 10


class RegionKind(StrEnum):
    """Kind of a region: an article, perhaps one of many; a head, of the page or of an article; or a side box."""

    ARTICLE = "article"
    HEAD = "head"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that is not the article unless it holds the headline; `parent` is the number of the next."""

    parent: int
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A date in the markup: `value` for machines, `text` as shown, and the names that the element has."""

    value: str
    text: str
    names: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page.

    `level` is 1 to 6 for a heading, else 0. `names` are the classes and ids of the elements around the text. `region`
    is the number of the innermost region, -1 outside all. `linked` counts the characters in links, whose texts are
    `links`. `item` is the number
    of the innermost item of microdata, -1 outside all.
    """

    text: str
    level: int
    names: str
    region: int
    linked: int
    links: tuple[str, ...]
    item: int
    marks: tuple[TimeMark, ...]


@dataclass(frozen=True, slots=True)
class ItemDate:
    """A date of publication in microdata, of the item with the number `item`; `line` is the number of the next line."""

    value: str
    item: int
    region: int
    line: int


@dataclass(frozen=True, slots=True)
class PageLines:
    """All lines of a page, its regions by number, and dates in microdata that belong to no cited or other work."""

    lines: Sequence[PageLine]
    regions: Sequence[Region]
    item_dates: Sequence[ItemDate]

    def outside(self, headline: int | None) -> Sequence[bool]:
        """Return for each line True when it lies outside the article whose headline is the line `headline`."""
        flags = self.regions_outside(headline)
        return [line.region >= 0 and flags[line.region] for line in self.lines]

    def regions_outside(self, headline: int | None) -> Sequence[bool]:
        """Return the same for each region."""
        own: set[int] = set()
        region = self.lines[headline].region if headline is not None else -1
        is_in_article = False
        while region >= 0:
            own.add(region)
            is_in_article = is_in_article or self.regions[region].kind is RegionKind.ARTICLE
            region = self.regions[region].parent
        flags: list[bool] = []
        for number, each in enumerate(self.regions):
            is_side = number not in own and (is_in_article or each.kind is not RegionKind.ARTICLE)
            flags.append(is_side or (each.parent >= 0 and flags[each.parent]))
        return flags

    def in_side_boxes(self) -> Sequence[bool]:
        """Return for each line True when it lies in a side box, whatever the headline is."""
        flags: list[bool] = []
        for each in self.regions:
            flags.append(each.kind is RegionKind.SIDE or (each.parent >= 0 and flags[each.parent]))
        return [line.region >= 0 and flags[line.region] for line in self.lines]


@dataclass(slots=True)
class _Frame:
    """An open element, with the state to return to."""

    names: str
    region: int
    item: int
    is_foreign: bool
    links: int
    is_block: bool


@dataclass(slots=True)
class _Walk:
    lines: list[PageLine] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    item_dates: list[ItemDate] = field(default_factory=list)
    items: int = 0
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    links: list[list[str]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    marks: list[TimeMark] = field(default_factory=list)
    heading: int = 0

    def add(self, text: str | None, frame: _Frame) -> None:
        if not text:
            return
        if self.size < _MOST_TEXT:
            self.pieces.append(text[:_MOST_TEXT])
        self.size += len(text)
        if not text.isspace():
            if frame.links:
                self.linked += len(text)
                if self.links and len(self.links[-1]) < _MOST_LINK_PIECES:
                    self.links[-1].append(text[:_LONGEST_VALUE])
            if frame.names and len(self.names) < 8:
                self.names[frame.names] = None

    def end_line(self, frame: _Frame) -> None:
        if not self.pieces and not self.marks:
            return
        text = " ".join("".join(self.pieces).split())
        if text or self.marks:
            names = " ".join(dict.fromkeys((*self.names, frame.names)))
            links = tuple(" ".join("".join(pieces).split()) for pieces in self.links if pieces)
            self.lines.append(
                PageLine(text, self.heading, names, frame.region, self.linked, links, frame.item, tuple(self.marks))
            )
        self.pieces, self.size, self.linked, self.links, self.names, self.marks = [], 0, 0, [], {}, []


def read_lines(tree: Element) -> PageLines:
    """Return the lines of a page. Of one line some 2,000 characters are kept."""
    walk = _Walk()
    frames = [_Frame("", -1, -1, is_foreign=False, links=0, is_block=True)]
    hidden = None
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if hidden is not None:
            if event == "end" and element is hidden:
                hidden = None
                walk.add(element.tail, frames[-1])
            continue
        if event == "start":
            if tag in _HIDDEN:
                hidden = element
                continue
            _open(walk, frames, element, tag)
        else:
            _close(walk, frames, tag)
            walk.add(element.tail, frames[-1])
    walk.end_line(frames[-1])
    return PageLines(walk.lines, walk.regions, walk.item_dates)


def _open(walk: _Walk, frames: list[_Frame], element: Element, tag: str) -> None:
    around = frames[-1]
    is_block = tag in BLOCKS
    if is_block:
        # A heading is one line, whatever is in it.
        if walk.heading and tag not in _HEADINGS:
            walk.add(" ", around)
        else:
            walk.end_line(around)
    attributes = {key: element.get(key, "")[:_LONGEST_NAMES] for key in _READ_ATTRIBUTES} if len(element.attrib) else {}
    names = " ".join(filter(None, map(attributes.get, _NAMING_ATTRIBUTES))).lower()
    frame = _Frame(
        names,
        around.region,
        around.item,
        is_foreign=around.is_foreign,
        links=around.links + (tag == "a"),
        is_block=is_block,
    )
    if is_block and not names:
        frame.names = around.names if around.is_block else ""
    is_in_article = around.region >= 0 and walk.regions[around.region].kind is RegionKind.ARTICLE
    # A head or foot of an article is part of it.
    kind = None if is_in_article and tag in {"header", "footer"} else _region_kind(tag, names)
    if kind is not None:
        walk.regions.append(Region(around.region, kind))
        frame.region = len(walk.regions) - 1
    if element.get("itemscope") is not None:
        properties = attributes.get("itemprop", "").lower().split()
        frame.item = walk.items
        walk.items += 1
        frame.is_foreign = (
            around.is_foreign
            or bool(properties and not _OWN_PROPERTIES.intersection(properties))
            or _FOREIGN_TYPES.search(attributes.get("itemtype", "")) is not None
        )
    frames.append(frame)
    if tag in _HEADINGS:
        walk.heading = _HEADINGS[tag]
    if tag == "a" and len(walk.links) < _MOST_LINKS:
        walk.links.append([])
    _mark_dates(walk, frame, element, tag, attributes.get("itemprop", ""))
    walk.add(element.text, frame)


def _close(walk: _Walk, frames: list[_Frame], tag: str) -> None:
    frame = frames.pop()
    if frame.is_block:
        if walk.heading and tag not in _HEADINGS:
            walk.add(" ", frame)
        else:
            walk.end_line(frame)
            walk.heading = 0
    elif tag in _HEADINGS:
        walk.heading = 0


def _mark_dates(walk: _Walk, frame: _Frame, element: Element, tag: str, properties: str) -> None:
    is_published = "datepublished" in properties.lower().split()
    if tag != "time" and not is_published and not (tag == "abbr" and element.get("title")):
        return
    text = _short_text(element)
    value = (element.get("content") or element.get("datetime") or "").strip()
    if tag == "abbr" and not value:
        value = element.get("title").strip()
    value = value[:_LONGEST_VALUE]
    if is_published and not frame.is_foreign:
        item = frame.item
        walk.item_dates.append(ItemDate(value or text, item, frame.region, len(walk.lines)))
        if text and value:
            walk.item_dates.append(ItemDate(text, item, frame.region, len(walk.lines)))
    if not frame.is_foreign:
        walk.marks.append(TimeMark(value, text, frame.names))


def _short_text(element: Element) -> str:
    """Return the first 200 characters of the text of an element, without reading on."""
    pieces: list[str] = []
    size = 0
    for piece in islice(element.itertext(), _LONGEST_VALUE):
        pieces.append(piece[:_LONGEST_VALUE])
        size += len(piece)
        if size > 2 * _LONGEST_VALUE:
            break
    return " ".join("".join(pieces).split())[:_LONGEST_VALUE]


def _region_kind(tag: str, names: str) -> RegionKind | None:
    if tag == "article":
        return RegionKind.ARTICLE
    if tag in _SIDE_TAGS:
        return RegionKind.SIDE
    if tag == "header":
        return RegionKind.HEAD
    return None if tag in _NEVER_SIDES or not names else _named_kind(names)


@lru_cache(maxsize=4096)
def _named_kind(names: str) -> RegionKind | None:
    if _SIDE_NAMES.search(names):
        return RegionKind.SIDE
    return RegionKind.HEAD if _HEAD_NAMES.search(names) else None
