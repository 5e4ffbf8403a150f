from pathlib import Path

import pytest

from tests.contract.conftest import DOCUMENTS
from tests.unit.index.engines.folders import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of four documents, written in one commit."""
    write(tmp_path, *DOCUMENTS)
    return tmp_path
