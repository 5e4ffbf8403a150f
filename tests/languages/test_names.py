"""Names of packs are found in every language and lead to their entries; in Latin script nearly all names are right."""

from collections.abc import Mapping, Sequence

import pytest
from msgspec.structs import replace

from index.extract.pipeline import Extractor
from index.model import ENTITY_KINDS, Kind, Mention
from index.packs.loader import load_packs
from tests.evaluation.scores.span_scores import Score, is_equal, match
from tests.languages.right_values import ForeignText, read_texts

_TEXTS = list(read_texts())
_PACKS = load_packs(["core", "defence"])
_ENTRIES = {entry.reference: entry for entry in _PACKS.entries}
_MARKED = (Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES)
# In per cent, packs and rules without a recognizer; floors go up or stay.
_PRECISION, _RECALL = 94, 55
_Found = Mapping[str, tuple[Mention, ...]]


@pytest.fixture(scope="module")
def found() -> _Found:
    """The mentions of each text, by its name."""
    articles = [replace(foreign.gold.as_article(), language=foreign.language) for foreign in _TEXTS]
    mentions = Extractor(packs=_PACKS, model="none").extract(articles)
    return {foreign.gold.name: each for foreign, each in zip(_TEXTS, mentions, strict=True)}


def _missed(foreign: ForeignText, mentions: Sequence[Mention]) -> list[str]:
    """The names of entries that are not found, or lead elsewhere."""
    return [
        foreign.gold.text[wanted.span.start : wanted.span.end]
        for wanted in foreign.gold.mentions
        if wanted.kind in ENTITY_KINDS
        and not any(
            each.reference is not None
            and _ENTRIES[each.reference].name == wanted.entity
            and each.span.start < wanted.span.end
            and wanted.span.start < each.span.end
            for each in mentions
        )
    ]


@pytest.mark.parametrize("foreign", _TEXTS, ids=lambda foreign: foreign.gold.name)
def test_names_of_entries_are_found_and_lead_to_them(foreign: ForeignText, found: _Found) -> None:
    assert _missed(foreign, found[foreign.gold.name]) == []


def test_names_in_latin_script_are_right_nearly_always(found: _Found) -> None:
    total = Score()
    for foreign in _TEXTS:
        for kind in _MARKED if foreign.names else ():
            wanted = [name.span for name in foreign.names if name.kind is kind]
            given = [(each.span.start, each.span.end) for each in found[foreign.gold.name] if each.kind is kind]
            total += match(wanted, given, is_equal)
    assert int(100 * total.precision) >= _PRECISION
    assert int(100 * total.recall) >= _RECALL
