"""Prepare splits: of a name of the archive, of a form that was linked within articles, or of one article.

asked for with           kept with, besides `entity_name`
entity, name             names (those taken out), when the archive has the name on its own
entity, name             names (those that the form was linked to), forms, own (the new name), when it has not
entity, article          names (all of the entity), own, name
entity, article, name    names (all of the entity), forms, own
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.errors import DecisionError
from index.identity.naming.keys import key_of, set_apart, tidy_name, words_of_key
from index.identity.naming.words import builtin_words
from index.identity.records import NameId, Split, WrittenForms
from index.model import Entity
from index.normalize.name_words import NameWords

__all__ = ["is_still_written", "prepare_split"]

_MOST_SHOWN = 5


def prepare_split(asked: Split, entity: Entity, names: Sequence[NameId], written_forms: WrittenForms) -> Split:
    """Return a split as it is kept.

    `names` are those of the entity. Raises `DecisionError` when nothing or everything would be taken out.
    """
    text, article = asked.name.strip(), (asked.article or "").strip()
    split = Split(entity.id, text, entity_name=entity.name)
    words = builtin_words()
    if article:
        return _of_article(replace(split, article=article), entity, names, written_forms, words)
    taken = tuple(name for name in names if words_of_key(name[1]) == _words(text, name, words))
    if len(taken) == len(names):
        # The same name in two kinds: the other kind is what was joined to the entity.
        taken = tuple(name for name in names if name[0] is not entity.kind)
        if len(taken) in (0, len(names)):
            raise DecisionError(
                f"{text!r} is the only name of {entity.name} ({entity.id}). Rename or reject it instead, or take one "
                "article out."
            )
    if taken:
        return replace(split, names=taken)
    return _of_form(split, entity, names, written_forms, words)


def is_still_written(
    text: str, names: Sequence[NameId], written_forms: WrittenForms, *, article: str | None = None
) -> bool:
    """True when articles, or one, write some of the names like this; without a text, when they mention them at all."""
    words = builtin_words()
    return any(not text or _is_written(form, text, name, words) for name, form in written_forms(names, article))


def _of_form(
    split: Split, entity: Entity, names: Sequence[NameId], written_forms: WrittenForms, words: NameWords
) -> Split:
    """The mentions that articles write like this and that were linked to a longer name in them."""
    text = split.name
    found = {name for name, form in written_forms(names, None) if _is_written(form, text, name, words)}
    if not found:
        own = ", ".join(repr(" ".join(words_of_key(key))) for _, key in names[:_MOST_SHOWN])
        raise DecisionError(
            f"{entity.name} ({entity.id}) has no name {text!r} in the archive. Give one of its names: {own}; or a "
            "shorter form by which articles mean it."
        )
    linked = tuple(name for name in names if name in found)
    key = " ".join(_words(text, linked[0], words))
    return replace(
        split,
        name=tidy_name(text, entity.kind, words=words),
        names=linked,
        forms=_forms(text, linked, words),
        own=(entity.kind, set_apart(key, _label(linked))),
    )


def _of_article(
    split: Split, entity: Entity, names: Sequence[NameId], written_forms: WrittenForms, words: NameWords
) -> Split:
    """The mentions of one article, all or those that it writes like this."""
    text, article = split.name, split.article or ""
    here = written_forms(names, article)
    if not here:
        raise DecisionError(f"Article {article} does not mention {entity.name} ({entity.id}).")
    taken = {pair: count for pair, count in here.items() if not text or _is_written(pair[1], text, pair[0], words)}
    if not taken:
        forms = ", ".join(repr(form) for form in sorted({form for _, form in here})[:_MOST_SHOWN])
        raise DecisionError(
            f"Article {article} does not write {text!r} for {entity.name} ({entity.id}). It writes {forms}."
        )
    if sum(taken.values()) == sum(written_forms(names, None).values()):
        raise DecisionError(f"Nothing but that mentions {entity.name} ({entity.id}). Rename or reject it instead.")
    name = tidy_name(text or min((form for _, form in taken), key=_longest_first), entity.kind, words=words)
    key = key_of(name, entity.kind, reference=None, words=words)
    return replace(
        split,
        name=name,
        names=tuple(names),
        forms=_forms(text, [linked for linked, _ in taken], words) if text else (),
        own=(entity.kind, set_apart(key, article)),
    )


def _forms(text: str, names: Iterable[NameId], words: NameWords) -> tuple[NameId, ...]:
    """A way of writing as it is kept: with the kinds of the names that it was linked to."""
    return tuple(sorted({(name[0], " ".join(_words(text, name, words))) for name in names}))


def _label(names: Iterable[NameId]) -> str:
    """Names in one text. It is part of the key of what is split off, so it stays as it is for the same key again."""
    return "|".join(f"{kind.value}/{key}" for kind, key in names)


def _words(text: str, name: NameId, words: NameWords) -> tuple[str, ...]:
    return words_of_key(key_of(text, name[0], reference=None, words=words))


def _is_written(form: str, text: str, name: NameId, words: NameWords) -> bool:
    return _words(form, name, words) == _words(text, name, words) != ()


def _longest_first(form: str) -> tuple[int, str]:
    return -len(form), form
