"""Make long texts, and measure what indexing one of each size takes: time, and the most memory of a process.

    python -m tests.benchmarks.long_texts --write 5 > five_megabytes.txt
    python -m tests.benchmarks.long_texts 1 5 20 50
    python -m tests.benchmarks.long_texts 5 --kind numbers
    python -m tests.benchmarks.long_texts 50 --model none

Prose recombines the sentences of the seed articles and names invented people, more of them the longer it is; numbers
are a table, base64 is what it says. The same arguments always give the same text. Each text is indexed alone by
`search-cli index` in an empty folder. Memory is the largest resident set, of the process that reads and extracts and
of its parent, which writes the catalog and the engine; CPU seconds are those of all processes together.
"""

import argparse
import base64
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["KINDS", "make_text", "measure"]

_COMMAND: Final = "from search.cli.main import main; main()"
_MEGABYTE: Final = 1_000_000
_SEEDS: Final = Path(__file__).parents[2] / "seeds"
_SYLLABLES: Final = ("ba", "chi", "do", "fe", "gul", "ka", "lo", "mi", "na", "or", "pe", "ri", "sa", "tu", "ve", "zo")


@dataclass(slots=True)
class Measured:
    """Seconds and CPU seconds of a run, and the peaks in megabytes of the largest worker and of its parent."""

    seconds: float = 0.0
    cpu: float = 0.0
    worker: float = 0.0
    parent: float = 0.0
    said: str = ""


def make_text(kind: str, size: int) -> str:
    """Return the longest text of a kind with at most `size` bytes; the same for the same arguments."""
    pieces: list[str] = []
    length = 0
    for piece in KINDS[kind](random.Random(kind)):
        length += len(piece.encode())
        if length > size:
            return "".join(pieces)
        pieces.append(piece)
    raise AssertionError("a kind of text never ends")


def _prose(chance: random.Random) -> Iterator[str]:
    """Yield paragraphs of four sentences; every third names somebody, and later ones often somebody new."""
    sentences = _sentences()
    people: list[str] = []
    yield "A long report\n\n"
    while True:
        paragraph = chance.sample(sentences, 4)
        if chance.random() < 0.3:
            if chance.random() < 0.1 or not people:
                people.append(f"{_word(chance, 2).capitalize()} {_word(chance, 3).capitalize()}")
            paragraph.insert(2, f"Defense Minister {chance.choice(people)} said so on Monday.")
        yield " ".join(paragraph) + "\n\n"


def _numbers(chance: random.Random) -> Iterator[str]:
    """Yield lines of a table."""
    while True:
        yield "\t".join(f"{chance.uniform(0, 10**6):.2f}" for _ in range(12)) + "\n"


def _base64(chance: random.Random) -> Iterator[str]:
    """Yield lines of base64, as in an attachment of mail."""
    while True:
        yield base64.b64encode(chance.randbytes(57)).decode() + "\n"


KINDS: Final[dict[str, Callable[[random.Random], Iterator[str]]]] = {
    "prose": _prose,
    "numbers": _numbers,
    "base64": _base64,
}


def _sentences() -> list[str]:
    texts = (" ".join(path.read_text(encoding="utf-8").split()) for path in sorted(_SEEDS.glob("*.txt")))
    return [part for text in texts for part in re.split(r"(?<=[.!?]) (?=[A-Z])", text) if 40 < len(part) < 400]


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables))


def measure(text: str, *, workers: int, model: str) -> Measured:
    """Index a text alone in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "long.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", _COMMAND, "index", folder, "-C", folder, "-j", str(workers), "--model", model]
        measured, started = Measured(), time.monotonic()
        process = subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True)
        watch = threading.Thread(target=_watch, args=(process, measured))
        watch.start()
        measured.said = process.communicate()[1].strip()
        watch.join()
        measured.seconds = time.monotonic() - started
        return measured


def _watch(process: "subprocess.Popen[str]", measured: Measured) -> None:
    cpu: dict[int, float] = {}
    while process.poll() is None:
        for pid in _family(process.pid):
            peak, cpu[pid] = _peak_of(pid), max(cpu.get(pid, 0.0), _cpu_of(pid))
            if pid == process.pid:
                measured.parent = max(measured.parent, peak)
            else:
                measured.worker = max(measured.worker, peak)
        time.sleep(0.05)
    measured.cpu = sum(cpu.values())


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            found += _family(int(child))
    return found


def _peak_of(pid: int) -> float:
    match = re.search(r"VmHWM:\s+(\d+) kB", _read(Path(f"/proc/{pid}/status")))
    return int(match[1]) / 1024 if match else 0.0


def _cpu_of(pid: int) -> float:
    parts = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK") if parts else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:  # The process has ended.
        return ""


def main() -> None:
    """Write one text, or print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("megabytes", type=float, nargs="*", default=[1, 5])
    parser.add_argument("--kind", choices=KINDS, default="prose")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--model", default="dossier")
    parser.add_argument("--write", type=float, metavar="MEGABYTES", help="write the text to standard output instead")
    options = parser.parse_args()
    if options.write:
        sys.stdout.write(make_text(options.kind, int(options.write * _MEGABYTE)))
        return
    for megabytes in options.megabytes:
        text = make_text(options.kind, int(megabytes * _MEGABYTE))
        measured = measure(text, workers=options.workers, model=options.model)
        print(
            f"{options.kind} {megabytes:g} MB: {measured.seconds:.0f} s, CPU {measured.cpu:.0f} s, "
            f"worker {measured.worker:.0f} MB, parent {measured.parent:.0f} MB",
            flush=True,
        )
        print(measured.said.splitlines()[-1] if measured.said else "nothing was said", file=sys.stderr)


if __name__ == "__main__":
    main()
