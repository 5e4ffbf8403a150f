"""Folders that are watched: what settled, what is gone, and what only nobody can see."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import IndexLockedError, UsageError
from index.ingest.finding.places import Places
from index.ingest.finding.seen import Seen
from index.ingest.finding.watching import SETTLING_SECONDS, FolderWatch, watch
from index.ingest.report import Report
from index.model import Failure
from index.settings import Settings


class World:
    """A folder that is watched, with a clock that only the test moves."""

    def __init__(self, base: Path, *, prunes: bool = True) -> None:
        self.folder = base / "news"
        self.folder.mkdir()
        self.now = 1000.0
        places = Places([str(self.folder)], Archive(Settings(index=base / ".dossier")))
        self.watch = FolderWatch(places, finds_gone=prunes, clock=lambda: self.now, wall_clock=lambda: self.now)

    def write(self, name: str, text: str = "Rome.", *, modified: float | None = None) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        time = self.now if modified is None else modified
        os.utime(file, (time, time))

    def look(self, *, after: float = SETTLING_SECONDS) -> Seen | None:
        self.now += after
        return self.watch.look()

    def read(self, *, after: float = SETTLING_SECONDS) -> tuple[list[str], list[str]]:
        """Look, say that it was done, and return the names of the files to read and of those that are gone."""
        seen = self.look(after=after)
        if seen is None:
            return [], []
        self.watch.done(seen)
        return sorted(map(name_of, seen.found)), sorted(locator.rpartition("/")[2] for locator in seen.gone)


def name_of(item: object) -> str:
    return str(item.locator).rpartition("/")[2]  # type: ignore[attr-defined]  # sources and failures alike


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_first_look_gives_all_old_files_and_none_that_is_being_written(world: World) -> None:
    world.write("old.txt", modified=10)
    world.write("new.txt", modified=1000.0)
    seen = world.look(after=1)
    assert seen is not None
    assert seen.is_first
    assert list(map(name_of, seen.found)) == ["old.txt"]
    assert seen.present == {"news/old.txt", "news/new.txt"}


def test_the_first_look_at_an_empty_folder_is_a_run(world: World) -> None:
    seen = world.look()
    assert seen is not None
    assert seen.found == ()
    world.watch.done(seen)
    assert world.look() is None


def test_nothing_new_is_nothing_to_do(world: World) -> None:
    world.write("a.txt", modified=10)
    assert world.read() == (["a.txt"], [])
    assert [world.look() for _ in range(3)] == [None] * 3


def test_a_file_is_read_when_it_has_stopped_growing(world: World) -> None:
    world.read()
    for size in range(3):
        world.write("a.txt", "Rome. " * (size + 1))
        assert world.look(after=1) is None
    assert world.look(after=1) is None
    assert world.read(after=1) == (["a.txt"], [])


def test_a_file_that_grows_with_an_old_time_waits_too(world: World) -> None:
    world.read()
    for size in range(3):
        world.write("a.txt", "Rome. " * (size + 1), modified=10)
        assert world.look() is None
    assert world.read() == (["a.txt"], [])


def test_a_changed_file_is_read_again(world: World) -> None:
    world.write("a.txt", modified=10)
    world.read()
    world.write("a.txt", "Paris.", modified=20)
    assert world.look() is None
    assert world.read() == (["a.txt"], [])


def test_a_file_that_changes_while_it_is_read_is_read_again(world: World) -> None:
    world.write("a.txt", modified=10)
    seen = world.look()
    assert seen is not None
    world.write("a.txt", "Paris, and more.", modified=20)
    world.watch.done(seen)
    assert world.look() is None
    assert world.read() == (["a.txt"], [])


def test_a_burst_is_read_when_its_last_file_has_settled(world: World) -> None:
    world.read()
    for number in range(3):
        world.write(f"{number}.txt")
        assert world.look(after=1) is None
    assert world.look(after=1) is None
    assert world.read(after=1) == (["0.txt", "1.txt", "2.txt"], [])


def test_a_burst_without_an_end_is_read_in_parts(world: World) -> None:
    world.read()
    read: list[str] = []
    for number in range(20):
        world.write(f"{number:02}.txt")
        read += world.read(after=1)[0]
    assert 5 <= len(read) < 20
    assert read == sorted(set(read))


def test_a_file_that_is_gone_is_gone_when_it_stays_away(world: World) -> None:
    world.write("a.txt", modified=10)
    world.write("b.txt", modified=10)
    world.read()
    (world.folder / "b.txt").unlink()
    assert world.look() is None
    assert world.read() == ([], ["b.txt"])
    assert world.look() is None


def test_a_file_that_is_replaced_is_not_gone(world: World) -> None:
    world.write("a.txt", modified=10)
    world.write("b.txt", modified=10)
    world.read()
    (world.folder / "b.txt").unlink()
    assert world.look(after=1) is None
    world.write("b.txt", "Paris.", modified=20)
    assert world.read(after=1) == ([], [])
    assert world.read() == (["b.txt"], [])


def test_without_pruning_nothing_is_gone(tmp_path: Path) -> None:
    world = World(tmp_path, prunes=False)
    world.write("a.txt", modified=10)
    world.write("b.txt", modified=10)
    world.read()
    (world.folder / "b.txt").unlink()
    assert [world.look() for _ in range(3)] == [None] * 3
    assert world.watch.files == 1


def lose(world: World) -> None:
    world.folder.rename(world.folder.parent / "elsewhere")


def empty(world: World) -> None:
    lose(world)
    world.folder.mkdir()


@pytest.mark.parametrize("vanish", [lose, empty])
def test_nothing_is_gone_from_a_folder_that_vanishes_for_a_time(world: World, vanish: Callable[[World], None]) -> None:
    world.write("a.txt", modified=10)
    world.write("b.txt", modified=10)
    world.read()
    vanish(world)
    assert [world.look() for _ in range(5)] == [None] * 5
    assert world.watch.away == ("news",)
    shutil.rmtree(world.folder, ignore_errors=True)
    (world.folder.parent / "elsewhere").rename(world.folder)
    (world.folder / "b.txt").unlink()
    assert world.look() is None
    assert world.watch.away == ()
    assert world.read() == ([], ["b.txt"])


def test_a_folder_that_is_not_there_yet_is_waited_for(world: World) -> None:
    lose(world)
    assert world.read() == ([], [])
    assert world.watch.away == ("news",)
    world.folder.mkdir()
    world.write("a.txt")
    assert world.look() is None
    assert world.read() == (["a.txt"], [])


def test_what_lies_in_a_folder_that_cannot_be_read_is_not_gone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Rights alone do not keep root out of a folder.
    scan, closed = os.scandir, str(world.folder / "inner")

    def refuse(path: str | os.PathLike[str]) -> object:
        if os.fspath(path) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), closed)
        return scan(path)

    world.write("a.txt", modified=10)
    world.write("inner/b.txt", modified=10)
    world.read()
    monkeypatch.setattr("os.scandir", refuse)
    assert world.read() == (["inner"], [])
    assert [world.look() for _ in range(3)] == [None] * 3
    monkeypatch.undo()
    assert world.look() is None


def test_a_file_that_could_not_be_opened_is_tried_again_ever_more_seldom(world: World) -> None:
    world.write("a.txt", modified=10)
    failures = (Failure("news/a.txt", "unreadable", "no permission"),)
    tries = []
    for _ in range(400):
        seen = world.look(after=1)
        if seen is not None:
            world.watch.done(seen, failures=failures)
            tries.append(world.now - 1000.0)
    assert tries[0] == 1
    assert 60 <= tries[1] - tries[0] <= 66
    assert 120 <= tries[2] - tries[1] <= 126


def test_a_folder_with_everything_ignored_is_no_folder_that_lost_its_files(world: World) -> None:
    (world.folder / ".searchignore").write_text("*\n", encoding="utf-8")
    world.write("a.txt", modified=10)
    world.read()
    assert world.watch.away == ()


def stop_after(report: Report) -> Callable[[Seen], Report]:
    """Return a run whose second call fails, and whose third is interrupted."""
    calls: list[Seen] = []

    def run(seen: Seen) -> Report:
        calls.append(seen)
        if len(calls) == 2:
            raise IndexLockedError("another run holds the lock")
        return Report(is_interrupted=True) if len(calls) == 3 else report

    return run


def test_a_run_that_fails_is_tried_again_with_the_same_files(world: World) -> None:
    runs: list[list[str]] = []
    run, errors, pauses = stop_after(Report()), list[Exception](), list[float]()

    def note(seen: Seen) -> Report:
        runs.append(sorted(map(name_of, seen.found)))
        return run(seen)

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        world.now += seconds
        if len(pauses) == 1:
            world.write("a.txt")

    last = watch(world.watch, note, on_wait=lambda: None, on_error=errors.append, sleep=sleep)
    assert last.is_interrupted
    assert runs == [[], ["a.txt"], ["a.txt"]]
    assert [str(error) for error in errors] == ["another run holds the lock"]
    assert 5.0 in pauses


@pytest.mark.parametrize("error", [IndexLockedError("held"), UsageError("no such pack")])
def test_an_error_of_the_first_run_ends_the_watch(world: World, error: Exception) -> None:
    def run(seen: Seen) -> Report:
        raise error

    with pytest.raises(type(error)):
        watch(world.watch, run, on_wait=lambda: None, on_error=pytest.fail, sleep=lambda _: None)
