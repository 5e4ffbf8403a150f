"""Link the mentions of articles, respecting splits by people, and link again after new decisions."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.catalog.reader import CatalogReader
from index.catalog.records import ExtractedArticle
from index.identity.applied.decided_clusters import in_force
from index.identity.applied.mention_splits import MentionSplit, apply_mention_splits, mention_splits_of
from index.identity.decision_json import arguments_of, read_decision
from index.identity.naming.keys import key_of
from index.identity.naming.words import builtin_words
from index.identity.records import AnyDecision, Definition, LocalLink
from index.identity.within_article import link_mentions
from index.model import Article, Mention

if TYPE_CHECKING:
    from index.catalog.store import Catalog

__all__ = ["link_article", "mention_splits_in_force", "relink", "with_mention_splits"]

_ARTICLES_AT_ONCE = 200
# Where the catalog remembers which mention_splits its links heed.
_META = "separations"


def link_article(
    article: Article, mentions: Sequence[Mention], mention_splits: Sequence[MentionSplit] = ()
) -> tuple[tuple[LocalLink, ...], tuple[Definition, ...]]:
    """The links of an article's mentions, and the short names that it explains itself by long ones."""
    links = link_mentions(mentions, body=article.body)
    if mention_splits:
        links = apply_mention_splits(links, mentions, article_id=article.id, mention_splits=mention_splits)
    return links, _definitions(mentions, links)


def _definitions(mentions: Sequence[Mention], links: Sequence[LocalLink]) -> tuple[Definition, ...]:
    words = builtin_words()
    found: dict[Definition, None] = {}
    for link in links:
        if link.rule == "acronym":
            mention = mentions[link.mention_index]
            short = key_of(mention.text, mention.kind, reference=mention.reference, words=words)
            found[Definition(link.name.kind, short, link.name.key)] = None
    return tuple(found)


def mention_splits_in_force(catalog: "Catalog") -> tuple[MentionSplit, ...]:
    """Return the splits of mentions in force."""
    return mention_splits_of(in_force(catalog.decisions()))


def with_mention_splits(
    extracted: Iterable[ExtractedArticle], mention_splits: Sequence[MentionSplit]
) -> list[ExtractedArticle]:
    """Return articles as extraction made them, with the splits of mentions applied."""
    if not mention_splits:
        return list(extracted)
    return [_linked_anew(item, mention_splits) for item in extracted]


def _linked_anew(item: ExtractedArticle, mention_splits: Sequence[MentionSplit]) -> ExtractedArticle:
    links = apply_mention_splits(item.links, item.mentions, article_id=item.article.id, mention_splits=mention_splits)
    return item if links == item.links else replace(item, links=links, definitions=_definitions(item.mentions, links))


def relink(catalog: "Catalog") -> None:
    """Apply the splits of mentions in force, and no others, to the links of all articles.

    Looks only at articles that one which came or went is about. To be called in a transaction.
    """
    wanted = [decision for decision in in_force(catalog.decisions()) if mention_splits_of([decision])]
    known = list(_read(catalog.read_meta(_META)))
    if wanted == known:
        return
    before, after = mention_splits_of(known), mention_splits_of(wanted)
    reader = catalog.reader()
    for ids in _article_ids(catalog, {*before}.symmetric_difference(after)):
        catalog.relink(_changed(reader, ids, before, after))
    catalog.write_meta(_META, json.dumps([arguments_of(decision) for decision in wanted], sort_keys=True))


def _changed(
    reader: CatalogReader, ids: Sequence[str], before: Sequence[MentionSplit], after: Sequence[MentionSplit]
) -> list[ExtractedArticle]:
    """Return the articles whose links change, with their new links."""
    mentions = reader.mentions(ids)
    found = []
    for article_id, article in reader.articles(ids).items():
        links, definitions = link_article(article, mentions[article_id], after)
        if links != link_article(article, mentions[article_id], before)[0]:
            found.append(ExtractedArticle(article, "", mentions[article_id], links, definitions))
    return found


def _read(text: str | None) -> Iterator[AnyDecision]:
    for arguments in json.loads(text or "[]"):
        yield read_decision("split", arguments)


def _article_ids(catalog: "Catalog", changed: Iterable[MentionSplit]) -> Iterator[list[str]]:
    found: set[str] = set()
    for mention_split in changed:
        own = (mention_split.own.kind, mention_split.own.key)
        found.update(catalog.articles_with({*mention_split.names, own}, article=mention_split.article))
    ids = sorted(found)
    for start in range(0, len(ids), _ARTICLES_AT_ONCE):
        yield ids[start : start + _ARTICLES_AT_ONCE]
