"""From sources to articles in the catalog: workers read and extract, the driver compares with the catalog and stages.

`indexer` is the whole of a run, `driver` its loop, `work` what a worker does, `pools` the kinds of workers, `versions`
what a change of versions leaves to do. Imports no library of SQL or of an engine.
"""

__all__: list[str] = []
