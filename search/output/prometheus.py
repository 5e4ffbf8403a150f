"""Metrics as text in the exposition format of Prometheus, version 0.0.4.

By hand and not by `prometheus-client`: the format is three kinds of lines, and one process serves all requests, so that
nothing of a registry for several is needed.
"""

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["CONTENT_TYPE", "Histogram", "Metric", "Sample", "render_metrics", "write_metrics"]

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_ESCAPES: Final = {"\\": r"\\", "\n": r"\n", '"': r"\""}


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a metric; `suffix` is what follows the name of the metric ("_sum")."""

    value: float
    labels: Mapping[str, str]
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric with its samples. `kind` is "counter", "gauge" or "histogram"."""

    name: str
    kind: str
    meaning: str
    samples: Sequence[Sample]

    @classmethod
    def of(cls, name: str, kind: str, meaning: str, value: float) -> "Metric":
        """Return a metric of one value without labels."""
        return cls(name, kind, meaning, (Sample(value, {}),))


class Histogram:
    """Counts of values up to each of `bounds`, which ascend, and their sum. Whoever shares it between threads locks."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = tuple(bounds)
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        """Count a value."""
        self._counts[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def samples(self, labels: Mapping[str, str] | None = None) -> Iterator[Sample]:
        """Yield the samples: buckets count all values up to their bound."""
        known = labels or {}
        total = 0
        for bound, count in zip((*(f"{bound:g}" for bound in self._bounds), "+Inf"), self._counts, strict=True):
            total += count
            yield Sample(total, {**known, "le": bound}, "_bucket")
        yield Sample(self._sum, known, "_sum")
        yield Sample(total, known, "_count")


def render_metrics(metrics: Iterable[Metric]) -> str:
    r"""Return metrics as text.

    >>> print(render_metrics([Metric("up", "gauge", "1 while it runs.", (Sample(1, {"host": 'a"b'}),))]), end="")
    # HELP up 1 while it runs.
    # TYPE up gauge
    up{host="a\"b"} 1
    """
    return "".join(f"{line}\n" for metric in metrics for line in _lines(metric))


def write_metrics(metrics: Iterable[Metric], file: Path) -> None:
    """Write metrics where the text file collector of node_exporter reads them, whole or not at all.

    Raises `OSError`.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        part.write_text(render_metrics(metrics), encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {_escaped(metric.meaning, quotes=False)}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for sample in metric.samples:
        labels = ",".join(f'{name}="{_escaped(value)}"' for name, value in sample.labels.items())
        braces = f"{{{labels}}}" if labels else ""
        yield f"{metric.name}{sample.suffix}{braces} {sample.value:.15g}"


def _escaped(text: str, *, quotes: bool = True) -> str:
    return re.sub(r'[\\\n"]' if quotes else r"[\\\n]", lambda match: _ESCAPES[match[0]], text)
