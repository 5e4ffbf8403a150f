"""Whatever was stored, changed, removed and resolved before: the catalog says what one made anew would say."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from index.catalog.records import ExtractedArticle
from index.catalog.store import Catalog, open_catalog
from index.catalog.writing import staging
from index.identity.records import Definition, LocalLink, Name
from index.model import Furniture, FurnitureReason, Kind, Mention, Span
from tests.support.examples import examples
from tests.unit.index.catalog.archive import make_article, resolve, store_resolution
from tests.unit.index.catalog.contents import contents

WORDS = ("Ankara", "Moscow", "Demir", "S-400")
KINDS = (Kind.PLACES, Kind.PEOPLE)


@st.composite
def articles(draw: st.DrawFn) -> ExtractedArticle:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=5))
    menu = draw(st.integers(0, len(words)))
    article = make_article(draw(st.sampled_from("abcd")), " ".join(words) or "Nothing.")
    mentions: list[Mention] = []
    links: list[LocalLink] = []
    start = 0
    for index, word in enumerate(words):
        span = Span(start, start + len(word))
        mentions.append(Mention(span, word, draw(st.sampled_from(KINDS)), "c", "e", in_furniture=index >= menu))
        key = draw(st.sampled_from([*WORDS[:2], None]))
        if key is not None:
            name = Name(draw(st.sampled_from(KINDS)), key.lower(), draw(st.sampled_from([key, key.upper()])))
            links.append(LocalLink(index, name, "name", "e"))
        start = span.end + 1
    if menu < len(words):
        article = structs.replace(
            article, furniture=(Furniture(Span(mentions[menu].span.start, start), FurnitureReason.MENU),)
        )
    definitions = draw(
        st.lists(st.builds(Definition, st.sampled_from(KINDS), st.just("a"), st.sampled_from("bc")), max_size=2)
    )
    return ExtractedArticle(article, article.locator, tuple(mentions), tuple(links), tuple(definitions))


Batch = tuple[list[ExtractedArticle], list[str], dict[str, str]]

batches = st.lists(
    st.tuples(
        st.lists(articles(), max_size=3),
        st.lists(st.sampled_from("abcd"), max_size=2),
        st.dictionaries(st.sampled_from(["ankara", "moscow"]), st.sampled_from(["capital", "city"])),
    ),
    min_size=1,
    max_size=4,
)


def settle(catalog: Catalog, ids: dict[str, str]) -> None:
    store_resolution(catalog, resolve(catalog.names(), **ids), fingerprint="r")


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(batches)
def test_the_past_leaves_no_trace(history: list[Batch]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        final: dict[str, ExtractedArticle] = {}
        with open_catalog(Path(folder) / "old") as old:
            for stored, removed, ids in history:
                old.store(stored, extraction="v", run=1)
                old.remove(removed)
                settle(old, ids)
                final.update({item.article.id: item for item in stored})
                final = {key: item for key, item in final.items() if key not in removed}
        with open_catalog(Path(folder) / "new") as new:
            new.store(list(final.values()), extraction="v", run=1)
            settle(new, history[-1][2])
        assert contents(Path(folder) / "old") == contents(Path(folder) / "new")


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(batches, st.integers(1, 3))
def test_staging_makes_no_difference(history: list[Batch], rows_at_once: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "_SIZES", staging._SIZES.limit(rows_at_once))
        with open_catalog(Path(folder) / "staged") as staged, open_catalog(Path(folder) / "direct") as direct:
            for stored, removed, ids in history:
                for item in stored:
                    staged.stage([item], extraction="v", run=1)
                with staged.transaction():
                    staged.store_staged()
                    staged.remove(removed)
                    settle(staged, ids)
                direct.store(stored, extraction="v", run=1)
                direct.remove(removed)
                settle(direct, ids)
        assert contents(Path(folder) / "staged") == contents(Path(folder) / "direct")
