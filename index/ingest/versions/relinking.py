"""Links all articles again from their stored mentions, for a new version of linking. Extracts nothing."""

from collections.abc import Callable, Sequence
from itertools import islice

from index.catalog.records import ExtractedArticle
from index.catalog.store import Catalog
from index.identity.linking import link_article, mention_splits_in_force
from index.ingest.versions import version_0_1
from index.ingest.versions.outdated import META_LINKING
from index.packs.loader import load_packs
from index.stages import StageRecord, linking_stage

__all__ = ["relink_outdated"]

_ARTICLES_AT_ONCE = 200


def relink_outdated(catalog: Catalog, packs: Sequence[str], *, show: Callable[[int], None] | None = None) -> int:
    """Link all articles again unless the catalog says that this version did with these packs; return their number.

    Raises `PackError` for a missing pack. To be called in a transaction. `show` is called with the number of articles
    that are done.
    """
    current = linking_stage(packs)
    before = catalog.read_meta(META_LINKING)
    record = StageRecord.parse(before) if before else version_0_1.linking_of()
    done = 0
    if record != current:
        splits, known = mention_splits_in_force(catalog), load_packs(packs)
        reader = catalog.reader()
        ids = reader.article_ids()
        while group := list(islice(ids, _ARTICLES_AT_ONCE)):
            mentions = reader.mentions(group)
            catalog.relink(
                [
                    ExtractedArticle(
                        article, "", mentions[key], *link_article(article, mentions[key], splits, packs=known)
                    )
                    for key, article in reader.articles(group).items()
                ]
            )
            done += len(group)
            if show is not None:
                show(done)
    if before != current.text:
        catalog.write_meta(META_LINKING, current.text)
    return done
