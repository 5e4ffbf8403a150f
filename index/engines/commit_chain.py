"""The commits of a folder as one writer sees them: the one it continues, the published one, what may be removed.

For engines that keep their index in a folder. A publication keeps the files of the commit that readers used before it,
and of the commit that the writer continued: whatever the catalog names when the program is killed is there.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from index.engines.files import FileEntry, disk_errors, sync_folder
from index.engines.manifest import (
    EMPTY,
    MANIFEST,
    Manifest,
    SegmentEntry,
    find_manifest,
    manifest_name,
    read_manifest,
    remove_leftovers,
    remove_work_folders,
    write_manifest,
)

__all__ = ["CommitChain"]


class CommitChain:
    """The commits that one writer continues, makes and publishes; it must hold the lock of the folder.

    Opening removes the leftovers of writers that died. Raises what `read_manifest` raises for the commit to continue,
    unless `is_fresh` begins with nothing.
    """

    def __init__(self, folder: Path, engine: str, *, is_fresh: bool, generation: str | None) -> None:
        self._folder = folder
        self._engine = engine
        is_new = is_fresh or (generation is None and not (folder / MANIFEST).exists())
        self.manifest = EMPTY if is_new else read_manifest(folder, generation, engine=engine)
        # A reader may use this commit while the next one is made.
        self._used = find_manifest(folder, generation) if is_new else self.manifest
        self._published = find_manifest(folder)
        self._continued = self._used
        self.is_new = is_new
        remove_work_folders(folder)
        if not is_fresh:
            self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        folder = self._folder
        kept = [manifest for manifest in (self._used, self._published) if manifest is not None]
        kept += [before for manifest in kept if (before := find_manifest(folder, manifest.previous)) is not None]
        with disk_errors(folder):
            remove_leftovers(folder, kept)
            for manifest in kept:
                # An index of version 0.1 has `manifest.json` alone, which the next publication replaces.
                if not (folder / manifest_name(manifest.generation)).exists():
                    write_manifest(folder, manifest, manifest_name(manifest.generation))

    def new_generation(self) -> str:
        """Return a generation that no other commit has."""
        return os.urandom(16).hex()

    def prepare(
        self,
        generation: str,
        segments: Sequence[SegmentEntry],
        *,
        library: Sequence[FileEntry] = (),
        next_number: int = 0,
    ) -> None:
        """Make a commit of these files, which are durable already but for their names in the folder."""
        with disk_errors(self._folder):
            sync_folder(self._folder)
            manifest = Manifest(
                self.manifest.number + 1,
                generation,
                tuple(segments),
                previous="" if self._used is None else self._used.generation,
                engine=self._engine,
                library=tuple(library),
                next_number=next_number,
            )
            write_manifest(self._folder, manifest, manifest_name(generation))
        self.manifest = manifest

    def publish(self) -> None:
        """Show the commit prepared last to readers that name none, and remove files that no commit in use needs."""
        before, manifest = self._published, self.manifest
        if manifest is EMPTY or (before is not None and before.generation == manifest.generation):
            return
        with disk_errors(self._folder):
            write_manifest(self._folder, manifest, MANIFEST)
            self._published = manifest
            kept = (manifest, before, self._used, self._continued)
            remove_leftovers(self._folder, [one for one in kept if one is not None])
        self._used = manifest
