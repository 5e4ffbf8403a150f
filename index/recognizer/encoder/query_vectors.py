"""Vectors of queries and of other texts that are compared with stored vectors. The encoder is loaded once and late."""

from functools import cache

from index.recognizer.encoder.article_encoder import ArticleEncoder
from index.recognizer.encoder.vectors import Vector, from_bytes

__all__ = ["encode_text"]


@cache
def _encoder() -> ArticleEncoder:
    # The digest of its files takes as long as opening them: it is checked where vectors are stored.
    return ArticleEncoder(is_verified=False)


def encode_text(text: str) -> Vector | None:
    """Return the vector of the beginning of a text; None for one without words. Raises `ModelError`."""
    vector = _encoder().encode(text)
    return from_bytes([vector])[0] if vector else None
