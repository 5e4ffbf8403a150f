"""Headline of a page, by agreement between its headings and the titles that its metadata state."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.readers.web.lines import PageLine, PageLines
from index.readers.web.wording import clean, common_words, fold, squeeze

__all__ = ["Headline", "SiteNames", "choose_headline", "is_headline_by_markup"]

_SEPARATOR = re.compile(r"\s*[|»•]+\s*|\s+[–—:·•~›<>/-]+\s+|\s*[–—|]\s*$")
_TITLE_NAMES = re.compile(r"(?:^|[\s_-])(?:headline|title|heading|h1|titre|tit[uo]lo|titel|baslik|judul)(?=$|[\s_-])")
_LOGO_NAMES = re.compile(r"(?:^|[\s_-])(?:logo|brand|site-?(?:title|name)|masthead|banner)")
_LONGEST_HEADING = 400
_MOST_HEADINGS = 300
_LABELLED_LEVEL, _UNLABELLED_LEVEL = 5, 6
_LEAST_CONTAINED = 10
_LEAST_COMMON = 0.6
_LEAST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline (None when unknown), and the number of the line that shows it (None when no line does)."""

    text: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class SiteNames:
    """The names of the site that a page belongs to, without spaces and punctuation, and the labels of its host."""

    names: frozenset[str]
    host: str

    @classmethod
    def of(cls, names: Sequence[str], address: str | None) -> "SiteNames":
        """Collect the names that metadata give; `address` is the URL of the page."""
        squeezed = frozenset(filter(None, (squeeze(name) for name in names)))
        try:
            host = urlsplit(address or "").hostname or ""
        except ValueError:
            host = ""
        return cls(squeezed, host.removeprefix("www.").replace("-", ""))

    def include(self, text: str) -> bool:
        """Return True when `text` is the name of the site: as stated, or as in its host ("gazette.example.org")."""
        name = squeeze(text)
        if not name or name in self.names:
            return bool(name)
        bare = name.removeprefix("the").removeprefix("www")
        labels = self.host.split(".")[:-1]
        whole = squeeze(self.host)
        return len(bare) > 2 and (bare in labels or name in labels or name == whole)


def is_headline_by_markup(line: PageLine) -> bool:
    """Return True for a heading and for a line that the markup calls a title."""
    return bool(line.level) or _TITLE_NAMES.search(line.names) is not None


def choose_headline(
    page: PageLines, *, stated: Sequence[str], document_title: str | None, sites: SiteNames
) -> Headline:
    """Return the headline of a page.

    `stated` are titles in metadata, the best first; `document_title` is the text of `<title>`, in which the name of the
    site stands too. A heading that agrees with one of them is the headline, with all of its text. Without one the first
    stated title is, without the name of the site.
    """
    titles = [title for text in stated if (title := clean(text)) and not sites.include(title)]
    whole = clean(document_title or "")
    parts = [part for part in _SEPARATOR.split(whole) if part and not sites.include(part)]
    heading = _agreeing_heading(page, titles, whole, sites)
    if heading is not None:
        return Headline(_headline_of(page.lines[heading].text, titles), heading)
    alone = _only_heading(page, sites)
    names_site = 0 < len(parts) < len([part for part in _SEPARATOR.split(whole) if part])
    if titles or names_site:
        return Headline(_without_site(titles[0] if titles else whole, sites), alone)
    if alone is not None and (not whole or _can_stand_alone(page.lines[alone].text, parts)):
        return Headline(page.lines[alone].text, alone)
    return Headline(whole or None, None)


