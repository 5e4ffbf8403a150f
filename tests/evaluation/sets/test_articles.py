"""Our own articles are what their README says: many, varied, and marked in one way."""

import re

import pytest

from index.model import Kind
from tests.evaluation.scores.span_scores import GoldSpan
from tests.evaluation.sets.check_annotation import find_disagreements, find_unmarked
from tests.evaluation.sets.gold import GoldMention, GoldText
from tests.evaluation.sets.gold_sets import ARTICLES, HALVES, HELD_OUT, TUNING, read_articles, read_own_sets

_TEXTS = [text for half in HALVES for text in read_articles(half).texts]
_REGION = re.compile(r"^region: (.+)$", re.MULTILINE)
_STORY_OF_THE_SEEDS = re.compile(r"S-?[45]00|F-35|Patriot|\bTurk(?:ey|ish)\b|Ankara|Erdo", re.IGNORECASE)


@pytest.mark.parametrize("half", [TUNING, HELD_OUT])
def test_each_half_has_at_least_ten_articles(half: str) -> None:
    assert len(read_articles(half).texts) >= 10


def test_each_region_of_the_world_has_its_first_article_by_alphabet_in_one_half_and_its_second_in_the_other() -> None:
    tuning, held_out = _files_by_region("world_tuning"), _files_by_region("world_held_out")
    assert len({region for region, _ in tuning}) == len(tuning) == 6
    assert [region for region, _ in tuning] == [region for region, _ in held_out]
    assert [first for first, second in zip(tuning, held_out, strict=True) if not first < second] == []


def _files_by_region(folder: str) -> list[tuple[str, str]]:
    return sorted(
        (_REGION.findall(path.read_text("utf-8"))[0], path.name) for path in (ARTICLES / folder).glob("*.txt")
    )


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_every_kind(half: str) -> None:
    marked = {mention.kind for text in read_articles(half).texts for mention in text.mentions}
    assert marked == set(Kind)


@pytest.mark.parametrize("text", _TEXTS, ids=lambda text: text.name)
def test_article_has_the_length_of_news(text: GoldText) -> None:
    assert 150 <= len(text.text.split()) <= 400


@pytest.mark.parametrize("text", _TEXTS, ids=lambda text: text.name)
def test_article_is_not_about_the_story_of_the_seeds(text: GoldText) -> None:
    assert _STORY_OF_THE_SEEDS.search(text.text) is None


def test_no_name_is_marked_in_one_place_and_not_in_another() -> None:
    texts = [text for gold in read_own_sets() for text in gold.texts]
    assert list(find_unmarked(texts)) == []


def test_no_name_is_marked_in_two_ways() -> None:
    texts = [text for gold in read_own_sets() for text in gold.texts]
    assert list(find_disagreements(texts)) == []


def test_check_tells_what_is_unmarked_and_what_differs() -> None:
    one = GoldText("one", "Obi met Obi.", (GoldMention(GoldSpan(0, 3), Kind.PEOPLE, "Ada Obi"),))
    other = GoldText("other", "Obi", (GoldMention(GoldSpan(0, 3), Kind.PLACES, "Obi"),))
    assert list(find_unmarked([one])) == ["one:8 'Obi' is marked elsewhere and not here"]
    assert list(find_disagreements([one, other])) == ["'Obi' is marked as people and places"]
