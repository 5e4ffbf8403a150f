"""Make the annotation of the training sets consistent, and mark doubtful names so that nothing is learned from them.

The sets were annotated by different people, and one of them by a program with corrections by people. Steps, in this
order: names are trimmed (articles, titles, possessives); forms with a convention get its kind; in a set of many
documents a form that nearly always has one kind always gets it; mentions without annotation are found again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index.errors import ModelError
from index.recognizer.training.documents import Document, Name
from index.recognizer.words import read_words

__all__ = ["Conventions", "clean", "read_forms", "trim_name"]

_LEADING = re.compile(
    r"(?:(?:the|a|an|of|and|in|for|to|southern|northern|eastern|western|central|downtown|south|north|east|west"
    r"|neighboring|former|late|then|ex)\s+|['’]s\s+|[^\w'‘“\"(]+)+"
)
_TRAILING = re.compile(r"(?:['’]s?|[\s,;:\-–—/]+|\s+(?:of|and|the|in|for))+$")
_BRACKETS = re.compile(r"[(\[][^)\]]*$|^[^(\[]*[)\]]|\w\(")
_MAX_FORM_WORDS: Final = 6
_MAX_TITLE: Final = 30
_MIN_VOTES: Final = 4
# When this share of the mentions of a form (in percent) has one kind, the others get it too, or are left out.
_SURE, _LIKELY = 95, 70
_MIN_MARKED, _MIN_DOUBTED = 85, 25


@dataclass(frozen=True, slots=True)
class Conventions:
    """Decisions made before the sets vote.

    `kinds` gives a form its kind, "-" for not a name and "?" for nothing to be learned; `titles` are words before a
    person's name, `given` given names, `heads` words that end the name of an organization; `known` gives the kind that
    packs know for a form on which a set disagrees with itself.
    """

    kinds: Mapping[str, str]
    titles: frozenset[str]
    known: Mapping[str, str]
    given: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()


def read_forms(path: Path) -> dict[str, str]:
    """Read a table with the columns form and kind. Raises `ModelError` for a line without both."""
    kinds: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line or line == "form\tkind":
            continue
        form, tab, kind = line.partition("\t")
        if not (form and tab and kind):
            raise ModelError(f"{path}:{number}: expected a form and a kind, with a tab between them.")
        kinds[form] = kind
    return kinds


def trim_name(document: Document, name: Name, conventions: Conventions, *, is_rough: bool) -> Name | None:
    """Return the name without articles, possessives and marks at its edges; None when nothing remains.

    In a rough set titles are removed, too, from the front of people and from the end of organizations; of the latter
    only a known form stays a name ("U.N. Secretary-General", but not "House Majority Leader").
    """
    titles = conventions.titles if is_rough else frozenset()
    kind = name.kind
    start, end = name.start, name.end
    if (found := _LEADING.match(document.text, start, end)) is not None:
        start = found.end()
    if kind == "PERSON":
        while (space := document.text.find(" ", start, end)) > 0 and document.text[start:space].rstrip(".") in titles:
            start = space + 1
    text = document.text[start:end]
    if kind == "ORG":
        if text.startswith("The ") and (start == 0 or document.text[:start].rstrip()[-1:] in ".!?"):
            start += 4
            text = document.text[start:end]
        while (last := text.rstrip().rpartition(" "))[2] in titles and not last[0].endswith(" of"):
            text = last[0]
            kind = name.kind if text in conventions.known or text in conventions.kinds else None
    if (ending := _TRAILING.search(text)) is not None:
        text = text[: ending.start()]
    if not any(map(str.isalnum, text)):
        return None
    return Name(start, start + len(text), None if _BRACKETS.search(text) else kind)


def _hides_person(text: str, conventions: Conventions) -> bool:
    """True for a name annotated as an organization that ends like a person: "State İsmail Demir"."""
    words = text.split()
    return (
        len(words) > 1
        and words[-2] in conventions.given
        and words[-1][0].isupper()
        and not words[-1].isupper()
        and words[-1] not in conventions.heads
    ) or (len(words) > 1 and words[0] == "State" and words[1] in {"for", *conventions.given})


def clean(documents: Iterable[Document], conventions: Conventions, *, voting: Collection[str]) -> list[Document]:
    """Return the documents without duplicates, with consistent names; sets named in `voting` vote on their forms."""
    seen: set[str] = set()
    by_source: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.text not in seen:
            seen.add(document.text)
            is_rough = document.source in voting
            trimmed = (trim_name(document, name, conventions, is_rough=is_rough) for name in document.names)
            names = tuple(_apply(document, filter(None, trimmed), conventions, is_rough=is_rough))
            by_source[document.source].append(replace(document, names=names))
    cleaned: list[Document] = []
    for source, same in by_source.items():
        if source in voting:
            cleaned.extend(_mark_missing(_vote(same, conventions.known)))
        else:
            cleaned.extend(_doubt_missing(document) for document in same)
    return cleaned


def _holds_several(text: str, conventions: Conventions) -> bool:
    """True for several names annotated as one ("Seibu and Sogo", "Sudan's Information", "General Frost")."""
    words = text.split()
    first = words[0]
    return not conventions.heads.intersection(words) and (
        " and " in text or "," in text or first.endswith(("'s", "’s", "-based")) or first in conventions.titles
    )


def _apply(document: Document, names: Iterable[Name], conventions: Conventions, *, is_rough: bool) -> Iterator[Name]:
    for name in names:
        text = document.text_of(name)
        kind = conventions.kinds.get(text) or conventions.kinds.get(f"* {text.rpartition(' ')[2]}", name.kind)
        if is_rough and kind == "ORG" and text not in conventions.kinds and text not in conventions.known:
            following = document.text[name.end : name.end + _MAX_TITLE].split(maxsplit=1)
            is_office = bool(following) and following[0] in conventions.titles
            if is_office or _hides_person(text, conventions) or _holds_several(text, conventions):
                kind = "?"
        if kind != "-":
            yield replace(name, kind=None if kind == "?" else kind)


def _vote(documents: Sequence[Document], known: Mapping[str, str]) -> list[Document]:
    """Give each form the kind it nearly always has; leave out the others of a form that mostly has one.

    When the mentions of a form disagree and the packs know it, all get the kind it has there.
    """
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for name in document.names:
            if name.kind is not None:
                votes[document.text_of(name)][name.kind] += 1
    decided: dict[tuple[str, str], str | None] = {}
    for form, counts in votes.items():
        winner, most = counts.most_common(1)[0]
        total = counts.total()
        if total < _MIN_VOTES and "ORG" in counts and form.istitle() and form.isalpha() and form not in known:
            # A rare single word is more often a person or a town than an organization here.
            decided[form, "ORG"] = None
        if len(counts) > 1 and form in known:
            decided.update({(form, kind): known[form] for kind in counts if kind != known[form]})
            continue
        if total < _MIN_VOTES or len(counts) == 1:
            continue
        share = 100 * most // total
        for kind in counts:
            if kind != winner or share < _LIKELY:
                decided[form, kind] = winner if share >= _SURE else None

    def decide(document: Document, name: Name) -> Name:
        form = document.text_of(name)
        if name.kind is None or (form, name.kind) not in decided:
            return name
        return replace(name, kind=decided[form, name.kind])

    return [replace(document, names=tuple(decide(document, name) for name in document.names)) for document in documents]


def _find_forms(document: Document, forms: Mapping[str, frozenset[int]]) -> Iterator[tuple[int, int, str]]:
    """Yield the places where a form stands by itself, outside of names, without an adjacent capital or hyphen.

    The longest forms come first.
    """
    read = read_words(document.text)
    taken = [False] * len(document.text)
    for name in document.names:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    position, count = 0, len(read)
    while position < count:
        lengths = forms.get(read.words[position])
        advance = 1
        if lengths is not None and not taken[read.starts[position]]:
            for length in sorted(lengths, reverse=True):
                last = position + length - 1
                if last < count and _stands_alone(read.words, position, last):
                    start, end = read.starts[position], read.ends[last]
                    if not any(taken[start:end]):
                        yield start, end, document.text[start:end]
                        advance = length
                        break
        position += advance


def _stands_alone(words: Sequence[str], first: int, last: int) -> bool:
    before = words[first - 1] if first else ""
    after = words[last + 1] if last + 1 < len(words) else ""
    return not (
        before[:1].isupper() or (before in "-–&'’" and before) or after[:1].isupper() or (after in "-–&" and after)
    )


def _index_forms(forms: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return for each first word the lengths, in words, of the forms that begin with it."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for form in forms:
        words = read_words(form).words
        if 0 < len(words) <= _MAX_FORM_WORDS:
            lengths[words[0]].add(len(words))
    return {first: frozenset(found) for first, found in lengths.items()}


def _mark_missing(documents: Sequence[Document]) -> list[Document]:
    """Find mentions that the annotation missed.

    Forms that are nearly always annotated are added, others marked doubtful.
    """
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for name in document.names:
            if name.kind is not None and document.text_of(name)[0].isupper():
                votes[document.text_of(name)][name.kind] += 1
    frequent = {form: counts for form, counts in votes.items() if counts.total() >= _MIN_VOTES}
    index = _index_forms(frequent)
    missing = [list(_find_forms(document, index)) for document in documents]
    unmarked = Counter(form for found in missing for _, _, form in found)
    marked: list[Document] = []
    for document, found in zip(documents, missing, strict=True):
        added = []
        for start, end, form in found:
            counts = frequent.get(form)
            if counts is None:
                continue
            share = 100 * counts.total() // (counts.total() + unmarked[form])
            if share >= _MIN_DOUBTED:
                sure = share >= _MIN_MARKED and len(counts) == 1
                added.append(Name(start, end, next(iter(counts)) if sure else None))
        marked.append(replace(document, names=tuple(sorted((*document.names, *added), key=lambda name: name.start))))
    return marked


def _doubt_missing(document: Document) -> Document:
    """Leave out of the training any text that is a name elsewhere in the same document but is not annotated here."""
    forms = {document.text_of(name) for name in document.names if document.text_of(name)[0].isupper()}
    found = [Name(start, end, None) for start, end, form in _find_forms(document, _index_forms(forms)) if form in forms]
    return replace(document, names=tuple(sorted((*document.names, *found), key=lambda name: name.start)))
