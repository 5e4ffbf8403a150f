"""Any number of made-up articles for benchmarks: no text of others, and always the same for the same arguments.

    python -m tests.benchmarks.corpus 10000 > articles.jsonl

prints articles that `search-cli index` reads. Their words are invented and have the statistics of news: few words are
very frequent and many are rare (Zipf's law, steeper for the rare ones), larger archives have more different words,
some words come in several forms, some are usually followed by the same other word. Entities of four kinds and sources
follow Zipf's law too.
"""

import json
import random
import sys
from argparse import ArgumentParser
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from index.model import Amount, DateInterval, DatePrecision, Document

__all__ = ["FACETS", "made_names", "make_documents", "spelled"]

# Facet -> how many values there are, and how many an article has on average.
FACETS: Final = {
    "people": (25_000, 3.6),
    "organizations": (15_000, 3.2),
    "places": (5_000, 2.4),
    "systems": (4_500, 1.4),
}
_SOURCES: Final = 200
_LANGUAGES: Final = (("en", 0.8), ("de", 0.08), ("fr", 0.06), ("es", 0.04), ("it", 0.02))
_FIRST_DAY: Final = date(2000, 1, 1)
_DAYS: Final = 9_000

_WORDS: Final = 1 << 20
# From this rank on, a word of twice the rank is four times as rare, not twice: so it is in large corpora.
_STEEPER_FROM: Final = 1_000
_MEAN_WORDS: Final = 390
_ENDINGS: Final = ("", "s", "ed", "ing")
_ENDING_SHARES: Final = (0.55, 0.75, 0.9)

_CONSONANTS: Final = ("b", "ch", "d", "f", "g", "k", "kr", "l", "m", "n", "p", "r", "s", "sh", "t", "tr", "v", "z")
_VOWELS: Final = ("a", "e", "i", "o", "u", "ai", "ou")
_CODAS: Final = ("", "n", "r", "t", "l", "m", "nd", "st")
_SYLLABLES: Final = tuple(consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS)
# Words of one, two and three syllables: the number of each, and a factor that spreads neighboring ranks over them.
_LENGTHS: Final = ((150, 379), (20_000, 50_021), (_WORDS, 6_700_417))


def spelled(rank: int) -> str:
    """Return the word with this rank, from 0; each rank has another word.

    >>> [spelled(rank) for rank in (0, 1, 150, 20_000)]
    ['ba', 'krait', 'chipaind', 'zakusho']
    """
    syllables, factor = next((at, factor) for at, (limit, factor) in enumerate(_LENGTHS, start=1) if rank < limit)
    number, coda = divmod(rank * factor % (len(_SYLLABLES) ** syllables * len(_CODAS)), len(_CODAS))
    parts = [_CODAS[coda]]
    for _ in range(syllables):
        number, syllable = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[syllable])
    return "".join(reversed(parts))


def make_documents(count: int, *, seed: int = 1) -> Iterator[Document]:
    """Yield articles of about 2,900 characters; each names the entities that it has."""
    words = _Words(seed)
    chance = random.Random(seed)
    names = {facet: made_names(facet) for facet in FACETS}
    weights = {facet: list(accumulate(1 / (rank + 2.7) for rank in range(size))) for facet, (size, _) in FACETS.items()}
    source_weights = list(accumulate(1 / (rank + 2) for rank in range(_SOURCES)))
    for number in range(count):
        entities = {
            facet: tuple(
                dict.fromkeys(_draw(chance, weights[facet], names[facet]) for _ in range(_poisson(chance, mean)))
            )
            for facet, (_, mean) in FACETS.items()
        }
        mentioned = [name for values in entities.values() for name in values]
        chance.shuffle(mentioned)
        title = words.sentence(chance.randrange(6, 12)).rstrip(".")
        yield Document(
            id=f"{number:08}",
            title=title,
            body=f"{title}\n\n{words.text(int(chance.lognormvariate(0, 0.5) * _MEAN_WORDS), mentioned)}",
            people=entities["people"],
            organizations=entities["organizations"],
            places=entities["places"],
            systems=entities["systems"],
            mentioned=tuple(mentioned),
            amounts=tuple(Amount("USD", Decimal(chance.randrange(1, 10**9))) for _ in range(_poisson(chance, 1))),
            dates=tuple(_day(chance) for _ in range(_poisson(chance, 1))),
            published=_day(chance),
            source=f"Source {bisect(source_weights, chance.random() * source_weights[-1])}",
            language=_language(chance.random()),
        )


