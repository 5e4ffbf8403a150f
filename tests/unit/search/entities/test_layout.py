"""Places of nodes: the same each time, inside the box, and no name over another."""

import random

import pytest

from search.entities.layout import MAX_LETTERS, box_of, place_nodes

Ties = list[tuple[int, int, int]]

WIDTH, HEIGHT = 1000, 640
_CHANCE = random.Random(1)
GRAPHS: dict[str, tuple[list[int], Ties]] = {
    "one": ([5], []),
    "two apart": ([5, 24], []),
    "a star": ([12] * 40, [(0, other, other) for other in range(1, 40)]),
    "a knot": ([9] * 13, [(one, other, 3) for one in range(13) for other in range(one)]),
    "a tree": ([_CHANCE.randint(3, 30) for _ in range(40)], [(_CHANCE.randrange(n), n, 2) for n in range(1, 40)]),
    "pairs": ([10] * 40, [(2 * n, 2 * n + 1, 1) for n in range(20)]),
    "nothing tied": ([10] * 40, []),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_the_same_graph_gives_the_same_places(name: str) -> None:
    letters, ties = GRAPHS[name]
    first = place_nodes(letters, ties, width=WIDTH, height=HEIGHT)
    assert place_nodes(letters, ties, width=WIDTH, height=HEIGHT) == first
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in first)


@pytest.mark.parametrize("name", GRAPHS)
def test_no_mark_stands_on_another_mark_or_its_name(name: str) -> None:
    letters, ties = GRAPHS[name]
    places = place_nodes(letters, ties, width=WIDTH, height=HEIGHT)
    close = [
        (one, other)
        for one in range(len(places))
        for other in range(one)
        if abs(places[one][1] - places[other][1]) < 40
        and abs(places[one][0] - places[other][0]) < 3.5 * sum(min(letters[n], MAX_LETTERS) for n in (one, other))
    ]
    assert close == []


@pytest.mark.parametrize("name", GRAPHS)
def test_the_picture_holds_every_mark_and_name(name: str) -> None:
    letters, ties = GRAPHS[name]
    places = place_nodes(letters, ties, width=WIDTH, height=HEIGHT)
    left, top, width, height = box_of(letters, places, width=WIDTH, height=HEIGHT)
    outside = [
        (x, y)
        for count, (x, y) in zip(letters, places, strict=True)
        if not (left <= x - 3.5 * min(count, MAX_LETTERS) and x + 3.5 * min(count, MAX_LETTERS) <= left + width)
        or not (top <= y - 20 and y + 38 <= top + height)
    ]
    assert outside == []
    assert 0 <= left < left + width <= WIDTH
    assert 0 <= top < top + height <= HEIGHT


def test_the_picture_of_two_fits_a_phone() -> None:
    letters, ties = [MAX_LETTERS] * 2, [(0, 1, 1)]
    _, _, width, height = box_of(
        letters, place_nodes(letters, ties, width=WIDTH, height=HEIGHT), width=1000, height=640
    )
    assert (width, height) < (400, 100)


def test_no_nodes_have_no_places() -> None:
    assert place_nodes([], [], width=WIDTH, height=HEIGHT) == []


def test_what_is_tied_stands_nearer_than_what_is_not() -> None:
    ties = [(one, other, 2) for start in (0, 5) for one in range(start, start + 5) for other in range(start, one)]
    places = place_nodes([6] * 10, ties, width=WIDTH, height=HEIGHT)

    def mean(pairs: list[tuple[int, int]]) -> float:
        return sum(abs(complex(*places[a]) - complex(*places[b])) for a, b in pairs) / len(pairs)

    tied = [(first, second) for first, second, _ in ties]
    apart = [(one, other) for one in range(5) for other in range(5, 10)]
    assert mean(tied) < 0.8 * mean(apart)
