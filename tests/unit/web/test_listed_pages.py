"""The pages that tests in a browser look at are there."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.pages import PAGES, SitePage, resolved


@pytest.fixture
def apps(app: Flask, awkward_app: Flask) -> Callable[[str], Flask]:
    return {"seeds": app, "awkward": awkward_app}.__getitem__


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_that_is_looked_at_is_there(apps: Callable[[str], Flask], page: SitePage) -> None:
    client = apps(page.site).test_client()
    answer = client.get(resolved(page.path, client), follow_redirects=True)
    assert answer.status_code == (404 if page.path == "/nowhere" else 200)
