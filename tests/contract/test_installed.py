import pytest

from index.engines.registry import ENGINES
from tests.contract.engines import INSTALLED, MISSING


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_is_in_the_contract(name: str) -> None:
    if name in MISSING:
        pytest.skip(MISSING[name])
    assert name in INSTALLED
