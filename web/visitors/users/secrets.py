"""Secrets that browsers and programs show: made at random, stored as digests."""

import hashlib
import hmac
import secrets

__all__ = ["digest", "is_masked", "mask", "new_secret"]

_BYTES = 32


def new_secret() -> str:
    """Return a secret of 256 random bits as text that fits into a header."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """Return the form in which a secret is stored. It is random, so that a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def mask(secret: str) -> str:
    """Return hexadecimal digits in another form each time; "" for nothing.

    A page is compressed together with what its reader typed: from its length, one could guess a secret that stays the
    same.

    >>> mask("00ff") == mask("00ff"), is_masked(mask("00ff"), "00ff"), is_masked(mask("00ff"), "00fe")
    (False, True, False)
    """
    pad = secrets.token_bytes(len(secret) // 2)
    return pad.hex() + _mixed(pad, bytes.fromhex(secret)).hex()


def is_masked(text: str, secret: str) -> bool:
    """True for a secret that `mask` returned; nothing is one where there is no secret."""
    try:
        given = bytes.fromhex(text)
    except ValueError:
        return False
    half = len(secret) // 2
    return (
        half > 0
        and len(given) == 2 * half
        and hmac.compare_digest(_mixed(given[:half], given[half:]), bytes.fromhex(secret))
    )


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))