class _Words:
    """Draws words and makes sentences of them."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        ranks = np.arange(_WORDS)
        weights = 1 / (ranks + 2.7)
        weights[_STEEPER_FROM:] *= _STEEPER_FROM / ranks[_STEEPER_FROM:]
        self._totals = np.cumsum(weights / weights.sum())

    def _drawn(self, count: int) -> list[str]:
        """Return words in a row: some in another form, some followed by the word that usually follows them."""
        ranks = np.minimum(np.searchsorted(self._totals, self._random.random(count)), _WORDS - 1)
        dice = self._random.random((2, count))
        is_led = (ranks[:-1] % 3 == 0) & (ranks[:-1] >= 100) & (dice[0, :-1] < 0.3)
        ranks[1:][is_led] = (ranks[:-1][is_led] * 7 + 11) % 2_000 + 50
        endings = np.searchsorted(_ENDING_SHARES, dice[1])
        endings[(ranks % 5 > 1) | (ranks < 150)] = 0
        return list(map(_form, ranks.tolist(), endings.tolist()))

    def sentence(self, size: int) -> str:
        """Return a sentence of so many words."""
        return " ".join(self._drawn(size)).capitalize() + "."

    def text(self, size: int, names: Sequence[str]) -> str:
        """Return paragraphs of three sentences, together about `size` words, with each name in one of them."""
        words = self._drawn(max(size, 20))
        places = self._random.integers(0, len(words), len(names)).tolist()
        for place, name in zip(places, names, strict=True):
            words[place] += f" {name}"
        ends = np.cumsum(self._random.integers(8, 28, len(words) // 8 + 1))
        borders = [0, *ends[ends < len(words) - 8].tolist(), len(words)]
        sentences = [_sentence(words[first:last]) for first, last in pairwise(borders)]
        return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def _sentence(words: list[str]) -> str:
    return f"{words[0][:1].upper()}{words[0][1:]} {' '.join(words[1:])}."


@lru_cache(maxsize=1 << 18)
def _form(rank: int, ending: int) -> str:
    return spelled(rank) + _ENDINGS[ending]


def _language(share: float) -> str:
    for language, part in _LANGUAGES:
        share -= part
        if share < 0:
            return language
    return "en"


def _day(chance: random.Random) -> DateInterval:
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    return DateInterval(day, day, DatePrecision.DAY)


def made_names(facet: str) -> list[str]:
    """Return the names of a facet, most frequent first, in the shape of their kind: rules find some without a model."""
    chance = random.Random(facet)
    found: dict[str, None] = {}
    while len(found) < FACETS[facet][0]:
        found[_name(facet, chance)] = None
    return list(found)


def _name(facet: str, chance: random.Random) -> str:
    match facet:
        case "people":
            return f"{_word(chance, 2)} {_word(chance, 3)}"
        case "organizations":
            return f"{_word(chance, 3)} {chance.choice(('Corp', 'Group', 'Bank', 'Holdings Ltd'))}"
        case "places":
            return _word(chance, 3)
        case _:
            return f"{chance.choice('BDGKLMRSTVZ')}{chance.choice('HKRT')}-{chance.randrange(10, 1000)}"


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _draw(chance: random.Random, weights: list[float], values: list[str]) -> str:
    return values[bisect(weights, chance.random() * weights[-1])]


def _poisson(chance: random.Random, mean: float) -> int:
    count, total = 0, chance.expovariate(1)
    while total < mean:
        count, total = count + 1, total + chance.expovariate(1)
    return count


def main() -> None:
    """Print articles as lines of JSON."""
    parser = ArgumentParser(prog="python -m tests.benchmarks.corpus", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for document in make_documents(options.articles, seed=options.seed):
        line = {
            "id": document.id,
            "title": document.title,
            "text": document.body.partition("\n\n")[2],
            "date": str(document.published and document.published.start),
            "source": document.source,
            "language": document.language,
        }
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
