"""The currencies of the core pack, compiled once."""

import pytest

from index.normalize.currencies import Currencies
from index.packs.loader import load_packs


@pytest.fixture(scope="session")
def currencies() -> Currencies:
    """The currencies that every installation knows."""
    return Currencies.from_rows(load_packs(["core"]).rows("currencies"))
