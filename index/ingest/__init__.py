"""From sources to articles in the catalog: workers read and extract, the driver compares with the catalog and stages.

`indexer` is the whole of a run, `driver` its loop, `pools` the kinds of workers. Also what an archive needs after a
change of versions: `outdated`, `relinking`, `version_0_1`. Imports no library of SQL or of an engine.
"""

__all__: list[str] = []
