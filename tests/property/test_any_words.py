"""Whatever an article says, names and values are found in it: words that rules and packs know, in any order."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import index
from index.errors import ReadError
from index.extract.pipeline import Extractor
from index.identity.linking import link_article
from index.packs.loader import Packs, load_packs
from index.readers.article.building import build_article
from index.readers.base import Draft
from index.settings import Settings
from tests.support.examples import examples

_LONGEST = 50
_CELL = re.compile(r"[\t|;]")


def _known_words() -> list[str]:
    """Return what stands in the tables beside the modules, most of it words and names."""
    words = set()
    for path in Path(str(index.__file__)).parent.rglob("*.tsv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        words |= {cell.strip() for line in lines if not line.startswith("#") for cell in _CELL.split(line)}
    return sorted(word for word in words if 0 < len(word) < _LONGEST)


_GLUE = (
    *(
        " ",
        " ",
        " ",
        " ",
        ", ",
        ". ",
        "\n",
        "\n\n",
        "; ",
        ": ",
        "! ",
        "/",
        "-",
        " — ",
        "'s ",
        " (",
        ") ",
        ' "',
        "“",
        "&",
    ),
    *(
        " and ",
        " the ",
        " of ",
        " in ",
        " von ",
        " ibn ",
        " al-",
        " said ",
        " President ",
        " Mr. ",
        " the former ",
        "的",
    ),
    *(
        " $",
        " €",
        " million ",
        " 2019 ",
        " 1st ",
        " No. ",
        "\t",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "...",
        "@",
        "#",
        "%",
        "•",
    ),
)
_CASES = (str, str, str.upper, str.title, str.lower)
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "ru",
    "uk",
    "tr",
    "ar",
    "he",
    "el",
    "zh",
    "ja",
    "th",
    None,
)
_words = st.builds(lambda word, case: case(word), st.sampled_from(_known_words()), st.sampled_from(_CASES))
_texts = st.lists(st.builds(str.__add__, _words, st.sampled_from(_GLUE)), min_size=1, max_size=40).map("".join)


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(Settings().packs)


@pytest.fixture(scope="module", params=["none", "dossier"])
def extractor(request: pytest.FixtureRequest, packs: Packs) -> Extractor:
    return Extractor(packs=packs, model=request.param)


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=_texts, language=st.sampled_from(_LANGUAGES))
@example(body="Kapitan\u200bBo", language="en")
@example(body="กองทุนการเงินระหว่างประเทศ S/P", language="th")
def test_names_and_values_of_any_words_are_parts_of_the_text(
    extractor: Extractor, packs: Packs, body: str, language: str | None
) -> None:
    try:
        article = build_article(Draft(body, language=language), locator="a")
    except ReadError:
        return
    (mentions,) = extractor.extract([article])
    assert all(article.body[item.span.start : item.span.end] == item.text != "" for item in mentions)
    assert all(first.span.end <= second.span.start for first, second in pairwise(mentions))
    linked = link_article(article, mentions, packs=packs)
    assert linked is not None
