"""Measure who, what and where is found: `python -m tests.evaluation.evaluate_names --data DIR [--model NAME]`.

DIR holds `ner/{uner_pud_dev,wikigold_dev,gmb_dev}.jsonl.gz` (text, spans with PERSON, ORG and GPE for all places) and
`entities/gum_wikinews.jsonl.gz` (news with all mentions; the named ones count). None of them is part of the project.
Prints strict and overlap F1 for each kind: of the rules and packs, of the model alone, and of both together.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.extract.pipeline import Extractor
from index.extract.recognizer import load_model
from index.model import Article, Kind
from index.packs.loader import load_packs
from tests.evaluation.span_scores import GoldSpan, Score, count_overlaps, match_strictly

_NER = ("uner_pud_dev", "wikigold_dev", "gmb_dev")
_GUM = Path("entities/gum_wikinews.jsonl.gz")
_LABELS = {
    "PERSON": Kind.PEOPLE,
    "ORG": Kind.ORGANIZATIONS,
    "GPE": Kind.PLACES,
    "LOC": Kind.PLACES,
    "FAC": Kind.PLACES,
}
_GUM_TYPES = {"person": Kind.PEOPLE, "organization": Kind.ORGANIZATIONS, "place": Kind.PLACES}
_KINDS = (Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES)

Spans = dict[Kind, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and the spans of each kind that stand in it."""

    text: str
    spans: Mapping[Kind, Sequence[tuple[int, int]]]


def read_spans(path: Path) -> Iterator[Sample]:
    """The samples of one of the sets under `ner/`."""
    for line in _lines(path):
        spans: Spans = {kind: [] for kind in _KINDS}
        for start, end, label in line["spans"]:
            if label in _LABELS:
                spans[_LABELS[label]].append((start, end))
        yield Sample(line["text"], spans)


def read_gum(path: Path) -> Iterator[Sample]:
    """The samples of GUM: mentions that are a name as a whole, which is what a proper noun without a determiner is."""
    for line in _lines(path):
        spans: Spans = {kind: [] for kind in _KINDS}
        for mention in line["mentions"]:
            kind = _GUM_TYPES.get(mention["type"])
            text = line["text"][mention["start"] : mention["end"]]
            if kind is not None and _is_name(text):
                spans[kind].append((mention["start"], mention["end"]))
        yield Sample(line["text"], spans)


def _is_name(text: str) -> bool:
    words = text.split()
    small = {"of", "the", "and", "for", "de", "al", "bin", "von", "van", "in", "on"}
    return (
        words[0][0].isupper()
        and words[0] not in {"The", "A", "I", "He", "She", "We", "It", "They", "His", "Her"}
        and all(word[0].isupper() or word in small for word in words)
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def extract(samples: Sequence[Sample], model: str) -> list[Spans]:
    """What the whole pipeline finds, with `model` in its slot."""
    articles = [Article(str(number), str(number), "", "", sample.text) for number, sample in enumerate(samples)]
    results: list[Spans] = []
    for mentions in Extractor(packs=load_packs(("core", "defence")), model=model).extract(articles):
        spans: Spans = {kind: [] for kind in _KINDS}
        for mention in mentions:
            if mention.kind in spans:
                spans[mention.kind].append((mention.span.start, mention.span.end))
        results.append(spans)
    return results


def recognize(samples: Sequence[Sample], model: str) -> list[Spans]:
    """What the model finds by itself."""
    results: list[Spans] = []
    for doc in load_model(model).pipe(sample.text for sample in samples):
        spans: Spans = {kind: [] for kind in _KINDS}
        for entity in doc.ents:
            if entity.label_ in _LABELS:
                start = entity.start_char + (4 if entity.text.lower().startswith("the ") else 0)
                spans[_LABELS[entity.label_]].append((start, entity.end_char))
        results.append(spans)
    return results


def evaluate(samples: Sequence[Sample], results: Sequence[Spans]) -> dict[Kind, tuple[Score, Score]]:
    """The strict and the overlap score of each kind over all samples."""
    scores = {kind: (Score(), Score()) for kind in _KINDS}
    for sample, result in zip(samples, results, strict=True):
        for kind, (strict, overlap) in scores.items():
            gold = [GoldSpan(start, end) for start, end in sample.spans[kind]]
            strict += match_strictly(gold, result[kind])
            overlap += count_overlaps(gold, result[kind])
    return scores


def show(name: str, which: str, scores: Mapping[Kind, tuple[Score, Score]]) -> None:
    """Print one line of the table."""
    cells = [
        f"{kind} {strict.f1:.3f}/{overlap.f1:.3f} (P {strict.precision:.2f} R {strict.recall:.2f})"
        for kind, (strict, overlap) in scores.items()
    ]
    print(f"{name:14} {which:12} {'   '.join(cells)}")


def main() -> int:
    """Print the table; 2 when the data is not there."""
    parser = argparse.ArgumentParser(description="Strict/overlap F1 of names.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="none")
    arguments = parser.parse_args()
    files = {name: arguments.data / "ner" / f"{name}.jsonl.gz" for name in _NER}
    missing = [str(path) for path in (*files.values(), arguments.data / _GUM) if not path.is_file()]
    if missing:
        print(f"Not there: {', '.join(missing)}", file=sys.stderr)
        return 2
    sets = {name: list(read_spans(path)) for name, path in files.items()}
    sets["gum_wikinews"] = list(read_gum(arguments.data / _GUM))
    for name, samples in sets.items():
        show(name, "rules", evaluate(samples, extract(samples, "none")))
        if arguments.model != "none":
            show(name, "model", evaluate(samples, recognize(samples, arguments.model)))
            show(name, "both", evaluate(samples, extract(samples, arguments.model)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
