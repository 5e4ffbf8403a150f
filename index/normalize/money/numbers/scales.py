"""Words and letters that multiply a number: million, bn, lakh crore, Mrd, млн, 億. Rows of packs, told by language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.errors import PackError
from index.normalize.money.currency_table import cell_values

__all__ = ["Scale", "ScaleWord", "Scales"]

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class ScaleWord:
    """One row's claim on a word: its power of ten, where it is at home, and that it counts anywhere else."""

    power: int
    languages: frozenset[str]
    currencies: frozenset[str]
    is_anywhere: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """A factor. `languages` are empty for words that English has too."""

    power: int
    factor: Decimal
    languages: frozenset[str]


class Scales:
    """The rows of `scales.tsv`. Raises `PackError` when a power of ten is not a number."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._words: dict[str, tuple[ScaleWord, ...]] = {}
        self.prefixes: dict[str, Decimal] = {}
        self._resolved: dict[tuple[str, str | None, tuple[str, ...]], Scale | bool] = {}
        for row in rows:
            self._add(row)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def resolve(self, word: str, language: str | None, codes: Sequence[str]) -> Scale | bool:
        """Return the meaning of a word in small letters: a scale, False for no scale, True for an unclear one.

        The language of the text and the currencies of the number decide first: "billion" is 10^12 in German, "bin" is a
        thousand in Turkish and of liras. Where neither knows the word, it counts if it means the same everywhere.
        """
        key = word, language, tuple(codes)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(*key)
        return self._resolved[key]

    def _resolve(self, word: str, language: str | None, codes: tuple[str, ...]) -> Scale | bool:
        claims = self._words.get(word, ())
        homes = [claim for claim in claims if language in claim.languages]
        homes += [claim for claim in claims if not claim.currencies.isdisjoint(codes)]
        chosen = homes or [claim for claim in claims if claim.is_anywhere]
        powers = {claim.power for claim in chosen}
        if len(powers) == 1:
            power = powers.pop()
            return Scale(power, Decimal(10) ** power, _foreign(chosen))
        # "400 bin" in a text of an unknown language may be 400,000.
        return len(powers) > 1 or (bool(claims) and language is None)

    def _add(self, row: Mapping[str, str]) -> None:
        power = row.get("power", "")
        if not power.isdecimal():
            message = f"a scale needs a power of ten in digits, not {power!r}"
            raise PackError(message)
        languages = frozenset(cell_values(row, "languages"))
        currencies = frozenset(cell_values(row, "currencies"))
        for column in ("words", "home"):
            claim = ScaleWord(int(power), languages, currencies, is_anywhere=column == "words")
            for word in cell_values(row, column):
                self._words[word.lower()] = (*self._words.get(word.lower(), ()), claim)
        for prefix in cell_values(row, "prefixes"):
            self.prefixes[prefix] = Decimal(10) ** int(power)


def _foreign(claims: Sequence[ScaleWord]) -> frozenset[str]:
    languages = frozenset().union(*(claim.languages for claim in claims))
    return frozenset() if _ENGLISH in languages else languages
