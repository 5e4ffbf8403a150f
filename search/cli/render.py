"""Render hits and facets as lines of text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from index.fields import parameter_of
from index.model import Entity
from search.cli.terminal import Style, Terminal
from search.output.cleaning import clean
from search.output.similar import CLOSEST_HEADING, reasons_in_words
from search.output.wording import PARTIAL_HEADING, amount_in_words, count_in_words, interval_in_words, kind_in_words
from search.results import Facet, Highlight, Hit, Role, SearchResult, Snippet

__all__ = ["facet_lines", "highlighted_lines", "hit_lines", "result_lines"]

_QUERY_ROLES = frozenset({Role.TERM, Role.PHRASE})
_MAX_NAMES = 6
_LABEL_WIDTH = 14


def result_lines(result: SearchResult, *, terminal: Terminal, first_rank: int) -> Iterator[str]:
    """Yield the lines of a whole result, without line ends: summary, notes, hits from `first_rank` on, facets."""
    yield from _summary_lines(result, terminal)
    for rank, hit in enumerate((*result.hits, *result.partial), first_rank):
        yield ""
        if rank == first_rank + len(result.hits):
            yield terminal.style(PARTIAL_HEADING, Style.LABEL)
            yield ""
        yield from hit_lines(hit, rank=rank, terminal=terminal)
        if result.explanations:
            for part in result.explanations[rank - first_rank]:
                yield terminal.style(f"   {part.score:8.3f}  {clean(part.label)}  {clean(part.detail)}", Style.DIM)
    if result.closest:
        yield ""
        yield terminal.style(CLOSEST_HEADING, Style.LABEL)
        for article in result.closest:
            yield f"   {terminal.style(clean(article.title, is_one_line=True), Style.TITLE)}"
            line = f"     {article.locator} · {reasons_in_words(article)}"
            yield terminal.style(clean(line, is_one_line=True), Style.DIM)
    if result.facets:
        yield ""
        yield from facet_lines(result.facets, terminal=terminal)


def _summary_lines(result: SearchResult, terminal: Terminal) -> Iterator[str]:
    found = count_in_words(result.total, "article")
    reading = f" · read as {clean(result.interpretation, is_one_line=True)}" if result.interpretation else ""
    if result.is_any and result.total and result.total_all:
        have = "has" if result.total_all == 1 else "have"
        yield f"{found} with some of your words{reading} · {result.total_all:,} {have} all of them: add --all-words"
    elif result.is_any and result.total:
        yield f"No article contains all your words. {found} with some of them{reading}"
    else:
        more = result.total_any - result.total
        verb = "matches" if more == 1 else "match"
        hint = f" · {more:,} more {verb} only some of your words: add --any" if more > 0 else ""
        yield f"{found}{reading}{hint}"
    for note in result.entity_notes:
        entity = note.entity
        what = f"{clean(entity.name)}, {kind_in_words(entity.kind)}, {count_in_words(entity.documents, 'article')}"
        yield terminal.style(f"“{clean(note.text)}” is also {what}: {_option(entity)}", Style.DIM)
    for suggestion in result.suggestions:
        yield f"Did you mean: {clean(suggestion.q, is_one_line=True)} ({count_in_words(suggestion.total, 'article')})"


def _option(entity: Entity) -> str:
    return f"--{parameter_of(entity.kind)} {entity.id}"


def hit_lines(hit: Hit, *, rank: int, terminal: Terminal) -> Iterator[str]:
    """Yield the lines of one hit: rank and title, source and date, snippets, names."""
    margin = " " * (len(str(rank)) + 2)
    title = terminal.style(clean(hit.title, is_one_line=True), Style.TITLE)
    if hit.url:
        title = terminal.link(title, clean(hit.url, is_one_line=True))
    derived = terminal.style("  (title taken from the text)", Style.DIM) if hit.title_is_derived else ""
    yield f"{rank}  {title}{derived}"
    published = interval_in_words(hit.published) if hit.published else "undated"
    where = " · ".join(
        clean(part, is_one_line=True) for part in (hit.source or "source unknown", published, hit.locator)
    )
    yield margin + terminal.style(where, Style.DIM)
    for snippet in hit.snippets:
        yield from _snippet_lines(snippet, margin=margin, terminal=terminal)
    if hit.reason:
        yield margin + terminal.style(clean(hit.reason), Style.DIM)
    yield from _name_lines(hit, margin=margin, terminal=terminal)


def _name_lines(hit: Hit, *, margin: str, terminal: Terminal) -> Iterator[str]:
    """Yield the names of a hit: on one line when that fits, else one line for each kind."""
    groups = list(_name_groups(hit))
    texts = [f"{label} {names}" for label, names in groups]
    if texts and len(margin) + len(" · ".join(texts)) <= terminal.width:
        yield margin + " · ".join(f"{terminal.style(label, Style.LABEL)} {names}" for label, names in groups)
        return
    for label, names in groups:
        text = f"{label} {names}"
        for number, line in enumerate(highlighted_lines(text, (), terminal=terminal, margin=len(margin) + 2)):
            lead = f"{terminal.style(label, Style.LABEL)}{line[len(label) :]}" if number == 0 else f"  {line}"
            yield margin + lead


def _name_groups(hit: Hit) -> Iterator[tuple[str, str]]:
    groups: tuple[tuple[str, Sequence[str]], ...] = (
        ("People", [entity.name for entity in hit.people]),
        ("Organizations", [entity.name for entity in hit.organizations]),
        ("Systems", [entity.name for entity in hit.systems]),
        ("Amounts", list(dict.fromkeys(amount_in_words(amount) for amount in hit.amounts))),
    )
    for label, names in groups:
        if names:
            more = f" +{len(names) - _MAX_NAMES}" if len(names) > _MAX_NAMES else ""
            yield label, ", ".join(clean(name, is_one_line=True) for name in names[:_MAX_NAMES]) + more


def _snippet_lines(snippet: Snippet, *, margin: str, terminal: Terminal) -> Iterator[str]:
    text = snippet.text + " …" * snippet.is_cut_after
    lines = highlighted_lines(text, snippet.highlights, terminal=terminal, margin=len(margin) + 2)
    lead = "… " if snippet.start else "  "
    for line in lines:
        yield margin + lead + line
        lead = "  "


def highlighted_lines(
    text: str,
    highlights: Iterable[Highlight],
    *,
    terminal: Terminal,
    start: int = 0,
    end: int | None = None,
    margin: int = 0,
) -> Iterator[str]:
    """Yield `text[start:end]` in lines that leave `margin` columns free, broken at spaces, matches in their style."""
    stop = len(text) if end is None else end
    width = max(20, terminal.width - margin)
    marked = bytearray(len(text))
    for highlight in highlights:
        if highlight.role in _QUERY_ROLES:
            marked[highlight.start : highlight.end] = b"\1" * (highlight.end - highlight.start)
    while start < stop:
        line_end = min(stop, start + width)
        if line_end < stop:
            blank = text.rfind(" ", start + 1, line_end + 1)
            line_end = blank if blank > start else line_end
        yield _styled(text, marked, start, line_end, terminal).strip()
        start = line_end + 1 if line_end < stop and text[line_end] == " " else line_end


def _styled(text: str, marked: bytearray, start: int, end: int, terminal: Terminal) -> str:
    pieces = []
    while start < end:
        stop = start + 1
        while stop < end and marked[stop] == marked[start]:
            stop += 1
        piece = clean(text[start:stop], is_one_line=True)
        pieces.append(terminal.style(piece, Style.MATCH) if marked[start] else piece)
        start = stop
    return "".join(pieces)


def facet_lines(facets: Iterable[Facet], *, terminal: Terminal) -> Iterator[str]:
    """Yield a paragraph for each facet: its values with their counts, and the number of further values."""
    for facet in facets:
        values = " · ".join(
            f"{'✓ ' if value.is_selected else ''}{clean(value.label, is_one_line=True)} {value.count:,}"
            for value in facet.values
        )
        more = facet.distinct - len(facet.values)
        rest = f" · +{more:,} (--facet-limit)" if more > 0 else ""
        lead = terminal.style(facet.label.ljust(_LABEL_WIDTH), Style.LABEL)
        for line in highlighted_lines(f"{values or '–'}{rest}", (), terminal=terminal, margin=_LABEL_WIDTH + 1):
            yield f"{lead} {line}"
            lead = " " * _LABEL_WIDTH
