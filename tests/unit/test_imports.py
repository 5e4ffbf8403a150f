"""Importing does no work."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Imports every module, and prints the files of the packages that were read meanwhile, other than code.
_PROGRAM = """
import importlib, pkgutil, sys
import index, search, web

# Imported by the server of workers alone, and for nothing but what it loads.
warm_up = "index.ingest.workers.warm_up"
modules = [
    module.name
    for package in (index, search, web)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if module.name != warm_up
]
opened = []
sys.addaudithook(lambda event, details: opened.append(str(details[0])) if event == "open" else None)
for name in modules:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        # The optional packages of training.
        assert error.name in ("torch", "safetensors", "onnx", "pypdf"), name
roots = tuple(package.__path__[0] for package in (index, search, web))
assert warm_up not in sys.modules
print([file for file in opened if file.startswith(roots) and ".py" not in file])
"""


def test_no_module_reads_a_file_when_it_is_imported() -> None:
    read = subprocess.check_output([sys.executable, "-c", _PROGRAM], text=True, cwd=ROOT)
    assert read == "[]\n"
