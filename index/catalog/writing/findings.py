"""The findings of articles (mentions, links, values, explained names) as rows, stored and cleared with their counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Integer, cast, delete, func, select

from index.catalog.records import ExtractedArticle
from index.catalog.schema import amounts, appearances, definitions, forms, intervals, mentions, stale_names
from index.catalog.writing.counts import SpellingCounts, count_spellings, forget_companions, mark_explained
from index.catalog.writing.dictionaries import Dictionaries, Key
from index.catalog.writing.statements import add_counts, chunks, insert_missing, insert_rows
from index.identity.records import LocalLink
from index.keywords.documents import is_in_story
from index.model import Mention

__all__ = ["clear_findings", "store_findings"]

# A long text has a million mentions: their rows would take a gigabyte.
_ROWS_AT_ONCE = 20_000

_BY_ARTICLE = (mentions, amounts, intervals, definitions)


@dataclass(slots=True)
class _Findings:
    """Rows of one batch, collected for bulk inserts. Values of a row have the types of its columns."""

    mentions: list[dict[str, Any]] = field(default_factory=list)
    amounts: list[dict[str, Any]] = field(default_factory=list)
    intervals: list[dict[str, Any]] = field(default_factory=list)
    definitions: list[dict[str, Any]] = field(default_factory=list)
    # Name and text to uses and mentions; name, article and spelling to mentions.
    forms: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    appearances: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def insert(self, connection: Connection) -> None:
        """Insert the rows of mentions and their values that were collected so far."""
        for table, rows in ((mentions, self.mentions), (amounts, self.amounts), (intervals, self.intervals)):
            insert_rows(connection, table, rows)
            rows.clear()


def store_findings(
    connection: Connection,
    dictionaries: Dictionaries,
    numbers: Mapping[str, int],
    extracted: Mapping[str, ExtractedArticle],
    *,
    replaced: frozenset[int],
) -> None:
    """Store what was found in articles, whose numbers are `numbers`, and add it to the counts.

    `replaced` are the numbers of those that were there before.
    """
    lookups = _look_up(connection, dictionaries, extracted.values())
    findings = _Findings()
    for article_id, item in extracted.items():
        _collect(connection, findings, lookups, numbers[article_id], item)
    findings.insert(connection)
    insert_missing(connection, definitions, findings.definitions)
    used_forms = [
        {"name": name, "text": text, "uses": uses, "mentions": count}
        for (name, text), (uses, count) in findings.forms.items()
    ]
    add_counts(connection, forms, ("uses", "mentions"), used_forms)
    appears = [
        {"name": name, "article": article, "spelling": spelling, "mentions": count}
        for (name, article, spelling), count in sorted(findings.appearances.items())
    ]
    insert_rows(connection, appearances, appears)
    spelled: dict[int, SpellingCounts] = {}
    for (_, _, spelling), count in findings.appearances.items():
        spelled.setdefault(spelling, SpellingCounts()).add(1, count)
    count_spellings(connection, spelled)
    insert_missing(connection, stale_names, [{"name": name} for name in sorted({name for name, _ in findings.forms})])
    # Counted companions are those up to some article: only later articles may bring new ones.
    in_replaced = {name for name, article, _ in findings.appearances if article in replaced}
    forget_companions(connection, sorted(in_replaced))
    mark_explained(connection, {(row["kind"], row["short_key"]) for row in findings.definitions})


def clear_findings(connection: Connection, numbers: Sequence[int]) -> None:
    """Delete all that was found in articles, and take it off the counts."""
    for chunk in chunks(numbers):
        form_counts = select(
            mentions.c.name,
            mentions.c.text,
            func.count().label("uses"),
            func.sum(cast(mentions.c.in_story, Integer)).label("mentions"),
        ).where(mentions.c.article.in_(chunk), mentions.c.name.is_not(None))
        rows = connection.execute(form_counts.group_by(mentions.c.name, mentions.c.text)).all()
        used_forms = [
            {"name": name, "text": text, "uses": -uses, "mentions": -int(count or 0)}
            for name, text, uses, count in rows
        ]
        add_counts(connection, forms, ("uses", "mentions"), used_forms)
        used_names = sorted({row["name"] for row in used_forms})
        insert_missing(connection, stale_names, [{"name": name} for name in used_names])
        forget_companions(connection, used_names)
        spelled: dict[int, SpellingCounts] = {}
        for some_names in chunks(used_names):
            appears = (appearances.c.name.in_(some_names), appearances.c.article.in_(chunk))
            for spelling, count in connection.execute(
                select(appearances.c.spelling, appearances.c.mentions).where(*appears)
            ):
                spelled.setdefault(spelling, SpellingCounts()).add(-1, count)
            connection.execute(delete(appearances).where(*appears))
        count_spellings(connection, spelled)
        explained = select(definitions.c.kind, definitions.c.short_key).distinct()
        explained = explained.where(definitions.c.article.in_(chunk))
        mark_explained(connection, [(kind, short_key) for kind, short_key in connection.execute(explained)])
        for table in _BY_ARTICLE:
            connection.execute(delete(table).where(table.c.article.in_(chunk)))


@dataclass(frozen=True, slots=True)
class _Lookups:
    texts: Mapping[Key, int]
    origins: Mapping[Key, int]
    grounds: Mapping[Key, int]
    names: Mapping[Key, int]
    spellings: Mapping[Key, int]


def _look_up(connection: Connection, dictionaries: Dictionaries, extracted: Iterable[ExtractedArticle]) -> _Lookups:
    items = list(extracted)
    found = [mention for item in items for mention in item.mentions]
    links = [link for item in items for link in item.links]
    names = dictionaries.names.numbers(connection, map(_name, links))
    spelled = ((names[_name(link)], link.name.text, link.name.reference or "") for link in links)
    return _Lookups(
        texts=dictionaries.texts.numbers(connection, ((mention.text,) for mention in found)),
        origins=dictionaries.origins.numbers(connection, map(_origin, found)),
        grounds=dictionaries.grounds.numbers(connection, ((link.rule, link.evidence) for link in links)),
        names=names,
        spellings=dictionaries.spellings.numbers(connection, spelled),
    )


def _collect(
    connection: Connection, findings: _Findings, lookups: _Lookups, number: int, item: ExtractedArticle
) -> None:
    links = {link.mention_index: link for link in item.links}
    for index, mention in enumerate(item.mentions):
        if len(findings.mentions) >= _ROWS_AT_ONCE:
            findings.insert(connection)
        start = mention.span.start
        text = lookups.texts[(mention.text,)]
        in_story = is_in_story(item.article, mention)
        name = ground = None
        link = links.get(index)
        if link is not None:
            name = lookups.names[_name(link)]
            ground = lookups.grounds[(link.rule, link.evidence)]
            spelling = lookups.spellings[(name, link.name.text, link.name.reference or "")]
            uses, count = findings.forms.get((name, text), (0, 0))
            findings.forms[name, text] = (uses + 1, count + in_story)
            key = (name, number, spelling)
            findings.appearances[key] = findings.appearances.get(key, 0) + in_story
        findings.mentions.append(
            {
                "article": number,
                "start": start,
                "end": mention.span.end,
                "text": text,
                "origin": lookups.origins[_origin(mention)],
                "in_furniture": mention.in_furniture,
                "in_story": in_story,
                "name": name,
                "ground": ground,
            }
        )
        if mention.amount is not None:
            amount = mention.amount
            findings.amounts.append(
                {
                    "article": number,
                    "start": start,
                    "currency": amount.currency,
                    "value": None if amount.value is None else str(amount.value),
                    "upper": None if amount.upper is None else str(amount.upper),
                    "approximate": amount.approximate,
                }
            )
        if mention.interval is not None:
            interval = mention.interval
            findings.intervals.append(
                {
                    "article": number,
                    "start": start,
                    "first": None if interval.start is None else interval.start.isoformat(),
                    "last": None if interval.end is None else interval.end.isoformat(),
                    "precision": interval.precision.value,
                    "value": interval.value,
                    "approximate": interval.approximate,
                    "anchor": interval.anchor,
                }
            )
    findings.definitions.extend(
        {"article": number, "kind": item.kind.value, "short_key": item.short_key, "long_key": item.long_key}
        for item in item.definitions
    )


def _origin(mention: Mention) -> Key:
    return (mention.kind._value_, mention.component, mention.evidence, mention.reference or "")


def _name(link: LocalLink) -> Key:
    # `value` of an enumeration is a slow property, and this is asked of every mention.
    return (link.name.kind._value_, link.name.key)
