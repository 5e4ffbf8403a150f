"""How a run of the indexer is done: what the worker processes do, how they are kept alive, what they report.

Knows no SQL and no engine; `index.indexer` puts it together with the catalog and the engine.
"""

__all__: list[str] = []
