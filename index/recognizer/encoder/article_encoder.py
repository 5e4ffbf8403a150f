"""Encode the leads of articles with ONNX Runtime, on one thread and one by one.

With 8 bits the scale of all numbers of a step follows from the largest of them, so texts in one batch would change each
other's vectors.
"""

from typing import Any

import numpy as np

from index.recognizer.encoder.folder import SHIPPED_ENCODER, read_folder, verify_folder
from index.recognizer.encoder.text_pieces import first_pieces
from index.recognizer.encoder.vectors import as_bytes
from index.recognizer.sessions import open_session

__all__ = ["ArticleEncoder"]


class ArticleEncoder:
    """Makes vectors of texts; the same text always gives the same vector.

    Raises `ModelError` when the files of the encoder are missing or altered, or cannot be run.
    """

    def __init__(self, *, is_verified: bool = True) -> None:
        folder = read_folder(SHIPPED_ENCODER)
        if is_verified:
            verify_folder(folder)
        # As it is, this network opens in a third of the time and gives the same numbers. It is as fast with VNNI
        # instructions, and more than twice as fast without.
        self._session = open_session(folder.network, is_rearranged=False)

    def encode(self, text: str) -> bytes:
        """Return the vector of the beginning of a text as signed bytes; empty for a text without words."""
        pieces = first_pieces(text)
        if not pieces:
            return b""
        outputs: list[Any] = self._session.run(None, {"pieces": np.array(pieces, dtype=np.int64)})
        return as_bytes(outputs[0])
