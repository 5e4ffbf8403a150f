import pytest

from tests.contract.engines import MISSING

if "tantivy" in MISSING:
    pytest.skip(MISSING["tantivy"], allow_module_level=True)
