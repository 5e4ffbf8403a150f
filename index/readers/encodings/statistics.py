"""Guess the encoding of text that does not say it: by pairs of bytes, and by the letters that come out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import chardet

from index.readers.encodings.known import guessable, wider
from index.readers.encodings.plausibility import plausibility

__all__ = ["Candidate", "has_only_western_signs", "rank_encodings"]

# The first kilobytes with characters beyond ASCII tell as much as all of them.
_EVIDENCE_BYTES = 1 << 14
_JUDGED_BYTES = 1 << 12
# Candidates far behind in pairs of bytes are not looked at.
_LEAST_SHARE_OF_BEST = 0.5
_TAG = re.compile(rb"<[/?!]?[A-Za-z][^<>]{0,2000}>")
_SIGNS = re.compile("[\x00-\x7f‘’‚“”„–—…•«»‹›€£¥§©®°·½¼¾²³™\u00a0]*")
# Signs where they cannot stand are letters of another encoding: an opening one at the end of a word, and so on.
_SIGN_OUT_OF_PLACE = re.compile(
    r"[^\W\d_][‘‚“„«‹€£¥§©½¼¾•](?!\w*[”“»›])|[”»›™®](?=[^\W\d_])|[^\W\d_][‘‚“„«‹€£¥§©…•·]+(?=[^\W\d_])|[^\W\d_]{3}[²³°]"
)
# chardet knows the widest; text that the usual one can decode is in that.
_USUAL = {"euc_jis_2004": "euc_jp", "shift_jis_2004": "cp932"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding with the evidence for it, which can only be compared with that of others for the same bytes.

    `plausibility` is that of the text that comes out.
    """

    encoding: str
    evidence: float
    plausibility: float


def rank_encodings(sample: bytes, *, declared: str | None = None) -> Sequence[Candidate]:
    """Return the encodings that `sample` may be in, best first.

    Empty when nothing is beyond ASCII, or nothing fits. `declared` is among them however little evidence there is for
    it, if there is any.
    """
    evidence = _evidence(sample)
    if not evidence:
        return []
    weights = guessable()
    found = chardet.detect_all(
        evidence,
        ignore_threshold=True,
        compat_names=False,
        include_encodings=weights,
        no_match_encoding="cp1252",
        empty_input_encoding="cp1252",
    )
    least = _LEAST_SHARE_OF_BEST * found[0]["confidence"]
    candidates: dict[str, Candidate] = {}
    for row in found:
        name = row["encoding"]
        if name is None:
            continue
        encoding = wider(_usual(name, evidence))
        if row["confidence"] < least and encoding != declared:
            continue
        fits = plausibility(evidence[:_JUDGED_BYTES].decode(name, errors="replace"))
        candidate = Candidate(encoding, row["confidence"] * fits**2 * weights[name], fits)
        if encoding not in candidates or candidates[encoding].evidence < candidate.evidence:
            candidates[encoding] = candidate
    return sorted(candidates.values(), key=lambda candidate: -candidate.evidence)


def has_only_western_signs(sample: bytes) -> bool:
    """True when nothing is beyond ASCII but quotation marks, dashes and such signs where cp1252 has them."""
    text = sample.decode("cp1252", errors="replace")
    return _SIGNS.fullmatch(text) is not None and _SIGN_OUT_OF_PLACE.search(text) is None


def _evidence(sample: bytes) -> bytes:
    """Return the lines with characters beyond ASCII, without tags and what stands in them."""
    lines = _TAG.sub(b" ", sample).split(b"\n")
    return b"\n".join(line for line in lines if not line.isascii())[:_EVIDENCE_BYTES]


def _usual(encoding: str, evidence: bytes) -> str:
    usual = _USUAL.get(encoding)
    if usual is None:
        return encoding
    try:
        evidence.decode(usual)
    except UnicodeDecodeError as error:
        # The evidence may end inside a character.
        return usual if error.start >= len(evidence) - 2 else encoding
    return usual
