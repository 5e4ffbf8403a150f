"""Select the sentences that show best why an article matches, with the ranges to highlight in them."""

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Sequence

from msgspec import Struct

from index.catalog.reading.records import ShownMention
from index.model import Furniture, Span
from search.hits.highlights import clip_highlights, query_highlights, shown_highlights
from search.hits.matching import Match
from search.results import Snippet

__all__ = ["MAX_LENGTH", "Passages", "make_snippets"]

MAX_LENGTH = 350
"""Longer sentences are cut to about this many characters around what was searched for."""

_MAX_SNIPPETS = 2
_OPENING_LENGTH = 250


class Passages(Struct, frozen=True):
    """An article's body with everything needed to select snippets; ranges are ranges of the body, sorted by start.

    `matches` are those of the words of the query. `named` are the mentions of entities and values in the query, their
    parts numbered apart from those of `matches`; `marked` are those of them that are marked like words. `mentions` are
    highlighted beside the words.
    """

    body: str
    sentences: Sequence[Span]
    matches: Sequence[Match] = ()
    named: Sequence[Match] = ()
    marked: Sequence[Match] = ()
    mentions: Sequence[ShownMention] = ()
    furniture: Sequence[Furniture] = ()
    title_span: Span | None = None


class _Candidate(Struct, frozen=True, order=True):
    """A sentence with its rank, the best first."""

    is_last_choice: bool
    missing: int
    window: int
    sentence: int


def make_snippets(passages: Passages, *, limit: int = _MAX_SNIPPETS) -> tuple[Snippet, ...]:
    """Return at most `limit` snippets, and one more when it shows a part of the query that the others do not.

    The best first: by the number of different query words in the sentence, then by their proximity, then by position;
    boilerplate and the title come last. Without any match: the beginning of the story.
    """
    wanted = sorted([*passages.matches, *passages.named])
    by_sentence = _by_sentence(passages, wanted)
    candidates = sorted(_candidate(passages, number, found) for number, found in by_sentence.items())
    chosen: list[Snippet] = []
    shown: set[int] = set()
    texts: set[str] = set()
    for candidate in candidates:
        found = by_sentence[candidate.sentence]
        parts = {match.part for match in found}
        span = passages.sentences[candidate.sentence]
        text = passages.body[span.start : span.end]
        if text in texts or (chosen and candidate.is_last_choice and parts <= shown):
            continue
        if len(chosen) < limit or (len(chosen) == limit and not parts <= shown):
            chosen.append(_snippet(passages, candidate.sentence, _cut(passages, span, found)))
            shown |= parts
            texts.add(text)
    return tuple(chosen) if chosen else _opening(passages)


def _by_sentence(passages: Passages, matches: Iterable[Match]) -> dict[int, list[Match]]:
    starts = [sentence.start for sentence in passages.sentences]
    found: dict[int, list[Match]] = {}
    for match in matches:
        number = bisect_right(starts, match.start) - 1
        if number >= 0:
            found.setdefault(number, []).append(match)
    return found


def _candidate(passages: Passages, number: int, found: Sequence[Match]) -> _Candidate:
    weights: dict[int, int] = {}
    for match in found:
        weights[match.part] = match.weight
    start, end = _window(found)
    return _Candidate(_is_last_choice(passages, number), -sum(weights.values()), end - start, number)


def _is_last_choice(passages: Passages, number: int) -> bool:
    sentence = passages.sentences[number]
    title = passages.title_span
    if title is not None:
        is_title = sentence.start < title.end and title.start < sentence.end
        # Some pages print their title twice.
        if is_title or passages.body[sentence.start : sentence.end] == passages.body[title.start : title.end]:
            return True
    # Boilerplate is disjoint: the first part that ends after the beginning of the sentence decides.
    at = bisect_right(passages.furniture, sentence.start, key=lambda part: part.span.end)
    return at < len(passages.furniture) and passages.furniture[at].span.start < sentence.end


