"""Short names that company decides, and what people set apart: the past of a catalog leaves no trace in them."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.catalog.identity.companions import MOST_COMPANIONS
from index.catalog.records import ExtractedArticle
from index.catalog.store import Catalog, open_catalog
from index.identity.incremental.view import Knowledge
from index.identity.linking import link_article, mention_splits_in_force, relink, with_mention_splits
from index.identity.naming.keys import set_apart
from index.identity.records import NameId, Split
from index.identity.resolving import resolve
from index.model import Kind
from index.packs.loader import Packs
from tests.support.examples import examples
from tests.unit.index.catalog.archive import make_article
from tests.unit.index.catalog.contents import contents
from tests.unit.index.identity.archives import mentions_in

BEARERS = ("Ismail Demir", "Ahmet Demir", "Demir", "Selim Kaya", "Kaya", "Hasan Kaya")
FIRMS = ("Baykar", "Aselsan", "Roketsan", "Havelsan", "Galatasaray")
# More than a name's companions are counted: only the most frequent say something.
CROWD = tuple(f"Town{number}" for number in range(MOST_COMPANIONS + 5))


def split(*names: NameId, article: str | None = None, forms: tuple[NameId, ...] = ()) -> Split:
    own = (Kind.PEOPLE, set_apart("demir", article or "everywhere"))
    return Split("x", "Demir", article, "X", names, forms, own)


ISMAIL, DEMIR = (Kind.PEOPLE, "ismail demir"), (Kind.PEOPLE, "demir")
FORM = split(ISMAIL, forms=(DEMIR,))
ARTICLE = split(ISMAIL, DEMIR, article="a")
# The latest decision is undone.
UNDO = None


class Run(NamedTuple):
    """Changes to a catalog between two resolutions."""

    stored: list[ExtractedArticle]
    removed: list[str]
    decided: list[Split | None]


def article(number: str, people: Sequence[str], firms: Sequence[str], towns: Sequence[str] = ()) -> ExtractedArticle:
    marked = [
        *((Kind.PEOPLE, text) for text in people),
        *((Kind.ORGANIZATIONS, text) for text in firms),
        *((Kind.PLACES, text) for text in towns),
    ]
    made = make_article(number, ". ".join(text for _, text in marked) or "Nothing")
    mentions = tuple(mentions_in(made.body, *marked))
    return ExtractedArticle(made, made.locator, mentions, *link_article(made, mentions))


ARTICLES = st.builds(
    article,
    st.sampled_from("defgh"),
    st.lists(st.sampled_from(BEARERS), min_size=1, max_size=2),
    st.lists(st.sampled_from(FIRMS), min_size=1, max_size=3, unique=True),
    st.sampled_from([(), (), CROWD]),
)
DECIDED = [
    article("a", ["Ismail Demir"], ["Baykar", "Aselsan"]),
    article("b", ["Ahmet Demir"], ["Galatasaray"]),
    article("c", ["Demir"], ["Baykar", "Aselsan"]),
]


@st.composite
def histories(draw: st.DrawFn) -> list[Run]:
    """Articles in which company decides, and others that may speak against it, in any order and in some runs."""
    scene = draw(st.sampled_from([DECIDED, DECIDED, []]))
    articles = draw(st.permutations([*scene, *draw(st.lists(ARTICLES, max_size=5))]))
    borders = sorted(draw(st.lists(st.integers(0, len(articles)), max_size=2)))
    parts = [articles[start:end] for start, end in zip([0, *borders], [*borders, len(articles)], strict=True)]
    removed = st.lists(st.sampled_from("defgh"), max_size=1)
    decided = st.sampled_from([[], [], [FORM], [ARTICLE], [ARTICLE, UNDO]])
    made = [list(draw(decided)) for _ in parts]
    for number, decisions in enumerate(made):
        if UNDO in decisions and any(UNDO in earlier for earlier in made[:number]):
            decisions.remove(UNDO)  # a decision can be undone once
    return [Run(list(part), draw(removed), decisions) for part, decisions in zip(parts, made, strict=True)]


def take(catalog: Catalog, folder: Path, run: Run) -> None:
    catalog.store(with_mention_splits(run.stored, mention_splits_in_force(catalog)), extraction="v", run=1)
    catalog.remove(run.removed)
    for decision in run.decided:
        if decision is None:
            catalog.undo_decision(catalog.decisions()[-1].id, undone="2021-01-01T00:00:00")
        else:
            catalog.add_decisions([decision], decided="2021-01-01T00:00:00")
    with catalog.transaction():
        relink(catalog, Packs)
        resolve(catalog, Knowledge.of_packs(()))


def all_at_once(history: Sequence[Run]) -> Run:
    final: dict[str, ExtractedArticle] = {}
    for run in history:
        final.update({item.article.id: item for item in run.stored})
        final = {key: item for key, item in final.items() if key not in run.removed}
    return Run(list(final.values()), [], [decision for run in history for decision in run.decided])


def rules(found: dict[str, list[tuple[object, ...]]]) -> set[object]:
    return {row[3] for row in found["assignments"]} | {row[12] for row in found["mentions"]}


def test_what_company_decides_and_people_set_apart_is_the_same_in_one_run_and_in_many() -> None:
    used: list[set[object]] = []

    @settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
    @given(histories())
    @example([Run([item], [], []) for item in DECIDED])
    @example([Run(DECIDED, [], [ARTICLE]), Run([article("d", ["Ahmet Demir"], ["Baykar", "Aselsan"])], [], [])])
    def check(history: list[Run]) -> None:
        with tempfile.TemporaryDirectory() as name:
            one, many = Path(name) / "one", Path(name) / "many"
            with open_catalog(many) as catalog:
                for run in history:
                    take(catalog, many, run)
            with open_catalog(one) as catalog:
                take(catalog, one, all_at_once(history))
            assert contents(one) == contents(many)
            used.append(rules(contents(one)))

    check()
    # Both rules had a say: in the examples above for sure, and by chance in others.
    assert any("context" in found for found in used)
    assert any("split" in found for found in used)
