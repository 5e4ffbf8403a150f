from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from index.model import Amount, DateInterval, DatePrecision, Document, Furniture, FurnitureReason, Span
from search.engines.base import Searcher
from tests.contract.engines import ENGINES, Engine, engines_that, parameters, running, shown


@pytest.fixture(params=parameters(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    return running(request)


@pytest.fixture(params=parameters(engines_that("is_exact_scores")))
def exact_engine(request: pytest.FixtureRequest) -> Engine:
    """An engine whose scores are those of `index.engines.scoring`."""
    return running(request)


@pytest.fixture(params=parameters(engines_that("has_term_dictionary")))
def dictionary_engine(request: pytest.FixtureRequest) -> Engine:
    """An engine that lists the terms of text fields."""
    return running(request)


@pytest.fixture(params=parameters(engines_that("can_pin_commits")))
def pinning_engine(request: pytest.FixtureRequest) -> Engine:
    """An engine whose readers can name the commit that they see."""
    return running(request)


@pytest.fixture(scope="session", params=parameters(engine for engine in ENGINES if engine.server))
def server_engine(request: pytest.FixtureRequest) -> Engine:
    """An engine that is a server."""
    return running(request)


def day(year: int, month: int = 1, number: int = 1) -> DateInterval:
    moment = date(year, month, number)
    return DateInterval(moment, moment, DatePrecision.DAY)


MENU = "Home Politics Missiles\n"

DOCUMENTS = (
    Document(
        id="a",
        title="Air defense for Turkey",
        body="Air defense for Turkey\n\nTurkey buys the S-400 air defense system from Russia.",
        people=("erdogan",),
        places=("turkey", "russia"),
        systems=("s-400",),
        mentioned=("turkey", "turkey", "s-400", "russia", "erdogan"),
        amounts=(Amount("USD", Decimal("2.5e9")),),
        dates=(day(2017, 12, 29),),
        published=day(2019, 7, 12),
        source="TASS",
        language="en",
    ),
    Document(
        id="b",
        title="Poland orders Patriot",
        body="Poland orders Patriot\n\nPoland buys missiles. The defense minister spoke of the air base in Warsaw.",
        places=("poland",),
        systems=("patriot",),
        amounts=(Amount("USD", Decimal("4.75e9")), Amount("EUR", Decimal(900))),
        published=day(2018, 3, 28),
        source="PAP",
        language="en",
    ),
    Document(
        id="c",
        title="Menu",
        body=MENU + "A quiet village without any news at all in the hills.",
        people=("erdogan", "putin"),
        places=("turkey",),
        mentioned=("erdogan", "putin", "turkey"),
        furniture=(Furniture(Span(0, len(MENU)), FurnitureReason.MENU),),
    ),
    Document(
        id="d",
        title="Missiles",
        body="Missiles and more missiles\n\nA missile is a missile. Erdoğan's missiles in the hills of the village.",
        people=("putin",),
        places=("russia",),
        mentioned=("putin", "russia", "putin"),
        published=day(2021),
        source="TASS",
        language="en",
    ),
)


@pytest.fixture
def searcher(engine: Engine, tmp_path: Path) -> Searcher:
    return shown(engine, tmp_path, DOCUMENTS)


@pytest.fixture
def exact_searcher(exact_engine: Engine, tmp_path: Path) -> Searcher:
    return exact_engine.write(tmp_path, DOCUMENTS)


@pytest.fixture
def dictionary_searcher(dictionary_engine: Engine, tmp_path: Path) -> Searcher:
    return shown(dictionary_engine, tmp_path, DOCUMENTS)
