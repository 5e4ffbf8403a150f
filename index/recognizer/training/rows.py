"""Convert documents to rows of pieces with labels, and group rows into batches of similar length."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.recognizer.asked import asked_words
from index.recognizer.labels import OUTSIDE, label_index
from index.recognizer.pieces import Pieces
from index.recognizer.training.documents import Document
from index.recognizer.words import OPENING, SPECIAL_CASE, UPPER, has_letters, read_words

__all__ = ["IGNORED", "Row", "in_capitals", "make_batches", "make_rows"]

IGNORED: Final = -100
_MAX_PIECES: Final = 200
_JOINED: Final = 0.4
_POOL: Final = 1_500


@dataclass(slots=True)
class Row:
    """Input of the network: pieces, cases, the pieces that all layers process, and labels.

    Labels are `IGNORED` except for the first piece of a word; pieces that are not kept have no labels.
    """

    pieces: list[int]
    cases: list[int]
    kept: list[bool]
    labels: list[int]

    def __len__(self) -> int:
        return len(self.pieces)


def make_rows(document: Document, pieces: Pieces) -> Iterator[Row]:
    """Yield the rows of a document, of whole sentences where these fit; without the marks of start and end."""
    read = read_words(document.text)
    labels = [OUTSIDE] * len(read)
    number = 0
    for name in document.names:
        while number < len(read) and read.ends[number] <= name.start:
            number += 1
        is_first = True
        while number < len(read) and read.starts[number] < name.end:
            labels[number] = IGNORED if name.kind is None else label_index(name.kind, is_first=is_first)
            is_first = False
            number += 1
    row, sentence = Row([], [], [], []), Row([], [], [], [])
    numbered = [pieces.read(word) for word in read.words]
    asked = asked_words(read, [case for _, case in numbered])
    for number, (numbers, case) in enumerate(numbered):
        opens = read.openings[number]
        if sentence.pieces and (opens or len(sentence) >= _MAX_PIECES - 8):
            if len(row) + len(sentence) > _MAX_PIECES:
                yield row
                row = Row([], [], [], [])
            _append(row, sentence)
            sentence = Row([], [], [], [])
        sentence.pieces += numbers
        sentence.cases += [case + OPENING * opens] * len(numbers)
        sentence.kept += [asked[number]] * len(numbers)
        sentence.labels += [labels[number]] + [IGNORED] * (len(numbers) - 1)
    if row.pieces and len(row) + len(sentence) > _MAX_PIECES:
        yield row
        row = Row([], [], [], [])
    _append(row, sentence)
    if row.pieces:
        yield row


def _append(row: Row, other: Row) -> None:
    row.pieces += other.pieces
    row.cases += other.cases
    row.kept += other.kept
    row.labels += other.labels


def _close(row: Row, pieces: Pieces) -> Row:
    return Row(
        [pieces.start, *row.pieces, pieces.stop],
        [SPECIAL_CASE, *row.cases, SPECIAL_CASE],
        [True, *row.kept, True],
        [IGNORED, *row.labels, IGNORED],
    )


def in_capitals(row: Row) -> Row:
    """Return the row as if all its words were written in capitals.

    Only cases change, as the encoder has no capitals.
    """
    cases = [case - case % OPENING + UPPER if has_letters(case) else case for case in row.cases]
    return replace(row, cases=cases, kept=[True] * len(row))


def make_batches(
    documents: Iterable[Document], pieces: Pieces, *, budget: int, dice: random.Random
) -> Iterator[Sequence[Row]]:
    """Yield batches of rows of similar length, of at most `budget` pieces with padding, shuffled within a pool of rows.

    Some neighbours that fit are joined into one row, so that the network meets longer texts and changes of subject.
    """
    pool: list[Row] = []
    for document in documents:
        for row in make_rows(document, pieces):
            if pool and len(pool[-1]) + len(row) <= _MAX_PIECES and dice.random() < _JOINED:
                _append(pool[-1], row)
            else:
                pool.append(row)
        if len(pool) >= _POOL:
            yield from _cut(pool, pieces, budget, dice)
            pool = []
    yield from _cut(pool, pieces, budget, dice)


def _cut(pool: list[Row], pieces: Pieces, budget: int, dice: random.Random) -> list[list[Row]]:
    batches: list[list[Row]] = []
    batch: list[Row] = []
    for row in sorted((_close(row, pieces) for row in pool), key=len):
        if batch and (len(batch) + 1) * len(row) > budget:
            batches.append(batch)
            batch = []
        batch.append(row)
    if batch:
        batches.append(batch)
    dice.shuffle(batches)
    return batches
