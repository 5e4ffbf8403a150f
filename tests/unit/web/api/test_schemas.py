from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from jsonschema import Draft202012Validator

from index.model import Amount, DateInterval, DatePrecision, Kind
from search.output.serialization import to_json
from web.api.schemas import Schemas


@dataclass(frozen=True)
class Sample:
    """A record with one of everything.

    Only the first paragraph describes it.
    """

    ok: Annotated[Literal[True], "Always true"]
    kind: Kind
    amounts: tuple[Amount, ...]
    when: DateInterval | None
    pair: tuple[str, int]
    share: float


SAMPLE = Sample(
    True,
    Kind.PEOPLE,
    (Amount("USD", Decimal("1.5")), Amount(None, None)),
    DateInterval(date(2019, 1, 1), None, DatePrecision.YEAR),
    ("a", 1),
    0.5,
)


def validator() -> Draft202012Validator:
    schemas = Schemas(prefix="#/$defs/")
    schema = schemas.of(Sample)
    return Draft202012Validator({**schema, "$defs": schemas.components})


def test_what_is_written_fits_its_schema() -> None:
    assert list(validator().iter_errors(to_json(SAMPLE))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"ok": False},
        {"kind": "robots"},
        {"amounts": [{"currency": "USD"}]},
        {"pair": ["a"]},
        {"share": "a half"},
        {"when": "2019"},
        {"surplus": 1},
    ],
)
def test_what_differs_does_not_fit(change: dict[str, object]) -> None:
    written = to_json(SAMPLE)
    assert isinstance(written, dict)
    assert list(validator().iter_errors(written | change)) != []


def test_help_describes_fields_and_the_first_paragraph_the_record() -> None:
    schemas = Schemas(prefix="#/")
    schemas.of(Sample)
    sample = schemas.components["Sample"]
    assert sample["description"] == "A record with one of everything."
    assert sample["properties"]["ok"]["description"] == "Always true"


def test_what_json_cannot_hold_has_no_schema() -> None:
    with pytest.raises(TypeError, match="complex"):
        Schemas(prefix="#/").of(complex)