def _window(found: Sequence[Match]) -> tuple[int, int]:
    """Return the shortest range with every part of the query that is among these matches."""
    wanted = len({match.part for match in found})
    best = (found[0].start, max(match.end for match in found))
    inside: Counter[int] = Counter()
    # Matches inside that end after all later ones of them: the first ends last.
    reaching: deque[int] = deque()
    last = 0
    for first, match in enumerate(found):
        while last < len(found) and len(inside) < wanted:
            inside[found[last].part] += 1
            while reaching and found[reaching[-1]].end <= found[last].end:
                reaching.pop()
            reaching.append(last)
            last += 1
        if len(inside) < wanted:
            break
        end = found[reaching[0]].end
        if end - match.start < best[1] - best[0]:
            best = (match.start, end)
        inside[match.part] -= 1
        if not inside[match.part]:
            del inside[match.part]
        if reaching[0] == first:
            reaching.popleft()
    return best


def _cut(passages: Passages, sentence: Span, found: Sequence[Match]) -> Span:
    """Return the sentence, or the part of a long one around its matches; never a part of a name or match."""
    if sentence.end - sentence.start <= MAX_LENGTH:
        return sentence
    first, last = _window(found) if found else (sentence.start, sentence.start)
    if last - sentence.start <= MAX_LENGTH:
        start, end = sentence.start, sentence.start + MAX_LENGTH
    elif sentence.end - first <= MAX_LENGTH:
        start, end = sentence.end - MAX_LENGTH, sentence.end
    else:
        start = max(sentence.start, first - max(0, MAX_LENGTH - (last - first)) // 2)
        end = min(sentence.end, start + MAX_LENGTH)
    whole = [(match.start, match.end) for match in found] + [(mark.start, mark.end) for mark in passages.mentions]
    return Span(
        _boundary(passages.body, start, sentence, whole, step=-1),
        _boundary(passages.body, end, sentence, whole, step=1),
    )


def _boundary(body: str, at: int, sentence: Span, whole: Sequence[tuple[int, int]], *, step: int) -> int:
    """Move a cut outwards to a position outside of words and of the ranges `whole`."""
    is_settled = False
    while not is_settled:
        is_settled = True
        while sentence.start < at < sentence.end and not body[at - 1].isspace() and not body[at].isspace():
            at += step
        for start, end in whole:
            if start < at < end and sentence.start <= start and end <= sentence.end:
                at = start if step < 0 else end
                is_settled = False
    while sentence.start < at < sentence.end and body[at if step < 0 else at - 1].isspace():
        at -= step
    return at


def _opening(passages: Passages) -> tuple[Snippet, ...]:
    """Return the beginning of the story: its first sentences, if possible without boilerplate and title."""
    numbers = [number for number in range(len(passages.sentences)) if not _is_last_choice(passages, number)]
    numbers = numbers or list(range(len(passages.sentences)))
    if not numbers:
        return ()
    first = last = numbers[0]
    start = passages.sentences[first].start
    while last + 1 in numbers and passages.sentences[last + 1].end - start <= _OPENING_LENGTH:
        last += 1
    cut = _cut(passages, passages.sentences[first], ())
    span = cut if first == last else Span(start, passages.sentences[last].end)
    return (_snippet(passages, first, span),)


def _snippet(passages: Passages, sentence: int, span: Span) -> Snippet:
    whole = passages.sentences[sentence]
    words = clip_highlights(query_highlights([*passages.matches, *passages.marked]), span)
    highlights = [*words, *shown_highlights(passages.mentions, span)]
    return Snippet(
        text=passages.body[span.start : span.end],
        start=span.start,
        sentence=sentence,
        is_cut_before=span.start > whole.start,
        is_cut_after=span.end < whole.end,
        highlights=tuple(sorted(highlights, key=lambda mark: (mark.start, mark.end, mark.role))),
    )
