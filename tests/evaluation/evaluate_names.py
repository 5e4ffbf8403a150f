"""Measures what is found: strict, core and overlap F1 of each kind, and of the values of amounts and dates."""

from collections.abc import Iterator, Mapping, Sequence

from index.model import DateInterval, Kind, Mention
from tests.evaluation.peers.systems import System, WithRules
from tests.evaluation.scores.cores import has_same_core, is_equal_without_article
from tests.evaluation.scores.span_scores import GoldSpan, Range, Score, Test, is_equal, match, overlaps
from tests.evaluation.sets.gold import Days, GoldMention, GoldSet, GoldText
from tests.evaluation.tables.rows import Row

__all__ = ["MEASURES", "describe_mistakes", "measure_names", "score_names"]

MEASURES = ("strict", "core", "overlap", "value")
_VALUE_KINDS = frozenset({Kind.AMOUNTS, Kind.DATES})

Scores = Mapping[tuple[Kind, str], Score]


def measure_names(gold: GoldSet, system: System) -> Iterator[Row]:
    """The F1 of one system on one set, of each kind by each measure; a model alone has only the kinds that it finds."""
    for (kind, measure), score in score_names(gold, system.find(gold.texts)).items():
        if score.found or isinstance(system, WithRules):
            yield Row("names", gold.name, kind.value, system.name, measure, 100 * score.f1)


def score_names(gold: GoldSet, found: Sequence[tuple[Mention, ...]]) -> Scores:
    """The counts over all texts, by kind and measure.

    "strict" is the same span, where a "the" at the start of a name counts for nothing, "overlap" one character in
    common, "core" the same span but for titles, articles, legal forms, nationalities and small words at its borders.
    "value" is an overlap with the same amount or the same days; it is left out where nothing that was found has one.
    """
    has_values = any(mention.amount or mention.interval for mentions in found for mention in mentions)
    scores: dict[tuple[Kind, str], Score] = {}
    for kind in gold.kinds:
        for text, mentions in zip(gold.texts, found, strict=True):
            wanted = {mention.span: mention for mention in text.mentions if mention.kind is kind}
            given = {(each.span.start, each.span.end): each for each in mentions if each.kind is kind}
            strict = _strict(kind, text.text)
            tests: dict[str, Test] = {"strict": strict, "core": has_same_core(text.text), "overlap": overlaps}
            if has_values and kind in _VALUE_KINDS:
                tests["value"] = _has_same_value(wanted, given)
            for measure, test in tests.items():
                total = scores.setdefault((kind, measure), Score())
                total += match(list(wanted), given, test)
    return scores


def describe_mistakes(text: GoldText, mentions: Sequence[Mention]) -> Iterator[str]:
    """A line for each mention that was missed, is wrong, or has another value than the text gives it."""
    for kind in Kind:
        wanted = {mention.span: mention for mention in text.mentions if mention.kind is kind}
        given = {(each.span.start, each.span.end): each for each in mentions if each.kind is kind}
        score = match(list(wanted), given, _strict(kind, text.text))
        for span in score.missed:
            yield f"{text.name}:{span.start} {kind} missed {text.text[span.start : span.end]!r}"
        for wrong in score.wrong:
            yield f"{text.name}:{wrong[0]} {kind} wrong {given[wrong].text!r} ({given[wrong].evidence})"
        has_same_value = _has_same_value(wanted, given)
        for span, mention in wanted.items():
            hits = [found for found in given if is_equal(span, found)]
            if kind in _VALUE_KINDS and hits and not span.is_optional and not has_same_value(span, hits[0]):
                gold_value = mention.amounts or mention.days
                value = given[hits[0]].amount or given[hits[0]].interval
                yield f"{text.name}:{span.start} {kind} value of {given[hits[0]].text!r} is {value}, not {gold_value}"


def _strict(kind: Kind, text: str) -> Test:
    return is_equal if kind in _VALUE_KINDS else is_equal_without_article(text)


def _has_same_value(wanted: Mapping[GoldSpan, GoldMention], given: Mapping[Range, Mention]) -> Test:
    def test(span: GoldSpan, found: Range) -> bool:
        return overlaps(span, found) and _means(wanted[span], given[found])

    return test


def _means(gold: GoldMention, mention: Mention) -> bool:
    amount = mention.amount
    if amount is not None:
        return any(
            (amount.currency, amount.value, amount.upper) == (right.currency, right.value, right.upper)
            for right in gold.amounts
        )
    return _days(mention.interval) in gold.days


def _days(interval: DateInterval | None) -> Days:
    return (interval.start, interval.end) if interval is not None else (None, None)
