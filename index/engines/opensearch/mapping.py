"""The fields of an index on the server, which its template has, and the versions of documents that a commit shows.

Text fields of `index.fields` are three on the server:

- `body`: the terms by position, for phrases.
- `body_weights`: each term once, with its frequency in tenths, in which boilerplate counts little. For words, and for
  the score.
- `body_terms`: the different terms as keywords, for lists of terms with exact frequencies.

Each document has the number of the commit that brought it (`from`) and of the one that took it away (`to`). A commit
shows those that came by then and were not gone, so that commits need no files of their own.
"""

from collections.abc import Mapping
from typing import Any

from index.analyzer import ANALYZER_FINGERPRINT
from index.engines import scoring
from index.engines.opensearch.options import ServerOptions
from index.fields import TEXT_FIELDS
from index.keywords.values import KEYWORD_FIELDS, SCHEMA_FINGERPRINT

__all__ = [
    "ANY_OF",
    "CHECK",
    "DAY",
    "FINGERPRINT",
    "FOREVER",
    "LANGUAGE",
    "SEPARATOR",
    "TENTHS",
    "VERSION",
    "index_body",
    "length_field",
    "terms_field",
    "version_filter",
    "weights_field",
]

VERSION = 1
"""The version of the fields of an index."""

FINGERPRINT = f"{VERSION};{ANALYZER_FINGERPRINT};{SCHEMA_FINGERPRINT}"
"""Changes whenever the same document is stored in another way."""

FOREVER = 2**62
"""The number in `to` of documents that no commit has taken away."""

SEPARATOR = "\x01"
"""Stands between a term and its frequency; no term holds it, and to the server it is no blank."""

TENTHS = 10
"""Frequencies are whole numbers on the server: tenths of a word."""

ANY_OF = "any_of"
"""The analyzer of queries for any of several terms, with `SEPARATOR` between them."""

DAY = "day"
LANGUAGE = "language"
CHECK = "check"

# One alternative of a misspelled word of 30 letters with two edits takes about 20,000 characters.
_MAX_PATTERN = 100_000

Body = dict[str, Any]


def weights_field(name: str) -> str:
    """The field with the weighted frequencies of a text field."""
    return f"{name}_weights"


def terms_field(name: str) -> str:
    """The field that lists the values of a field: its terms for a text field."""
    return f"{name}_terms" if name in TEXT_FIELDS else name


def length_field(name: str) -> str:
    """The field with the length of a text, in tenths of a word."""
    return f"{name}_length"


def version_filter(number: int) -> list[Body]:
    """Return the filters that leave the documents of a commit."""
    return [{"range": {"from": {"lte": number}}}, {"range": {"to": {"gt": number}}}]


def index_body(options: ServerOptions) -> Mapping[str, Any]:
    """Return settings and fields of the indexes of a name: what its template has."""
    copies: Body = (
        {"auto_expand_replicas": "0-1"} if options.replicas is None else {"number_of_replicas": options.replicas}
    )
    return {
        "settings": {
            "number_of_shards": options.shards,
            **copies,
            # Only a commit needs what was written to be found.
            "refresh_interval": "-1",
            "codec": "best_compression",
            "max_regex_length": _MAX_PATTERN,
            "analysis": _ANALYSIS,
            "similarity": {
                f"{kind}_{name}": {"type": "scripted", "script": {"source": _formula(b, unit)}}
                for name, b in (("body", scoring.BODY_B), ("title", scoring.TITLE_B))
                for kind, unit in (("weights", TENTHS), ("words", 1))
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"dossier": options.name},
            "properties": dict(_properties()),
        },
    }


_ANALYSIS: Body = {
    "filter": {
        "weights": {"type": "delimited_term_freq", "delimiter": SEPARATOR},
        "each": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{SEPARATOR}]+)"]},
    },
    "analyzer": {
        "weights": {"type": "custom", "tokenizer": "whitespace", "filter": ["weights"]},
        "value_weights": {"type": "custom", "tokenizer": "keyword", "filter": ["weights"]},
        "values": {"type": "custom", "tokenizer": "keyword"},
        # Several terms in one place of a query: their frequencies count together.
        ANY_OF: {"type": "custom", "tokenizer": "keyword", "filter": ["each"]},
    },
}


def _formula(b: float, unit: int) -> str:
    """Return BM25 without the rarity of the term, which a query brings along.

    The boost of the query is the average length: it is the one number that a query can hand to a similarity.
    """
    return (
        f"double f = doc.freq / {unit}.0; "
        f"return f * {scoring.K1 + 1} / (f + {scoring.K1} * ({1 - b} + {b} * doc.length / ({unit}.0 * query.boost)));"
    )


def _properties() -> Body:
    number = {"type": "long"}
    kept: Body = {"type": "integer", "index": False}
    found: Body = {
        "id": {"type": "keyword"},
        "from": number,
        "to": number,
        DAY: kept,
        CHECK: {**number, "index": False},
    }
    found[LANGUAGE] = {"type": "keyword", "doc_values": False}
    for name in TEXT_FIELDS:
        like = "title" if name == "title" else "body"
        found[name] = {
            "type": "text",
            "analyzer": "values" if name == "entities" else "whitespace",
            "position_increment_gap": 0,
            "similarity": f"words_{like}",
        }
        found[weights_field(name)] = {
            "type": "text",
            "analyzer": "value_weights" if name == "entities" else "weights",
            "search_analyzer": "values",
            "index_options": "freqs",
            "similarity": f"weights_{like}",
        }
        found[terms_field(name)] = {"type": "keyword", "index": False}
        found[length_field(name)] = kept
    for name in KEYWORD_FIELDS:
        found[name] = {"type": "keyword"}
    return found
