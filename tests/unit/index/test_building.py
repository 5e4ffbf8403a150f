import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

import index
import search

ROOT = Path(index.__file__).parents[1]
TEXT = "Ismail Demir spoke in Ankara."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT)
    (folder / "two.txt").write_text(f"{TEXT} Vladimir Putin listened.")
    return folder


def test_what_is_built_can_be_searched(news: Path) -> None:
    report = index.build(news, into=news, model="none")
    assert (report.read, report.added, report.failures) == (2, 2, ())
    with search.open(news) as archive:
        assert archive.count(person="Vladimir Putin") == 1


def test_index_is_in_the_working_folder_unless_told(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news)
    index.build("one.txt", model="none")
    assert (news / ".dossier").is_dir()


@pytest.mark.parametrize("into", ["archive", "archive/.dossier"])
def test_folder_of_the_index_is_the_one_named_or_in_it(news: Path, tmp_path: Path, into: str) -> None:
    index.build([news / "one.txt", str(news / "two.txt")], into=tmp_path / into, model="none")
    with search.open(tmp_path / "archive") as archive:
        assert archive.count() == 2


def test_articles_that_are_gone_stay_unless_pruned(news: Path) -> None:
    index.build(news, into=news, model="none")
    (news / "one.txt").unlink()
    kept, pruned = (index.build(news, into=news, model="none", prune=prune, prune_many=True) for prune in (False, True))
    assert (kept.removed, pruned.removed) == (0, 1)


def test_progress_is_told(news: Path) -> None:
    told: list[index.Progress] = []
    index.build(news, into=news, model="none", progress=told.append)
    assert {progress.stage for progress in told}
    assert max(progress.done for progress in told) == 2


def test_packs_are_those_of_the_keyword(news: Path) -> None:
    (news / "one.txt").write_text("They bought S-400s and an S-400 for Ankara.")
    index.build(news / "one.txt", into=news, model="none", packs=["core"])
    with search.open(news) as archive:
        assert archive.count(place="Ankara") == 1
        with pytest.raises(search.UsageError, match="S-400"):
            archive.search(system="S-400")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"engine": "nowhere"}, "nowhere"), ({"workers": -1}, "workers"), ({"packs": 5}, "packs")],
)
def test_settings_that_cannot_be_used_are_errors(news: Path, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(index.UsageError, match=said):
        index.build(news, into=news, **wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_an_open_archive_sees_what_is_built_but_an_export_stays_as_it_began(news: Path) -> None:
    index.build(news, into=news, model="none")
    with search.open(news) as archive:
        exported = archive.export()
        first = next(exported)
        (news / "three.txt").write_text("Recep Tayyip Erdogan spoke, too.")
        index.build(news, into=news, model="none")
        assert archive.count() == 3
        assert len([first, *exported]) == 2


def test_a_script_needs_no_guard_to_use_processes(news: Path) -> None:
    script = news / "script.py"
    script.write_text(
        "import index, pathlib\n"
        f"news = pathlib.Path({str(news)!r})\n"
        "print('begins')\n"
        "report = index.build([news / 'one.txt', news / 'two.txt'], into=news, model='none', workers=2)\n"
        "print(report.added, 'added')\n"
    )
    done = subprocess.run([sys.executable, script], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert (done.stdout.decode(), done.returncode) == ("begins\n2 added\n", 0)


def test_a_daemon_that_may_start_no_process_builds_too(news: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    process = context.Process(target=_build, args=(news, queue), daemon=True)
    process.start()
    assert queue.get() == 2
    process.join()


def _build(news: Path, queue: "multiprocessing.SimpleQueue[int]") -> None:
    queue.put(index.build(news, into=news, model="none").added)
