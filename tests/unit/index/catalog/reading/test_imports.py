"""Reading an archive in a file spares the imports that searching does not need."""

import subprocess
import sys


def test_reading_imports_no_sqlalchemy() -> None:
    program = "import sys, index.catalog.open; print(sorted({'sqlalchemy', 'spacy', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
