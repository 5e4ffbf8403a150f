"""Keeping articles, their mentions and their links, and taking them out again with every count they made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, cast, delete, func, select, tuple_, update

from index.catalog.counters import ARTICLES, reserve
from index.catalog.dictionaries import Dictionaries, Key
from index.catalog.pending import mark_pending
from index.catalog.records import ExtractedArticle, SourceState
from index.catalog.rows import article_values
from index.catalog.schema import (
    amounts,
    appearances,
    articles,
    definitions,
    forms,
    intervals,
    mentions,
    names,
    sources,
    spellings,
    stale_names,
)
from index.catalog.statements import add_counts, chunks, execute_many, insert_missing, insert_rows
from index.identity.records import LocalLink
from index.keywords.documents import is_in_story
from index.model import Mention

__all__ = ["relink_articles", "remove_articles", "remove_files", "store_articles", "store_sources"]

_BY_ARTICLE = (mentions, amounts, intervals, definitions)


def store_articles(
    connection: Connection, dictionaries: Dictionaries, extracted: Sequence[ExtractedArticle], *, extraction: str
) -> tuple[int, int]:
    """Add articles, or put them in the place of those with the same ids; of two with one id the later wins.

    `extraction` is the fingerprint of what extracted them. Their documents become pending. Returns how many were new
    and how many were there before.
    """
    latest = {item.article.id: item for item in extracted}
    numbers = _numbers(connection, latest)
    _clear(connection, list(numbers.values()))
    new = [article_id for article_id in latest if article_id not in numbers]
    first = reserve(connection, ARTICLES, len(new))
    extraction_number = dictionaries.texts.numbers(connection, [(extraction,)])[(extraction,)]
    fresh = {article_id: number for number, article_id in enumerate(new, start=first)}
    rows = {
        article_id: {**article_values(item.article), "file": item.file, "extraction": extraction_number}
        for article_id, item in latest.items()
    }
    insert_rows(connection, articles, [{"number": number, **rows[key]} for key, number in fresh.items()])
    if numbers:
        changed = [{"_number": number, **rows[key]} for key, number in numbers.items()]
        connection.execute(update(articles).where(articles.c.number == bindparam("_number")), changed)
    _store_findings(connection, dictionaries, {**numbers, **fresh}, latest)
    mark_pending(connection, latest)
    return len(fresh), len(numbers)


def relink_articles(connection: Connection, dictionaries: Dictionaries, extracted: Sequence[ExtractedArticle]) -> None:
    """Put what was found in articles that are there in the place of what was; their documents become pending.

    The articles themselves, and the files that they are from, stay as they are.
    """
    items = {item.article.id: item for item in extracted}
    numbers = _numbers(connection, items)
    _clear(connection, list(numbers.values()))
    _store_findings(connection, dictionaries, numbers, {article_id: items[article_id] for article_id in numbers})
    mark_pending(connection, numbers)


def store_sources(connection: Connection, states: Sequence[SourceState]) -> None:
    """Remember files that were read to their end; of two states of one file, the later."""
    latest = {state.locator: state for state in states}
    for chunk in chunks(latest.values()):
        connection.execute(delete(sources).where(sources.c.locator.in_([state.locator for state in chunk])))
        insert_rows(connection, sources, [asdict(state) for state in chunk])


def remove_files(connection: Connection, files: Iterable[str]) -> int:
    """Take out all articles of files; returns how many there were."""
    removed = 0
    for chunk in chunks(files):
        ids = connection.scalars(select(articles.c.id).where(articles.c.file.in_(chunk))).all()
        removed += remove_articles(connection, ids)
        connection.execute(delete(sources).where(sources.c.locator.in_(chunk)))
    return removed


def remove_articles(connection: Connection, ids: Iterable[str]) -> int:
    """Take articles out and make their documents pending; returns how many there were."""
    removed = 0
    for chunk in chunks(ids):
        numbers = _numbers(connection, chunk)
        _clear(connection, list(numbers.values()))
        connection.execute(delete(articles).where(articles.c.number.in_(numbers.values())))
        mark_pending(connection, numbers)
        removed += len(numbers)
    return removed


def _numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(ids):
        statement = select(articles.c.id, articles.c.number).where(articles.c.id.in_(chunk))
        found.update((article_id, number) for article_id, number in connection.execute(statement))
    return found


def _clear(connection: Connection, numbers: Sequence[int]) -> None:
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
        spelled: dict[int, _Counts] = {}
        for some_names in chunks(used_names):
            appears = (appearances.c.name.in_(some_names), appearances.c.article.in_(chunk))
            for spelling, count in connection.execute(
                select(appearances.c.spelling, appearances.c.mentions).where(*appears)
            ):
                spelled.setdefault(spelling, _Counts()).add(-1, count)
            connection.execute(delete(appearances).where(*appears))
        _count_spellings(connection, spelled)
        explained = select(definitions.c.kind, definitions.c.short_key).distinct()
        explained = explained.where(definitions.c.article.in_(chunk))
        _mark_explained(connection, [(kind, short_key) for kind, short_key in connection.execute(explained)])
        for table in _BY_ARTICLE:
            connection.execute(delete(table).where(table.c.article.in_(chunk)))


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


def _store_findings(
    connection: Connection,
    dictionaries: Dictionaries,
    numbers: Mapping[str, int],
    extracted: Mapping[str, ExtractedArticle],
) -> None:
    lookups = _look_up(connection, dictionaries, extracted.values())
    findings = _Findings()
    for article_id, item in extracted.items():
        _collect(findings, lookups, numbers[article_id], item)
    insert_rows(connection, mentions, findings.mentions)
    insert_rows(connection, amounts, findings.amounts)
    insert_rows(connection, intervals, findings.intervals)
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
    spelled: dict[int, _Counts] = {}
    for (_, _, spelling), count in findings.appearances.items():
        spelled.setdefault(spelling, _Counts()).add(1, count)
    _count_spellings(connection, spelled)
    insert_missing(connection, stale_names, [{"name": name} for name in sorted({name for name, _ in findings.forms})])
    _mark_explained(connection, {(row["kind"], row["short_key"]) for row in findings.definitions})


def _mark_explained(connection: Connection, short_names: Iterable[tuple[str, str]]) -> None:
    """Have names resolved again that articles explain in another way than before."""
    for chunk in chunks(sorted(short_names)):
        numbers = connection.scalars(select(names.c.id).where(tuple_(names.c.kind, names.c.key).in_(chunk)))
        insert_missing(connection, stale_names, [{"name": number} for number in numbers])


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
    names = dictionaries.names.numbers(connection, [_name(link) for link in links])
    spelled = [(names[_name(link)], link.name.text, link.name.reference or "") for link in links]
    return _Lookups(
        texts=dictionaries.texts.numbers(connection, [(mention.text,) for mention in found]),
        origins=dictionaries.origins.numbers(connection, [_origin(mention) for mention in found]),
        grounds=dictionaries.grounds.numbers(connection, [(link.rule, link.evidence) for link in links]),
        names=names,
        spellings=dictionaries.spellings.numbers(connection, spelled),
    )


def _collect(findings: _Findings, lookups: _Lookups, number: int, item: ExtractedArticle) -> None:
    links = {link.mention_index: link for link in item.links}
    for index, mention in enumerate(item.mentions):
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


@dataclass(slots=True)
class _Counts:
    uses: int = 0
    documents: int = 0
    mentions: int = 0

    def add(self, articles: int, mentions: int) -> None:
        """One article more (1) or less (-1), with so many mentions in its story."""
        self.uses += articles
        self.documents += articles * (mentions > 0)
        self.mentions += articles * mentions


def _count_spellings(connection: Connection, counts: Mapping[int, _Counts]) -> None:
    if not counts:
        return
    statement = update(spellings).where(spellings.c.id == bindparam("_id"))
    values = {name: spellings.c[name] + bindparam(f"_{name}") for name in ("uses", "documents", "mentions")}
    rows = [
        {"_id": spelling, "_uses": count.uses, "_documents": count.documents, "_mentions": count.mentions}
        for spelling, count in counts.items()
    ]
    execute_many(connection, statement.values(values), rows)
