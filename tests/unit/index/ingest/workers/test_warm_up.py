"""The server of worker processes loads packs and languages before it forks them."""

import subprocess
import sys

PROGRAM = """
import index.ingest.workers.warm_up
from index.ingest.workers.extraction import make_extractor
from index.ingest.workers.tasks import WorkerOptions
from index.packs import loader
from index.readers.article import language

before = loader._read_builtin.cache_info()
make_extractor(WorkerOptions(packs=("core", "defence"), model="none"))
after = loader._read_builtin.cache_info()
print(after.misses - before.misses, after.hits - before.hits, language._identifier.cache_info().currsize)
"""


def test_a_worker_finds_packs_and_languages_loaded() -> None:
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["0", "2", "1"]
