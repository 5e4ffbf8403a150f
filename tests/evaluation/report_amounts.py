"""Says what of the public sets of amounts is read wrong, and what is not counted and why.

`python -m tests.evaluation.report_amounts --data DIR`
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.evaluation.evaluate_amounts import describe_mistakes, dossier_amounts, measure_amounts
from tests.evaluation.sets.money_left_out import NEVER_READ, why_left_out
from tests.evaluation.sets.money_sets import MONEY_SETS, read_all_cases

__all__ = ["describe_left_out", "main"]


def describe_left_out(data: Path) -> Iterator[str]:
    """A line for each kind of amount and each case that is not counted, with the reason."""
    for name in MONEY_SETS:
        yield f"{name}: left out: {NEVER_READ[name]}"
        for case in read_all_cases(name, data):
            why = why_left_out(name, case.text)
            if why is not None:
                yield f"{name}: left out: {case.text[:70]!r}: {why}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures, then the amounts that are read wrong, then what is left out and why."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.report_amounts", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    data: Path = parser.parse_args(arguments).data
    for name in MONEY_SETS:
        for row in measure_amounts(name, data, {"dossier": dossier_amounts()}):
            print(f"{name}: {row.measure} {row.value:.1f}")
    mistakes = list(describe_mistakes(data))
    print(f"{len(mistakes)} counted cases are read wrong")
    for line in (*mistakes, *describe_left_out(data)):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
