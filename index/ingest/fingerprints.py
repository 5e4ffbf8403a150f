"""Fingerprints of code: what was made by other code is made again."""

import hashlib
from importlib.resources import files

__all__ = ["code_fingerprint"]


def code_fingerprint(*packages: str) -> str:
    """A hash of all that lies in these packages (not in packages within them): code and the tables beside it.

    >>> code_fingerprint("index.identity") == code_fingerprint("index.identity") != code_fingerprint("index.readers")
    True
    """
    digest = hashlib.sha256()
    for package in packages:
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.is_file() and not entry.name.endswith(".pyc"):
                digest.update(f"{package}/{entry.name}\n".encode())
                digest.update(entry.read_bytes())
    return digest.hexdigest()
