"""Markup from text and ranges: the only place where text becomes HTML.

Ranges may overlap in any way. They are nested by rank (a sentence holds boilerplate, boilerplate an entity, an entity a
word of the query); where two cross, the inner one is closed and opened again, and only its first piece carries the id.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from markupsafe import Markup, escape

from search.results import Highlight, Role, Snippet

__all__ = ["ENTITY_ROLES", "QUERY_ROLES", "Layer", "layers_of", "mark_up", "mark_up_snippet", "unbroken"]

QUERY_ROLES = frozenset({Role.TERM, Role.PHRASE})
ENTITY_ROLES = frozenset({Role.PEOPLE, Role.ORGANIZATIONS, Role.PLACES, Role.SYSTEMS})

_ENTITY_RANK = 2
_QUERY_RANK = 3
# Longer names may have to break on a phone.
_SHORT_NAME = re.compile(r"(?<![\w-])([^\W_]{1,4}-[^\W_]{1,5})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Layer:
    """One element around a half-open range of a text. Lower ranks are outer elements.

    `element` is a tag name of ours, never text of a user; `css` a class name, `identifier` an id, `url` an `href`.
    """

    start: int
    end: int
    rank: int
    element: str
    css: str = ""
    identifier: str = ""
    url: str = ""
    title: str = ""

    @property
    def _order(self) -> tuple[int, int, int]:
        return (self.rank, self.start, -self.end)

    def _opening(self, *, is_first: bool) -> str:
        attributes = (
            ("class", self.css),
            ("id", self.identifier if is_first else ""),
            ("href", self.url),
            ("title", self.title),
        )
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes if value)
        return f"<{self.element}{written}>"


def mark_up(text: str, layers: Iterable[Layer] = (), *, start: int = 0, end: int | None = None) -> Markup:
    """Return `text[start:end]`, escaped, with an element around each layer.

    Positions of layers count from the beginning of `text`.

    >>> mark_up("a <b> c", [Layer(2, 5, 1, "mark")])
    Markup('a <mark>&lt;b&gt;</mark> c')
    """
    stop = len(text) if end is None else end
    inside = sorted(
        (layer for layer in layers if max(layer.start, start) < min(layer.end, stop)), key=lambda layer: layer._order
    )
    borders = {start, stop}
    for layer in inside:
        borders.update((max(layer.start, start), min(layer.end, stop)))
    places = sorted(borders)
    starting: dict[int, list[Layer]] = {}
    for layer in inside:
        starting.setdefault(max(layer.start, start), []).append(layer)

    pieces: list[str] = []
    opened: list[Layer] = []
    active: list[Layer] = []
    for here, there in pairwise(places):
        active = [layer for layer in active if layer.end > here] + starting.get(here, [])
        active.sort(key=lambda layer: layer._order)
        _reopen(pieces, opened, active, here=here, start=start)
        pieces.append(_unbroken(text[here:there]))
    _reopen(pieces, opened, [], here=stop, start=start)
    return Markup("".join(pieces))  # noqa: S704 - every piece is either escaped text or one of our own tags


def mark_up_snippet(snippet: Snippet, layers: Iterable[Layer] = ()) -> Markup:
    """Return the text of a snippet, with an ellipsis where a long sentence is cut.

    >>> mark_up_snippet(Snippet("a batch of", 7, 0, (), is_cut_after=True))
    Markup('a batch of …')
    """
    before, after = "… " * snippet.is_cut_before, " …" * snippet.is_cut_after
    return before + mark_up(snippet.text, layers) + after


def unbroken(text: str) -> Markup:
    """Return a text, escaped, in which no line ends at the hyphen of a short name: "S-400", "F-35A", "MIM-104".

    >>> unbroken("S-400 & F-35")
    Markup('<span class="nb">S-400</span> &amp; <span class="nb">F-35</span>')
    """
    return Markup(_unbroken(text))  # noqa: S704 - escaped text and one of our own tags


def _unbroken(text: str) -> str:
    if "-" not in text:
        return str(escape(text))
    # Every other part is what the pattern found.
    parts = _SHORT_NAME.split(text)
    return "".join(
        f'<span class="nb">{escape(part)}</span>' if i % 2 and _is_name(part) else str(escape(part))
        for i, part in enumerate(parts)
    )


def _is_name(text: str) -> bool:
    """True when both sides of a hyphen begin with a capital or a digit: not for "US-led"."""
    return all(side[0].isupper() or side[0].isdigit() for side in text.split("-"))


def _reopen(pieces: list[str], opened: list[Layer], wanted: Sequence[Layer], *, here: int, start: int) -> None:
    """Close and open elements so that exactly `wanted`, outermost first, are open; `opened` is changed to match."""
    kept = 0
    while kept < min(len(opened), len(wanted)) and opened[kept] is wanted[kept]:
        kept += 1
    pieces += [f"</{layer.element}>" for layer in reversed(opened[kept:])]
    for layer in wanted[kept:]:
        is_first = max(layer.start, start) == here
        pieces.append(layer._opening(is_first=is_first))
    opened[kept:] = wanted[kept:]


def layers_of(
    highlights: Iterable[Highlight],
    *,
    offset: int = 0,
    entity_url: Callable[[str], str] | None = None,
    has_anchors: bool = False,
    titles: Mapping[int, str] = MappingProxyType({}),
) -> list[Layer]:
    """Return the layers of highlights, moved by `offset`: `<mark>` for the query, underlines for entities.

    With `entity_url` the four entity roles become links to the page of their entity; with `has_anchors` all highlights
    except those of the query get the id `m-<start>`, and with `titles` the title at its start.

    >>> mark_up("the Patriot", layers_of([Highlight(4, 11, Role.TERM)]))
    Markup('the <mark>Patriot</mark>')
    """
    layers = []
    for highlight in highlights:
        start, end = highlight.start + offset, highlight.end + offset
        if highlight.role in QUERY_ROLES:
            css = "phrase" if highlight.role is Role.PHRASE else ""
            layers.append(Layer(start, end, _QUERY_RANK, "mark", css))
            continue
        css, identifier = f"e {highlight.role}", f"m-{start}" if has_anchors else ""
        title = titles.get(highlight.start, "")
        if highlight.entity_id and entity_url:
            url = entity_url(highlight.entity_id)
            layers.append(Layer(start, end, _ENTITY_RANK, "a", css, identifier, url, title))
        else:
            layers.append(Layer(start, end, _ENTITY_RANK, "span", css, identifier, title=title))
    return layers