def _agreeing_heading(page: PageLines, stated: Sequence[str], whole: str, sites: SiteNames) -> int | None:
    """Return the number of the heading that agrees best with the titles, None when none does.

    A title in metadata counts more than `<title>`, which holds more than the headline.
    """
    titles = [*stated, *([whole] if whole else [])]
    whole_weight = 0.7 if stated else 1.0
    is_side = page.in_side_boxes()
    best, best_score = None, 0.0
    for place, level in _headings(page, titles):
        line = page.lines[place]
        each = [_agreement(line.text, title) for title in stated]
        each.append(whole_weight * _agreement(line.text, whole))
        if not any(each) or sites.include(line.text):
            continue
        agreement = max(each) + 0.1 * sum(value > 0 for value in each)
        score = agreement - 0.1 * level - 0.5 * is_side[place]
        if _LOGO_NAMES.search(line.names) or _is_last_part(line.text, titles):
            score -= 1.5
        if score > best_score:
            best, best_score = place, score
    return best


def _headings(page: PageLines, titles: Sequence[str]) -> Sequence[tuple[int, int]]:
    """Return the places and levels of the headings, of lines whose markup calls them titles, and of those like one."""
    found = []
    wanted = {*titles, *(max(_SEPARATOR.split(title), key=len) for title in titles)}
    lengths = {len(title) for title in wanted}
    for place, line in enumerate(page.lines):
        if not line.text or len(line.text) > _LONGEST_HEADING:
            continue
        if is_headline_by_markup(line):
            found.append((place, line.level or _LABELLED_LEVEL))
        elif len(line.text) in lengths and line.text in wanted:
            found.append((place, _UNLABELLED_LEVEL))
        if len(found) == _MOST_HEADINGS:
            break
    return found


def _agreement(heading: str, title: str) -> float:
    """Return how well a heading agrees with a title, 0 for not at all.

    3 for the same words; 2.5 for the longest part of the title; 2 for its first part, and when one contains the other;
    1 for most of their words. The other parts of a title are likely a section and a site.
    """
    ours, theirs = fold(heading), fold(title)
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 3.0
    parts = [fold(part) for part in _SEPARATOR.split(title)]
    if ours in parts:
        return 2.5 if ours == max(parts, key=len) else 2.0 if ours == parts[0] else 0.0
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) >= _LEAST_CONTAINED and shorter in longer:
        return 2.0
    return 1.0 if common_words(heading, title) >= _LEAST_COMMON else 0.0


def _is_last_part(heading: str, titles: Sequence[str]) -> bool:
    """True for a heading that is only ever the last of several parts of a title: a name of the site."""
    ours = fold(heading)
    split = [[fold(part) for part in _SEPARATOR.split(title)] for title in titles]
    holding = [parts for parts in split if ours in parts]
    return bool(holding) and all(len(parts) > 1 and parts[-1] == ours for parts in holding)


def _headline_of(heading: str, titles: Sequence[str]) -> str:
    """Return the text of a heading, or the stated title in it without words before it ("Breaking: ...")."""
    heading = clean(heading)
    folded = fold(heading)
    for title in titles:
        wanted = fold(title)
        if len(wanted) >= _LEAST_CONTAINED and wanted in folded and not folded.startswith(wanted):
            return title
    return heading


def _only_heading(page: PageLines, sites: SiteNames) -> int | None:
    """Return the number of the only heading of the first level that is no name of the site and in no side box."""
    is_side = page.in_side_boxes()
    places = [
        place
        for place, line in enumerate(page.lines)
        if line.level == 1 and line.text and not sites.include(line.text) and not _LOGO_NAMES.search(line.names)
    ]
    inside = [place for place in places if not is_side[place]] or places
    return inside[0] if len(inside) == 1 else None


def _can_stand_alone(heading: str, parts: Sequence[str]) -> bool:
    """Return True for a heading of some length that is no part of the title, where it would be a section."""
    folded = fold(heading)
    return len(folded) >= _LEAST_LETTERS and folded not in {fold(part) for part in parts}


def _without_site(title: str, sites: SiteNames) -> str:
    """Return a title without the name of the site before or after it."""
    last = None
    for separator in _SEPARATOR.finditer(title):
        if sites.include(title[: separator.start()]) and title[separator.end() :]:
            return _without_site(title[separator.end() :], sites)
        last = separator
    if last is not None and last.start() and sites.include(title[last.end() :]):
        return title[: last.start()].rstrip()
    return title
