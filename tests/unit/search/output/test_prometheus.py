"""Metrics are text that Prometheus reads: one block a metric, escaped labels, buckets that add up."""

import re
from pathlib import Path

import pytest

from search.output.prometheus import Histogram, Metric, Sample, render_metrics, write_metrics

# The exposition format 0.0.4: a name, labels whose values escape quotes, backslashes and line ends, and a number.
LINE = re.compile(
    r"# (HELP|TYPE) [a-zA-Z_:][\w:]* [^\n]+"
    r"|[a-zA-Z_:][\w:]*(\{([a-zA-Z_]\w*=\"([^\"\\\n]|\\[\\n\"])*\",?)+\})? (-?[\d.]+(e[+-]?\d+)?|\+Inf|NaN)"
)


def test_a_histogram_counts_up_to_each_bound() -> None:
    times = Histogram((0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 7.0):
        times.observe(value)
    found = {(sample.suffix, sample.labels.get("le", "")): sample.value for sample in times.samples({"route": "/"})}
    assert found == {
        ("_bucket", "0.1"): 2,
        ("_bucket", "1"): 3,
        ("_bucket", "+Inf"): 4,
        ("_sum", ""): 7.65,
        ("_count", ""): 4,
    }


@pytest.mark.parametrize("label", ["plain", 'a "quote"', "back\\slash", "two\nlines", "\u2028", ""])
def test_every_line_is_one_that_prometheus_reads(label: str) -> None:
    text = render_metrics(
        [
            Metric("a_total", "counter", "Two\nlines.", (Sample(3, {"name": label, "other": "x"}), Sample(1e15, {}))),
            Metric.of("b", "gauge", "A share.", 0.25),
        ]
    )
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == 7
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "index.prom"
    write_metrics([Metric.of("a", "gauge", "A.", 1)], file)
    write_metrics([Metric.of("a", "gauge", "A.", 2)], file)
    assert file.read_text(encoding="utf-8").endswith("\na 2\n")
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_missing_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_metrics([], tmp_path / "gone" / "index.prom")
