"""`index.build`: read articles and make them searchable, from Python."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from index.archive import index_folder_at
from index.errors import PruneRefusedError
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.progress import Progress
from index.readers.base import ReadOptions
from index.settings import load_settings

__all__ = ["build"]


def build(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    into: str | os.PathLike[str] | None = None,
    progress: Callable[[Progress], None] | None = None,
    workers: int | None = None,
    ray: str | None = None,
    model: str | None = None,
    packs: Sequence[str] | None = None,
    meaning: str | None = None,
    engine: str | None = None,
    catalog: str | None = None,
    prune: bool = False,
    prune_many: bool = False,
    follow_links: bool | None = None,
    encoding: str | None = None,
    read_options: ReadOptions | None = None,
) -> Report:
    """Read the articles under `paths`, files or folders, and make them searchable; unchanged ones are skipped.

    `into` is the folder of the index, or the folder that holds it or will; by default the nearest from the working
    folder upwards, as for `search-cli index`. `catalog` is the address of the database that holds the catalog
    (`postgresql://...`); by default it is a file there. What is None comes from `search.toml`, the environment or the
    defaults.
    `progress` is called a few times a second. `prune` removes articles whose file is gone; when that is more than a
    tenth of the archive, `PruneRefusedError` is raised after all else is done, unless `prune_many` confirms it. Links
    that lead out of `paths` are not followed unless `follow_links` says so. `encoding` is that of all files of text; by
    default it is detected.

    One process reads and extracts unless `workers` says more, or 0 for one a core. `ray` is the address of a Ray
    cluster whose machines extract, see the setting; all its processors do unless `workers` says less.

    An article that cannot be read is in `Report.failures`, and does not stop the others. Raises `UsageError`,
    `PackError`, `ModelError`, `ClusterError`, `IndexLockedError`, and `CatalogError`.
    """
    settings = load_settings(
        working_folder=Path.cwd(),
        options={
            "index": None if into is None else index_folder_at(Path(into)),
            "workers": workers,
            "ray": ray,
            "model": model,
            "packs": packs,
            "meaning": meaning,
            "engine": engine,
            "catalog_url": catalog,
            "follow_links": follow_links,
            "encoding": encoding,
        },
    )
    if workers is None and not settings.ray:
        settings = replace(settings, workers=1)
    found = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    report = Indexer(settings).index(
        [os.fspath(path) for path in found],
        read_options=read_options,
        prune=prune,
        prune_many=prune_many,
        progress=progress,
    )
    if report.gone:
        raise PruneRefusedError(report.gone, report.total)
    return report
