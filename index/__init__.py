"""What an article says, about whom, and how it is kept: readers, extraction, identity, catalog, index writers.

Imports nothing from `search` or `web`. Import names from the module that defines them.
"""

__all__: list[str] = []
