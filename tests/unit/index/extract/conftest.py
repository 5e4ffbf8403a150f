from collections.abc import Callable

import pytest

from index.extract.pipeline import Extractor
from index.model import Article, Kind, Mention
from index.packs.loader import load_packs

Find = Callable[[str], list[Mention]]


def article(body: str) -> Article:
    return Article("a", "a.txt", "", "", body)


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(packs=load_packs(("core", "defence")), model="none")


@pytest.fixture(scope="session")
def find(extractor: Extractor) -> Find:
    """The mentions of a text, by the whole pipeline with the packs of the project."""

    def find_mentions(text: str) -> list[Mention]:
        (mentions,) = extractor.extract([article(text)])
        return list(mentions)

    return find_mentions


@pytest.fixture(scope="session")
def names(find: Find) -> Callable[[str, Kind], list[str]]:
    """The texts of the mentions of one kind."""

    def find_names(text: str, kind: Kind) -> list[str]:
        return [mention.text for mention in find(text) if mention.kind is kind]

    return find_names
