"""Reads our own marks a second time: `python -m tests.evaluation.sets.check_annotation`.

Lists every name that is marked in one place and stands unmarked in another, and every name that is marked with two
kinds, or within one article with two entities. Exit code 1 when there is any.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.model import ENTITY_KINDS
from tests.evaluation.sets.gold import GoldMention, GoldText
from tests.evaluation.sets.gold_sets import read_own_sets

__all__ = ["find_disagreements", "find_unmarked"]


def find_unmarked(texts: Iterable[GoldText]) -> Iterator[str]:
    """A line for each place where a name that is marked somewhere stands outside of all marks."""
    texts = list(texts)
    surfaces = sorted({_surface(text, mention) for text in texts for mention in _entities(text)}, key=len, reverse=True)
    anywhere = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, surfaces))})(?![\w-])")
    for text in texts:
        marked = {place for mention in text.mentions for place in range(mention.span.start, mention.span.end)}
        for found in anywhere.finditer(text.text):
            if found.start() not in marked:
                yield f"{text.name}:{found.start()} {found[0]!r} is marked elsewhere and not here"


def find_disagreements(texts: Iterable[GoldText]) -> Iterator[str]:
    """A line for each name with marks of two kinds, and for each that means two entities in one article."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        entities: defaultdict[str, set[str]] = defaultdict(set)
        for mention in _entities(text):
            if not mention.span.is_optional:
                kinds[_surface(text, mention)].add(mention.kind.value)
            entities[_surface(text, mention)].add(str(mention.entity))
        for surface, meant in entities.items():
            if len(meant) > 1:
                yield f"{text.name}: {surface!r} means {' and '.join(sorted(meant))}"
    for surface, marked in kinds.items():
        if len(marked) > 1:
            yield f"{surface!r} is marked as {' and '.join(sorted(marked))}"


def _entities(text: GoldText) -> Iterator[GoldMention]:
    return (mention for mention in text.mentions if mention.kind in ENTITY_KINDS)


def _surface(text: GoldText, mention: GoldMention) -> str:
    return text.text[mention.span.start : mention.span.end]


def main() -> int:
    """Prints what differs; 1 when anything does."""
    texts = [text for gold in read_own_sets() for text in gold.texts]
    lines = [*find_unmarked(texts), *find_disagreements(texts)]
    print("\n".join(lines) or "No name is marked in two ways.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
