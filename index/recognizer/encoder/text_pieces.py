"""The first pieces of a text, as the encoder reads them."""

from functools import cache

from index.recognizer.encoder.folder import read_folder
from index.recognizer.encoder.shape import MAX_PIECES
from index.recognizer.pieces import Pieces, read_vocabulary
from index.recognizer.words import read_words

__all__ = ["LEAD_CHARACTERS", "first_pieces"]

# No text needs more characters for its pieces, but one of words that are longer than any.
LEAD_CHARACTERS = 2_000


@cache
def _vocabulary() -> Pieces:
    return Pieces(read_vocabulary(read_folder().vocabulary))


def first_pieces(text: str) -> list[int]:
    """Return the numbers of the first pieces of a text between the two marks, 64 together; empty without words."""
    pieces = _vocabulary()
    numbers: list[int] = []
    for word in read_words(text[:LEAD_CHARACTERS]).words:
        numbers += pieces.read(word)[0]
        if len(numbers) >= MAX_PIECES - 2:
            break
    return [pieces.start, *numbers[: MAX_PIECES - 2], pieces.stop] if numbers else []
