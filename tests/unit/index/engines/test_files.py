"""Removing a folder in which something still writes."""

from pathlib import Path
from threading import Event, Thread

from index.engines.files import remove_folder


def test_a_folder_goes_though_a_thread_writes_its_last_file_into_it(tmp_path: Path) -> None:
    folder = tmp_path / "commit"
    folder.mkdir()
    first = Event()

    def write() -> None:
        for number in range(20_000):
            if not folder.exists():
                break
            try:
                (folder / f"{number}").touch()
            except FileNotFoundError:
                break
            first.set()

    thread = Thread(target=write)
    thread.start()
    assert first.wait(10)
    remove_folder(folder)
    thread.join()
    assert not folder.exists()


def test_a_folder_that_is_not_there_needs_no_removing(tmp_path: Path) -> None:
    remove_folder(tmp_path / "none")
    assert not (tmp_path / "none").exists()
