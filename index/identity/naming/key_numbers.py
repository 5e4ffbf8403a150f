"""Numbers for keys: a hash of a text, the same in every process, with the rule that uses it in the lowest bits."""

from hashlib import blake2b

__all__ = ["key_number", "stage_of"]

_STAGE_BITS = 5
_HASH_BYTES = 7


def key_number(stage: int, text: str) -> int:
    """Return the number of a key: 56 bits of a hash, then the stage."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()
    return int.from_bytes(digest, "big") << _STAGE_BITS | stage


def stage_of(number: int) -> int:
    """Return the stage in a key.

    >>> stage_of(key_number(6, "people demir"))
    6
    """
    return number & ((1 << _STAGE_BITS) - 1)
