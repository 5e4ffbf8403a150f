"""Vectors of texts that are searched for. Whatever keeps the encoder from working is one kind of error."""

from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    from index.recognizer.encoder.vectors import Vector

__all__ = ["encode"]


def encode(text: str) -> "Vector | None":
    """Return the vector of the beginning of a text, None for one without words.

    Raises `ModelError` when the encoder is missing or cannot be loaded, for example with too little memory.
    """
    try:
        # Importing what runs the encoder takes 30 ms, which a search of one word need not pay.
        from index.recognizer.encoder.query_vectors import encode_text

        return encode_text(text)
    except (ImportError, MemoryError, RuntimeError) as error:  # ONNX Runtime raises RuntimeError when memory ends.
        message = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"The encoder of meaning cannot be used ({message}). Use --order words.") from error
