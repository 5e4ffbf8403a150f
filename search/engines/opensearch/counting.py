"""Values with exact counts, whatever the number of shards.

Each shard tells its most frequent values only. The server says by how much a sum over shards may be too small; while
that is not 0, the shards are asked for more values.
"""

from collections.abc import Sequence

from index.engines.opensearch.mapping import version_filter
from index.engines.opensearch.server import Server
from index.engines.opensearch.state import Commit
from search.engines.opensearch.requests import Body, ask_all

__all__ = ["BY_COUNT", "ask_for_values", "is_exact", "wider"]

# Enough for most facets at the first try.
_SHARD_VALUES = 1_000
_WIDER = 16
_MAX_SHARD_VALUES = 2**31 - 1
BY_COUNT = [{"_count": "desc"}, {"_key": "asc"}]


def is_exact(found: Body) -> bool:
    """Return whether the counts of an aggregation of values are exact, and no value is missing."""
    return int(found.get("doc_count_error_upper_bound", 0)) <= 0


def wider(terms: Body, shards: int, tries: int = 0) -> Body:
    """Return an aggregation of values that takes more of them from each shard; one shard needs no more."""
    if shards == 1:
        return {"terms": terms}
    values = max(int(terms["size"]) * 2, _SHARD_VALUES) * _WIDER**tries
    return {"terms": {**terms, "shard_size": min(values, _MAX_SHARD_VALUES)}}


def ask_for_values(server: Server, commit: Commit, questions: Sequence[Body]) -> list[list[Body]]:
    """Return the buckets of values by count, then by value; one request for all, and more where that is not exact.

    Each question has `terms`, an aggregation, and `filter`, the filters of the documents that count.
    """
    found: list[list[Body]] = [[] for _ in questions]
    open_ = list(range(len(questions)))
    tries = 0
    while open_:
        bodies = [_question(questions[at], commit, tries) for at in open_]
        answers = [answer["aggregations"]["values"] for answer in ask_all(server, commit.index, bodies)]
        for at, answer in zip(open_, answers, strict=True):
            found[at] = answer["buckets"]
        open_ = [at for at, answer in zip(open_, answers, strict=True) if not is_exact(answer)]
        tries += 1
    return found


def _question(question: Body, commit: Commit, tries: int) -> Body:
    return {
        "size": 0,
        "track_total_hits": False,
        "query": {"bool": {"filter": [*question["filter"], *version_filter(commit.number)]}},
        "aggs": {"values": wider({**question["terms"], "order": BY_COUNT}, commit.shards, tries)},
    }
