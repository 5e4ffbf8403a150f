import hashlib

from tests.evaluation.sets import money_left_out
from tests.evaluation.sets.money_sets import MONEY_SETS


def test_every_set_says_what_is_never_read() -> None:
    assert set(money_left_out.NEVER_READ) == set(MONEY_SETS)


def test_every_row_names_a_set_and_a_digest_once_and_has_a_reason() -> None:
    lines = money_left_out.TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert {name for name, _, _ in rows} <= set(MONEY_SETS)
    assert len({(name, digest) for name, digest, _ in rows}) == len(rows)
    assert all(len(digest) == 16 and why for _, digest, why in rows)


def test_a_case_is_found_by_its_text_in_its_set() -> None:
    assert hashlib.sha256(b"a dollar").hexdigest()[:16] in money_left_out.TABLE.read_text(encoding="utf-8")
    assert money_left_out.why_left_out("duckling_money", "a dollar")
    assert money_left_out.why_left_out("quantulum3", "a dollar") is None
    assert money_left_out.why_left_out("duckling_money", "ten dollars") is None
