"""Day of publication of a page, from all that it says: metadata first, then its address, then what it shows.

Nothing in a side box, a comment, a caption or a cited work counts, and a date of change never counts as one of
publication. Weak evidence gives a date that is marked as approximate, or none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from index.model import DateInterval, DatePrecision
from index.readers.article.whole_dates import NumberOrder, day_interval
from index.readers.web.headline import is_headline_by_markup
from index.readers.web.json_ld import LinkedData, Node
from index.readers.web.lines import PageLines
from index.readers.web.local_time import LocalTime, is_local_day
from index.readers.web.shown_dates import Role, ShownDate, shown_dates
from index.readers.web.stamps import Stamp, read_stamp

__all__ = ["PageEvidence", "Publication", "find_publication"]

_A_DAY = timedelta(days=1)
_FIRST_META = "article:published_time"
_HEAD_ITEM = "itemprop datePublished"
_META_NAMES = (
    *("article:published", "og:article:published_time", "og:published_time", "og:pubdate", "datepublished"),
    *("date.published", "pubdate", "publishdate", "publish_date", "publish-date", "publication_date"),
    *("publication-date", "published", "published_time", "published-date", "published_at", "parsely-pub-date"),
    *("sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate"),
    *("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date"),
    *("dcterms.date", "dc.date.created", "displaydate", "rnews:datepublished", "article.published", "ptime", "date"),
)
_CHANGE_NAMES = ("article:modified_time", "og:updated_time", "datemodified", "article:modified", "dcterms.modified")
_PAGE_FIELDS = ("datePublished", "dateCreated", "uploadDate")


@dataclass(frozen=True, slots=True)
class Publication:
    """A day, month or year of publication, and where it was found. Approximate when the evidence is weak."""

    published: DateInterval
    origin: str


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """All that can tell when a page was published.

    `headline` is the number of the line with the headline. `addressed` is the date in the address, `pictured` that in
    the address of the picture that stands for the page.
    """

    linked_data: LinkedData
    metas: Mapping[str, str]
    lines: PageLines
    headline: int | None
    addressed: DateInterval | None
    pictured: DateInterval | None = None
    language: str | None = None
    order: NumberOrder | None = None
    local_time: LocalTime = field(default_factory=LocalTime)


@dataclass(frozen=True, slots=True)
class _Stated:
    stamp: Stamp
    origin: str


def find_publication(evidence: PageEvidence) -> Publication | None:
    """Return when a page was published, None when nothing tells."""
    shown = list(shown_dates(evidence.lines, evidence.headline, language=evidence.language, order=evidence.order))
    stated = list(_stated(evidence))
    if evidence.headline is not None and not is_headline_by_markup(evidence.lines.lines[evidence.headline]):
        # A line that only happens to have the words of the title: dates near it may be of anything.
        shown = [each for each in shown if each.is_marked or each.role is not Role.UNKNOWN]
    beside = [each for each in shown if each.role is not Role.CHANGED and each.is_beside_headline]
    if stated:
        return _of_metadata(stated, evidence, beside)
    if evidence.addressed is not None and evidence.addressed.precision is DatePrecision.DAY:
        return Publication(evidence.addressed, "address of the page")
    plain = _of_page(shown, evidence.local_time)
    if plain is not None:
        return plain
    return _guessed(evidence, shown)


def _stated(evidence: PageEvidence) -> Iterator[_Stated]:
    """Yield the dates that metadata state, the best first."""
    data, metas = evidence.linked_data, evidence.metas
    values: list[tuple[object, str]] = [(data.article.get("datePublished"), "json-ld datePublished")]
    values.append((metas.get(_FIRST_META), f"meta {_FIRST_META}"))
    values += [(page.get("datePublished"), "json-ld datePublished") for page in data.pages]
    values += [(value, "json-ld datePublished") for value in data.broken if len(data.broken) == 1]
    values.append((metas.get(_HEAD_ITEM), _HEAD_ITEM))
    values += [(value, _HEAD_ITEM) for value in _item_dates(evidence)]
    values += [(metas.get(name), f"meta {name}") for name in _META_NAMES]
    values += [(node.get(name), f"json-ld {name}") for node in (data.article, *data.pages) for name in _PAGE_FIELDS[1:]]
    for value, origin in values:
        stamp = read_stamp(value, order=evidence.order, language=evidence.language)
        if stamp is not None:
            yield _Stated(stamp, origin)


def _item_dates(evidence: PageEvidence) -> Iterator[str]:
    """Yield the dates in microdata of the item that holds the headline, else of the first one outside side boxes."""
    found = evidence.lines.item_dates
    if not found:
        return
    outside = evidence.lines.regions_outside(evidence.headline)
    inside = [item for item in found if item.region < 0 or not outside[item.region]]
    own = evidence.lines.lines[evidence.headline].item if evidence.headline is not None else -1
    chosen = [item for item in inside if item.item == own] or inside
    if chosen:
        first = chosen[0].item
        yield from (item.value for item in chosen if item.item == first)


def _of_metadata(stated: Sequence[_Stated], evidence: PageEvidence, beside: Sequence[ShownDate]) -> Publication:
    """Return the best of the stated dates: as precise as the others allow, on the day that the page itself shows.

    The day of the address counts more where the page shows it beside its headline: metadata have the day on which a
    page was moved or made anew.
    """
    best = stated[0]
    address = evidence.addressed
    is_confirmed = bool(_addressed(evidence)) and any(each.published == address for each in beside)
    if address is not None and is_confirmed and _is_far(best.stamp.published, address):
        return Publication(address, "address of the page, and a line with it")
    if best.stamp.published.precision is not DatePrecision.DAY:
        days = [*(each for each in stated[1:]), *_addressed(evidence)]
        finer = [each for each in days if _is_day_in(each.stamp.published, best.stamp.published)]
        best = finer[0] if finer else best
    moment = best.stamp.moment
    if moment is None:
        return Publication(best.stamp.published, best.origin)
    shown = [each.published.start for each in beside if each.published.start is not None and each.moment is None]
    addressed = [each.stamp.published.start for each in _addressed(evidence) if each.stamp.published.start is not None]
    day, where = _local_day(moment, shown, addressed, evidence.local_time)
    if day is None or day == best.stamp.published.start:
        return Publication(best.stamp.published, best.origin)
    return Publication(day_interval(day), f"{best.origin}, {where}")


def _local_day(
    moment: datetime, shown: Sequence[date], addressed: Sequence[date], local_time: LocalTime
) -> tuple[date | None, str]:
    """Return the day of a moment in UTC where the page was published, and what tells so; None when nothing does."""
    days = {day for day in (*shown, *addressed) if is_local_day(moment, day)}
    if len(days) == 1:
        return days.pop(), "on the day that the page shows"
    if days:
        return None, ""
    return local_time.day_of(moment), local_time.origin


def _addressed(evidence: PageEvidence) -> Sequence[_Stated]:
    day = evidence.addressed
    if day is None or day.precision is not DatePrecision.DAY:
        return ()
    return (_Stated(Stamp(day), "address of the page"),)


def _is_far(stated: DateInterval, day: DateInterval) -> bool:
    """True when a stated date is not within a day of another one."""
    if stated.start is None or stated.end is None or day.start is None:
        return False
    return not stated.start - _A_DAY <= day.start <= stated.end + _A_DAY


def _is_day_in(day: DateInterval, whole: DateInterval) -> bool:
    if day.precision is not DatePrecision.DAY or day.start is None or whole.start is None or whole.end is None:
        return False
    return whole.start <= day.start <= whole.end


def _of_page(shown: Sequence[ShownDate], local_time: LocalTime) -> Publication | None:
    """Return the date that a page shows beside its headline, or with the word "published" anywhere in the article."""
    near = [each for each in shown if each.is_beside_headline and each.role is not Role.CHANGED]
    ranked = sorted(near, key=lambda each: (each.role is not Role.PUBLISHED, not each.is_marked, each.is_before))
    for each in ranked:
        if each.role is Role.PUBLISHED or each.is_marked or not each.is_before:
            return _of_shown(each, near, local_time)
    said = {each.published.value: each for each in shown if each.role is Role.PUBLISHED}
    if len(said) == 1:
        [each] = said.values()
        return Publication(each.published, each.origin)
    return None


def _of_shown(chosen: ShownDate, near: Sequence[ShownDate], local_time: LocalTime) -> Publication:
    if chosen.moment is not None:
        days = [each.published.start for each in near if each.moment is None and each.published.start is not None]
        day, where = _local_day(chosen.moment, days, (), local_time)
        if day is not None and day != chosen.published.start:
            return Publication(day_interval(day), f"{chosen.origin}, {where}")
    return Publication(chosen.published, chosen.origin)


def _guessed(evidence: PageEvidence, shown: Sequence[ShownDate]) -> Publication | None:
    """Return a date from weak evidence, as approximate: a change, the picture, the only date in the text."""
    for value, origin in _changes(evidence):
        stamp = read_stamp(value, order=evidence.order, language=evidence.language)
        if stamp is not None and stamp.published.precision is DatePrecision.DAY:
            return _guess(stamp.published, origin)
    changed = [each for each in shown if each.role is Role.CHANGED and each.is_beside_headline]
    if changed:
        return _guess(changed[0].published, "line with the date of a change")
    if evidence.pictured is not None and evidence.pictured.precision is DatePrecision.DAY:
        return _guess(evidence.pictured, "address of the picture of the page")
    before = [each for each in shown if each.is_beside_headline and each.role is not Role.CHANGED]
    if before:
        return _guess(before[0].published, "date before the headline")
    if evidence.addressed is not None:
        return Publication(evidence.addressed, "address of the page")
    return None


def _changes(evidence: PageEvidence) -> Iterator[tuple[object, str]]:
    nodes: Sequence[Node] = (evidence.linked_data.article, *evidence.linked_data.pages)
    for node in nodes:
        yield node.get("dateModified"), "json-ld dateModified"
    for name in _CHANGE_NAMES:
        yield evidence.metas.get(name), f"meta {name}"


def _guess(published: DateInterval, origin: str) -> Publication:
    return Publication(replace(published, approximate=True), f"{origin}, a guess")
