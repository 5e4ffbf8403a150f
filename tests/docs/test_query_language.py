"""The queries of the page about the query language are read as it says."""

import re
from pathlib import Path

import pytest

from search.query.currencies import read_currencies
from search.query.parser import parse
from search.query.token_order import MAX_CLAUSES, MAX_DEPTH
from search.query.tokens import MAX_LENGTH
from search.query.tree import without_places

PAGE = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")
CURRENCIES = read_currencies(("core",))

_ROW = re.compile(r"^\| `(?P<query>[^`]+)` \| (?P<meaning>.+) \|$", re.MULTILINE)
_READABLE, _UNREADABLE = PAGE.split("## Invalid text")
_EQUIVALENT = re.search(r"## Precedence.*?(?=\n## )", PAGE, re.DOTALL)
assert _EQUIVALENT is not None


@pytest.mark.parametrize("query", [row["query"] for row in _ROW.finditer(_READABLE)])
def test_a_query_of_the_page_is_read_without_a_notice(query: str) -> None:
    parsed = parse(query, currencies=CURRENCIES)

    assert parsed.query is not None
    assert parsed.notices == ()


@pytest.mark.parametrize("query", [row["query"] for row in _ROW.finditer(_UNREADABLE)])
def test_what_the_page_calls_unreadable_brings_one_notice(query: str) -> None:
    parsed = parse(query, currencies=CURRENCIES)

    assert parsed.query is not None
    assert len(parsed.notices) == 1


@pytest.mark.parametrize(
    ("query", "same"),
    [(row["query"], row["meaning"].strip("`")) for row in _ROW.finditer(_EQUIVALENT.group())],
)
def test_what_belongs_together(query: str, same: str) -> None:
    left, right = parse(query).query, parse(same).query

    assert left is not None
    assert right is not None
    assert without_places(left) == without_places(right)


def test_the_limits_are_those_of_the_parser() -> None:
    assert f"{MAX_LENGTH:,} characters, {MAX_CLAUSES} words and phrases, and {MAX_DEPTH} parentheses" in PAGE
