"""Measure decisions and new articles in a large archive: only clusters that they touch are resolved again.

    python -m tests.benchmarks.changes FOLDER --articles 100000 --names 25000

The first call makes the archive in FOLDER, which takes minutes; later ones use it again. Articles are made up: each
mentions a dozen of the names of `tests.benchmarks.identity`, the frequent ones more often, as Zipf's law has it.
"""

import argparse
import itertools
import random
import resource
import sys
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from index.catalog.records import ExtractedArticle
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from index.identity.decisions import AnyDecision, KeepApart, Merge, Reject, Rename, Retype, decide, undo
from index.identity.incremental.view import Knowledge
from index.identity.naming.keys import key_of
from index.identity.naming.words import builtin_words
from index.identity.records import LocalLink, Name
from index.identity.resolving import resolve
from index.model import Article, Kind, Mention, Span
from index.settings import Settings
from tests.benchmarks.identity import make_names

__all__ = ["main", "make_articles"]

_MENTIONS = 12
_ARTICLES_AT_ONCE = 2_000
_NEW_ARTICLES = 100
# The share of names that new articles take from a list of others.
_SHARE_OF_NEW = 0.2


def make_articles(
    names: Sequence[tuple[Kind, str]], count: int, *, first: int = 0, new: Sequence[tuple[Kind, str]] = ()
) -> Iterator[ExtractedArticle]:
    """Yield made-up articles, always the same; some of their names are of `new`."""
    dice = random.Random(first + 1)
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(names))))
    keys: dict[tuple[Kind, str], str] = {}
    for number in range(first, first + count):
        chosen = {
            dice.choice(new)
            if new and dice.random() < _SHARE_OF_NEW
            else names[bisect(weights, dice.random() * weights[-1])]
            for _ in range(_MENTIONS)
        }
        yield _article(f"{number:08}", sorted(chosen), keys)


def _article(number: str, chosen: Sequence[tuple[Kind, str]], keys: dict[tuple[Kind, str], str]) -> ExtractedArticle:
    mentions, links = [], []
    start = 0
    for index, (kind, text) in enumerate(chosen):
        if (kind, text) not in keys:
            keys[kind, text] = key_of(text, kind, reference=None, words=builtin_words())
        mentions.append(Mention(Span(start, start + len(text)), text, kind, "benchmark", "made up"))
        links.append(LocalLink(index, Name(kind, keys[kind, text], text), "name", "the name as it is written"))
        start += len(text) + 2
    body = ". ".join(text for _, text in chosen)
    article = Article(f"{number}", f"news/{number}.txt", number, chosen[0][1], body)
    return ExtractedArticle(article, article.locator, tuple(mentions), tuple(links))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print CPU seconds of each kind of change."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.changes", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--names", type=int, default=25_000)
    options = parser.parse_args(arguments)
    names = list(dict.fromkeys(make_names(options.names)))
    random.Random(1).shuffle(names)
    is_new = not (options.folder / CATALOG_FILE).is_file()
    with open_catalog(options.folder) as catalog:
        if is_new:
            made = make_articles(names, options.articles)
            while batch := list(itertools.islice(made, _ARTICLES_AT_ONCE)):
                catalog.store(batch, extraction="benchmark", run=1)
            catalog.optimize()
        _measure(catalog, names)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the most")
    return 0


def _measure(catalog: Catalog, names: Sequence[tuple[Kind, str]]) -> None:
    packs = Settings().packs
    _timed("everything", lambda: _resolve(catalog, packs, is_complete=True))
    popular, rare, other = _choose(catalog)
    decisions: tuple[AnyDecision, ...] = (
        Rename(popular, "Ismail Demir"),
        KeepApart(popular, other),
        Retype(popular, Kind.ORGANIZATIONS),
        Reject(popular),
        Merge(popular, rare),
    )
    for decision in decisions:
        title = type(decision).__name__
        number = _timed(title, partial(_decide, catalog, packs, decision))
        _timed(f"undo {title}", partial(_undo, catalog, packs, number))
    new = list(make_names(1_000, seed=2))
    batch = list(make_articles(names, _NEW_ARTICLES, first=10_000_000, new=new))
    catalog.store(batch, extraction="benchmark", run=1)
    _timed(f"{_NEW_ARTICLES} new articles", lambda: _resolve(catalog, packs))
    catalog.remove([item.article.id for item in batch])
    _timed("the same removed", lambda: _resolve(catalog, packs))


def _choose(catalog: Catalog) -> tuple[str, str, str]:
    """Ids of a person in many articles, about 1,600, and of two in few."""
    resolution = catalog.resolution()
    print(f"{len(resolution.assignments)} names, {len(resolution.entities)} entities")
    people = [entity.id for entity in resolution.entities if entity.kind is Kind.PEOPLE]
    counts = catalog.reader().entities(people)
    people.sort(key=lambda entity_id: -counts[entity_id].documents)
    popular = next(entity_id for entity_id in people if counts[entity_id].documents <= 1_600)
    print(f"merged: {counts[popular].documents} articles")
    return popular, people[len(people) // 2], people[len(people) // 2 + 1]


def _resolve(catalog: Catalog, packs: Sequence[str], *, is_complete: bool = False) -> int:
    with catalog.transaction():
        return resolve(catalog, Knowledge.of_packs(packs), is_complete=is_complete).documents


def _decide(catalog: Catalog, packs: Sequence[str], decision: AnyDecision) -> int:
    with catalog.transaction():
        result = decide(catalog, decision, knowledge=Knowledge.of_packs(packs))
    return result.decisions[0].id


def _undo(catalog: Catalog, packs: Sequence[str], number: int) -> int:
    with catalog.transaction():
        return undo(catalog, number, knowledge=Knowledge.of_packs(packs)).changes.documents


def _timed(title: str, work: Callable[[], int]) -> int:
    started = time.process_time()
    result = work()
    print(f"{title:20} {time.process_time() - started:6.2f} s CPU", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
