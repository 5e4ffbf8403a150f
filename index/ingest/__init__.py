"""From sources to extracted articles in the catalog: workers read and extract, the driver compares and commits.

Also the steps after it: linking again, resolution, and writing the engine. Imports no library of SQL or of an engine.
"""

__all__: list[str] = []
