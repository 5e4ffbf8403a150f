"""Articles by order of magnitude of their amounts: one row of bars for each currency, all on one logarithmic scale."""

from collections.abc import Callable, Sequence

from search.answer.facets import size_in_words
from search.output.wording import count_in_words
from search.views import AmountSize
from web.pages.amounts.context import CurrencyBars
from web.parts.records import Bar

__all__ = ["draw_sizes", "place_on_scale", "powers_of"]

_UNITS = {0: "1", 3: "1k", 6: "1m", 9: "1bn", 12: "1tn", 15: "10¹⁵", 18: "10¹⁸", 21: "10²¹"}
_FEWEST = 6


def powers_of(sizes: Sequence[AmountSize]) -> tuple[int, int]:
    """Return the first power of ten of the scale and the one after its last.

    >>> powers_of([AmountSize("USD", 2, 1), AmountSize("EUR", 9, 4)])
    (0, 10)
    """
    powers = [size.power for size in sizes]
    if not powers:
        return 0, _FEWEST
    # The scale begins at a power that has a name, so that it can be read.
    first = min(powers) // 3 * 3
    return first, max(max(powers) + 1, first + _FEWEST)


def place_on_scale(power: float, scale: tuple[int, int]) -> str:
    """Return the place of a power of ten on a scale in percent.

    >>> place_on_scale(9.5, (0, 10))
    '95'
    """
    first, end = scale
    share = min(max((power - first) / (end - first), 0.005), 1.0)
    return f"{share * 100:.1f}".removesuffix(".0")


def draw_sizes(
    currency: str,
    label: str,
    documents: int,
    sizes: Sequence[AmountSize],
    *,
    scale: tuple[int, int],
    url: str,
    is_current: bool,
    chosen: frozenset[str],
    size_url: Callable[[str], str],
) -> CurrencyBars:
    """Return the bars of one currency; `size_url` gives the address of a size such as "USD:9"."""
    first, end = scale
    slot = 100 / (end - first)
    counts = {size.power: size.documents for size in sizes if size.currency == currency}
    most = max(counts.values(), default=0)
    pieces, bars = [], []
    for i, power in enumerate(range(first, end)):
        count = counts.get(power, 0)
        value = f"{currency}:{power}"
        if count:
            height = max(round(96 * count / most), 4)
            pieces.append(f"M{round((i + 0.06) * slot * 10)} 100v-{height}h{round(slot * 8.8)}v{height}z")
        bars.append(
            Bar(
                text=size_in_words(value),
                count=count,
                url=size_url(value) if count else "",
                x=f"{i * slot:.2f}",
                # The left edge: there the amount is exactly that power of ten.
                center=f"{i * slot:.2f}",
                width=f"{slot:.2f}",
                tick=_UNITS.get(power, ""),
                is_selected=value in chosen,
            )
        )
    top = max(counts, key=lambda power: counts[power], default=None)
    most_text = f"; most with {size_in_words(f'{currency}:{top}')}: {count_in_words(most, 'article')}" if top else ""
    return CurrencyBars(
        text=label,
        count=count_in_words(documents, "article"),
        url=url,
        is_current=is_current,
        bars=tuple(bars),
        shape="".join(pieces),
        summary=f"Articles with amounts in {label} by size, on a logarithmic scale{most_text}",
    )
