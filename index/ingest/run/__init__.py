"""A run of the indexer: its tasks, what it compares with the catalog, what it stores, and what it forgets."""
