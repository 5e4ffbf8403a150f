"""The order of tasks: workers stay busy, memory stays bounded, and long sources keep nobody waiting."""

from collections.abc import Iterator

import pytest

from index.ingest.run.schedule import Schedule, make_batches
from index.ingest.workers.tasks import PART_ARTICLES, ExtractTask, ReadResult, ReadTask, SourcePart
from index.model import Article
from index.readers.base import Source


def source(name: str, size: int = 100) -> Source:
    return Source(name, size=size)


def articles(count: int, *, characters: int = 10) -> tuple[Article, ...]:
    return tuple(Article(str(number), "", "", "", "x" * characters) for number in range(count))


def part(name: str, *, is_last: bool, count: int = PART_ARTICLES) -> SourcePart:
    return SourcePart(name, articles(count), (), is_last=is_last)


def batches(*names: str) -> Iterator[tuple[Source, ...]]:
    return iter([(source(name),) for name in names])


def test_sources_are_grouped_in_their_order() -> None:
    sources = [source(str(number)) for number in range(70)]
    groups = list(make_batches(sources))
    assert [len(group) for group in groups] == [32, 32, 6]
    assert [each for group in groups for each in group] == sources


def test_large_sources_end_a_group() -> None:
    groups = list(make_batches([source("a", 3_000_000), source("b", 3_000_000), source("c")]))
    assert [[each.locator for each in group] for group in groups] == [["a", "b"], ["c"]]


def test_bytes_in_memory_are_a_group_of_their_own() -> None:
    stdin = Source("-", data=b"text", size=4)
    assert list(make_batches([source("a"), stdin, source("b")])) == [(stdin,), (source("a"), source("b"))]


def test_articles_that_fill_a_task_come_before_more_sources() -> None:
    schedule = Schedule(batches("a"), workers=1)
    schedule.add(articles(40))
    task = schedule.next_task()
    assert isinstance(task, ExtractTask)
    assert len(task.articles) == 32
    assert isinstance(schedule.next_task(), ReadTask)


def test_few_articles_wait_for_more_unless_there_is_nothing_to_read() -> None:
    schedule = Schedule(batches("a"), workers=1)
    schedule.add(articles(2))
    assert isinstance(schedule.next_task(), ReadTask)
    assert schedule.next_task() == ExtractTask(articles(2))
    assert schedule.next_task() is None


def test_a_task_of_long_articles_has_few_of_them() -> None:
    schedule = Schedule(batches(), workers=1)
    schedule.add(articles(32, characters=300_000))
    task = schedule.next_task()
    assert isinstance(task, ExtractTask)
    assert len(task.articles) == 2


@pytest.mark.parametrize(("count", "characters"), [(128, 10), (2, 4_000_000)])
def test_reading_pauses_while_much_is_not_extracted(count: int, characters: int) -> None:
    schedule = Schedule(batches("a"), workers=1)
    schedule.add(articles(count, characters=characters))
    tasks = list(iter(schedule.next_task, None))
    assert {type(task) for task in tasks} == {ExtractTask}
    assert isinstance(tasks[0], ExtractTask)
    schedule.note_extracted(tasks[0])
    assert isinstance(schedule.next_task(), ReadTask)


def test_sources_in_hand_count_as_full_of_articles() -> None:
    schedule = Schedule(batches("a", "b", "c"), workers=1)
    assert len(list(iter(schedule.next_task, None))) == 2


def test_a_long_source_and_new_ones_take_turns() -> None:
    schedule = Schedule(batches("long", "b", "c", "d"), workers=1)
    order = []
    for _ in range(6):
        task = schedule.next_task()
        assert isinstance(task, ReadTask)
        name = task.sources[0].locator
        order.append(name)
        schedule.note_read(task, ReadResult((part(name, is_last=name != "long", count=10),)))
    assert order in (["long", "b", "long", "c", "long", "d"], ["long", "long", "b", "long", "c", "long"])


def test_few_long_sources_are_begun_at_a_time() -> None:
    schedule = Schedule(batches(*"abcdefgh"), workers=1)
    names = []
    for _ in range(20):
        task = schedule.next_task()
        assert isinstance(task, ReadTask)
        names.append(task.sources[0].locator)
        schedule.note_read(task, ReadResult((part(names[-1], is_last=False, count=1),)))
    assert set(names) == {"a", "b"}


def test_sources_that_a_result_did_not_reach_are_read_next() -> None:
    schedule = Schedule(iter([(source("a"), source("b"))]), workers=1)
    task = schedule.next_task()
    assert isinstance(task, ReadTask)
    schedule.note_read(task, ReadResult((part("a", is_last=True),)))
    assert schedule.next_task() == ReadTask((source("b"),))
