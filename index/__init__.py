"""Index archives of articles: `index.build("news", into="news")`; `search.open("news")` then searches them.

Readers, extraction, identity, catalog and the write side of engines. Imports nothing from `search` or `web`. The names
below are the public ones and are documented in docs/python-api.md; they are imported when first used.
"""

from typing import TYPE_CHECKING

from index.lazy_names import load_name

if TYPE_CHECKING:
    from index.building import build as build
    from index.errors import DossierError as DossierError
    from index.errors import PruneRefusedError as PruneRefusedError
    from index.errors import UsageError as UsageError
    from index.ingest.report import Report as Report
    from index.model import Failure as Failure
    from index.progress import Progress as Progress

__all__ = ["DossierError", "Failure", "Progress", "PruneRefusedError", "Report", "UsageError", "build"]

_HOMES = {
    "DossierError": "index.errors:DossierError",
    "Failure": "index.model:Failure",
    "Progress": "index.progress:Progress",
    "PruneRefusedError": "index.errors:PruneRefusedError",
    "Report": "index.ingest.report:Report",
    "UsageError": "index.errors:UsageError",
    "build": "index.building:build",
}


def __getattr__(name: str) -> object:
    return load_name(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
