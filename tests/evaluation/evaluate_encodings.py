"""Measures the detection of encodings: `python -m tests.evaluation.evaluate_encodings DIR`, on files in 40 encodings.

DIR holds the set `reading/encodings.jsonl.gz`, which is not part of the project. A file is right when it is decoded as
its encoding decodes it, or as a wider encoding does that has the same characters; unknown when it is taken for binary
data. `--hide-declarations` blanks what pages and feeds say of their encoding, so that only the detection counts.
"""

import argparse
import base64
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.readers.content.decoding import decode, is_binary
from tests.evaluation.sets.public_sets import read_lines

__all__ = ["ENCODING_SET", "EncodedFile", "Outcome", "judge", "measure_encodings", "read_encoded_files"]

ENCODING_SET = "reading/encodings.jsonl.gz"
_DECLARATION = re.compile(rb"((?:charset|encoding)\s*=\s*[\"']?\s*)([A-Za-z0-9_:.-]{2,40})", re.I)
# "iso-8859-2-czech": the language stands behind the encoding.
_LANGUAGE = re.compile(r"(?<=\d)-[a-z]{3,}$")
# Encodings with the same characters in the same places, and more.
_WIDER = {
    "big5": ("cp950", "big5hkscs"),
    "euc-jp": ("euc_jis_2004",),
    "euc-kr": ("cp949",),
    "gb2312": ("gb18030",),
    "iso-8859-1": ("cp1252",),
    "iso-8859-9": ("cp1254",),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "tis-620": ("cp874",),
}


class Outcome(StrEnum):
    """Way in which the encoding of a file was detected."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """A file with its encoding, of which Python may know nothing."""

    encoding: str
    name: str
    data: bytes


def read_encoded_files(folder: Path, *, hides_declarations: bool = False) -> Iterator[EncodedFile]:
    """Yield the files of the set in `folder`."""
    for row in read_lines(folder / ENCODING_SET):
        data = base64.b64decode(row["bytes_base64"])
        if hides_declarations:
            data = _DECLARATION.sub(lambda match: match[1] + b" " * len(match[2]), data)
        yield EncodedFile(_LANGUAGE.sub("", row["encoding"]), row["name"], data)


def judge(file: EncodedFile) -> Outcome:
    """Decode a file and compare."""
    if is_binary(file.data[: 1 << 16]):
        return Outcome.UNKNOWN
    found = decode(file.data, declared=_declared(file.data)).lstrip("\ufeff")
    accepted = (file.encoding, *_WIDER.get(file.encoding.lower(), ()))
    return Outcome.RIGHT if found in {_decoded(file.data, encoding) for encoding in accepted} else Outcome.WRONG


def measure_encodings(files: Iterable[EncodedFile]) -> Mapping[str, Counter[Outcome]]:
    """Count outcomes by encoding."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for file in files:
        counts[file.encoding][judge(file)] += 1
    return counts


def _declared(data: bytes) -> str | None:
    match = _DECLARATION.search(data, 0, 4096)
    return match[2].decode("ascii") if match is not None else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding, errors="replace").lstrip("\ufeff")
    except LookupError:
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Exit code 2 when the set is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.evaluate_encodings")
    parser.add_argument("data", type=Path, metavar="DIR", help=f"folder with {ENCODING_SET}")
    parser.add_argument("--hide-declarations", action="store_true", help="measure without what files say themselves")
    options = parser.parse_args(arguments)
    if not (options.data / ENCODING_SET).is_file():
        print(f"Not there: {options.data / ENCODING_SET}", file=sys.stderr)
        return 2
    counts = measure_encodings(read_encoded_files(options.data, hides_declarations=options.hide_declarations))
    print("| encoding | files | right | wrong | unknown |\n|---|---|---|---|---|")
    for encoding, outcomes in sorted(counts.items()):
        print(_as_row(encoding, outcomes))
    print(_as_row("all", sum(counts.values(), Counter[Outcome]())))
    return 0


def _as_row(name: str, outcomes: Counter[Outcome]) -> str:
    return f"| {name} | {outcomes.total()} | " + " | ".join(str(outcomes[outcome]) for outcome in Outcome) + " |"


if __name__ == "__main__":
    sys.exit(main())
