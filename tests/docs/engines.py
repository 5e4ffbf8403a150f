"""Makes docs/engines.md from what engines declare: `python -m tests.docs.engines > docs/engines.md`."""

from index.engines.registry import ENGINES
from search.engines.registry import engine_capabilities

__all__ = ["engines_page"]

_INTRODUCTION = """\
# Engines

An engine holds the documents so that they are found quickly. It is derived from the catalog: `search-cli rebuild`
writes it again, and `search-cli rebuild --engine NAME` writes another one. The engine of an index is the setting
`engine`.

## Choosing one

`whoosh` is the default, always there, and the faster one in most searches of archives that were measured. `tantivy`
needs a package, `pip install 'dossier-search[tantivy]'`, and finds phrases faster; figures are in
[ADR 16](adr/0016-an-engine-on-tantivy.md). `opensearch` keeps the index on servers, where it outgrows one machine or a
machine may fail: [OpenSearch](opensearch.md). To change the engine of an archive, name it in `search.toml` and run
`search-cli rebuild`; to change back, the same:

```toml
[engine]
name = "tantivy"
```

## What all engines agree on

*Equal on every engine*: the documents that match, totals, filters, facet counts, the order by date, and everything that
is made from those, such as snippets. *Close on every engine*: the order by relevance. At least 8 of the first 10 hits
are the same on average, and they are nearly as good (nDCG@10). One contract suite, `tests/contract`, holds every engine
to both.

## What they differ in
"""

_ROWS = {
    "can_pin_commits": "Readers name the commit that they see, so that catalog and index always agree",
    "is_exact_scores": "Scores are those of `index/engines/scoring.py` to the last digit",
    "has_term_dictionary": "Completes words and suggests other spellings from the words of the articles",
    "has_fuzzy_scores": "Prefixes and misspelled words score by how rare their words are",
    "has_exact_distinct": "The number of different values of a facet is exact",
    "max_facet_values": "How many values of a facet can be paged through",
}

_END = """\
Engines declare this in `Capabilities` (`index/engines/base.py`); callers ask before they rely on it.

## Adding an engine

1. A writer and a searcher: classes that keep the protocols `IndexWriter` (`index/engines/base.py`) and `Searcher`
   (`search/engines/base.py`). Their docstrings say what must hold: order, ties, repeated calls, errors.
2. A row in `ENGINES` (`index/engines/registry.py`). The contract suite runs over it by itself. A package of your own
   offers an engine without a change here, as an entry point of the group `dossier.engines` whose value is an
   `EngineEntry`:

   ```toml
   [project.entry-points."dossier.engines"]
   mine = "my_package.engine:ENTRY"
   ```

3. `python -m tests.docs.engines > docs/engines.md` brings this page up to date.

Terms come from `index/analyzer/`, by the language of the document, and keyword values from `index/keywords/values.py`;
an engine analyzes nothing itself. A leaf of a query may carry readings, terms that count instead in documents of some
languages (`search/query/ast.py`); `tests/contract/test_languages.py` says what that means for matches and scores.
"""


def engines_page() -> str:
    """The page: what engines agree on, a table of what they differ in, and how to add one."""
    capabilities = {name: engine_capabilities(name) for name in ENGINES}
    lines = [f"| | {' | '.join(f'`{name}`' for name in ENGINES)} |", f"|---|{'---|' * len(ENGINES)}"]
    for name, meaning in _ROWS.items():
        cells = [_in_words(getattr(declared, name)) for declared in capabilities.values()]
        lines.append(f"| {meaning} | {' | '.join(cells)} |")
    return "\n".join([_INTRODUCTION, *lines, "", _END])


def _in_words(value: bool | int | None) -> str:
    match value:
        case None:
            return "all"
        case bool():
            return "yes" if value else "no"
        case _:
            return f"{value:,}"


if __name__ == "__main__":
    print(engines_page(), end="")
