"""Conditions from the packs under which an ambiguous form, also a word or another name, means the entity."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from index.extract.tokens import Casing, Tokens, word_key
from index.model import Kind
from index.packs.loader import PackEntry, Packs, split_cell

__all__ = ["Condition", "Context", "SentenceWords", "condition_of", "is_part_of_other_name", "read_contexts"]


@dataclass(frozen=True, slots=True)
class Context:
    """Surroundings that make a form likely: one of these suffices.

    `near` are words anywhere in the sentence, `before` and `after` the neighboring word, all in lower case;
    `beside` are kinds of which a certain mention stands in the same sentence. `against` are words that, anywhere in
    the sentence, rule the form out.
    """

    near: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    beside: frozenset[Kind] = frozenset()
    against: frozenset[str] = frozenset()

    def __or__(self, other: "Context") -> "Context":
        """Return the union: everything that one of the two allows, and everything that one of them forbids."""
        return Context(
            self.near | other.near,
            self.before | other.before,
            self.after | other.after,
            self.beside | other.beside,
            self.against | other.against,
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """The required context and the forbidden neighbors of one ambiguous form, the latter in lower case."""

    context: Context
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()


_CONDITIONS = frozenset({"context", "not_before", "not_after"})
_NO_CONDITION = Condition(Context())


class SentenceWords:
    """The lower-case words of each sentence of a text, computed when first asked for."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._words: dict[int, frozenset[str]] = {}

    def around(self, position: int) -> frozenset[str]:
        """Return the words of the sentence of the word at `position`."""
        sentences = self._tokens.sentences
        sentence = sentences[position]
        if sentence not in self._words:
            start = end = position
            while start > 0 and sentences[start - 1] == sentence:
                start -= 1
            while end < len(sentences) and sentences[end] == sentence:
                end += 1
            words = (key.lower() for key in self._tokens.keys[start:end])
            self._words[sentence] = frozenset(part for word in words for part in (word, *word.split("-")))
        return self._words[sentence]


def read_contexts(packs: Packs) -> Mapping[str, Context]:
    """Return the contexts of all packs by name; a context of several packs is their union."""
    contexts: dict[str, Context] = {}
    for row in packs.rows("contexts"):
        contexts[row["context"]] = contexts.get(row["context"], Context()) | Context(
            near=_lower_words(row["near"]),
            before=_lower_words(row["before"]),
            after=_lower_words(row["after"]),
            beside=frozenset(Kind(kind) for kind in split_cell(row["beside"])),
            against=_lower_words(row["against"]),
        )
    return contexts


def condition_of(entry: PackEntry, contexts: Mapping[str, Context]) -> Condition:
    """Return the condition on the ambiguous forms of an entry, from its `context`, `not_before`, `not_after` cells."""
    attributes = entry.attributes
    if not attributes.keys() & _CONDITIONS:
        return _NO_CONDITION
    context = Context()
    for name in split_cell(attributes.get("context", "")):
        context |= contexts.get(name, Context())
    return Condition(
        context, _lower_words(attributes.get("not_before", "")), _lower_words(attributes.get("not_after", ""))
    )


def is_part_of_other_name(
    tokens: Tokens, start: int, end: int, condition: Condition, *, known: Container[str], ends: Container[int]
) -> bool:
    """Return whether a neighbor of words `[start, end)` makes them part of a longer name or a forbidden phrase.

    A neighbor with a capital letter does ("Patriot Park"), unless it is one of the `known` words that go with
    anything (nationalities), ends another sure mention (its position is in `ends`), or belongs to the context.
    """
    sentence = tokens.sentences[start]
    is_telling = tokens.casing[start] == Casing.NORMAL
    if start > 0 and tokens.sentences[start - 1] == sentence:
        before = tokens.keys[start - 1]
        if before.lower() in condition.not_before:
            return True
        if (
            is_telling
            and tokens.capital[start - 1]
            and before not in known
            and start - 1 not in ends
            and before.lower() not in condition.context.near | condition.context.before
            and not tokens.is_sentence_start(start - 1)
        ):
            return True
    if end < len(tokens) and tokens.sentences[end] == sentence:
        after = tokens.keys[end]
        if after.lower() in condition.not_after:
            return True
        if (
            is_telling
            and tokens.capital[end]
            and after not in known
            and not any(letter.isdigit() for letter in after)
            and after.lower() not in condition.context.near | condition.context.after
        ):
            return True
    return False


def _lower_words(cell: str) -> frozenset[str]:
    return frozenset(word_key(word).lower() for word in split_cell(cell))
