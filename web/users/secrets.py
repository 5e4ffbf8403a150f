"""Secrets that browsers and programs show: made at random, stored as digests."""

import hashlib
import secrets

__all__ = ["digest", "new_secret"]

_BYTES = 32


def new_secret() -> str:
    """Return a secret of 256 random bits as text that fits into a header."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """Return the form in which a secret is stored. It is random, so that a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
