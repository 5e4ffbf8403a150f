import random

import pytest

from index.readers.encodings.wide import find_wide_encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", ["wide words", "Širok\u00fd den", "Слова", "港口。船只、等待。", "항구\n배", "かな、かな。"]
)
def test_order_of_bytes_is_found(text: str, encoding: str) -> None:
    assert find_wide_encoding(text.encode(encoding)) == encoding


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"words",
        b"with a stray \x00 inside of some longer text",
        b"xx\x1a" + b"x" * 100,
        bytes(range(256)) * 10,
        random.Random(1).randbytes(5000),
        b"".join(number.to_bytes(2, "little") for number in range(0, 2000, 7)),
    ],
)
def test_other_data_is_not_wide(data: bytes) -> None:
    assert find_wide_encoding(data) is None
