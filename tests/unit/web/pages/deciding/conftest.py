"""An application with editing switched on, over a copy of an archive that is made once."""

from pathlib import Path

import pytest

from index.settings import Settings
from tests.support.editing import EditingSite, copy_archive, editing_app, make_archive


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The archive; tests only copy it."""
    return make_archive(tmp_path_factory.mktemp("editing"))


@pytest.fixture
def settings(made: Settings, tmp_path: Path) -> Settings:
    """A copy of the archive."""
    return copy_archive(made, tmp_path)


@pytest.fixture
def site(settings: Settings) -> EditingSite:
    """Its pages."""
    return EditingSite(editing_app(settings).test_client())
