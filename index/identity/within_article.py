"""Link the short forms of one article to its long ones: "Demir" after "Ismail Demir", "SSB" after its long form.

A short form is linked only when exactly one longer name of the article can be meant. What a pack knows is linked to
nothing else, but for a bare surname when the article names somebody else in full who bears it, and an acronym that the
article explains as something else. Everything here is pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.identity.definitions import ends_in_initials, find_definitions
from index.identity.namesakes import part_fathers
from index.identity.naming.keys import key_of, tidy_name, words_of_key
from index.identity.naming.letter_case import in_mixed_case
from index.identity.naming.words import builtin_words
from index.identity.records import LocalLink, Name
from index.identity.similarity.short_forms import (
    acronyms_of,
    is_acronym_of,
    is_first_surname_of,
    is_given_name_of,
    is_part_of_firm,
    is_part_of_person,
    is_part_of_place,
    is_part_of_system,
    is_same_firm,
    is_surname_of,
    without_generation,
)
from index.model import ENTITY_KINDS, Kind, Mention
from index.normalize.name_words import NameWords, Words
from index.normalize.names import is_acronym

__all__ = ["link_mentions"]

_THE = "the "
_AND = frozenset({"and", "y", "e", "et", "und", "dan", "og", "och", "si", "i", "en"})


@dataclass(frozen=True, slots=True)
class _Form:
    """A name as it occurs in the article: `first` is where it stands first, `written` as an acronym or not.

    `capitals` says that it is written in capitals alone, which are not shown, `is_behind_the` that "the" stands before
    it somewhere.
    """

    name: Name
    words: Words
    first: int
    acronym: bool
    capitals: bool
    is_behind_the: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """A way in which a short form can stand for a longer one of its kind; `phrase` says it with `{}` for the latter."""

    code: str
    phrase: str
    holds: Callable[[_Form, _Form, NameWords], bool]


class _Forms:
    """The forms of an article by their words, so that each is compared only with those that it could stand for.

    A long text names thousands; comparing each with every other one would take time with the square of their number.
    """

    def __init__(self, forms: Mapping[tuple[Kind, str], _Form], words: NameWords) -> None:
        self._forms = forms
        self._words = words
        self._order = {key: number for number, key in enumerate(forms)}
        self._by_word: dict[tuple[Kind, str], list[_Form]] = {}
        self._by_initials: dict[tuple[Kind, str], list[_Form]] = {}
        for (kind, _), form in forms.items():
            for word in set(form.words):
                self._by_word.setdefault((kind, word), []).append(form)
            if kind is not Kind.PEOPLE:
                for initials in acronyms_of(form.words, words):
                    self._by_initials.setdefault((kind, initials), []).append(form)

    def of(self, kind: Kind, key: str) -> _Form:
        """Return the form of a name."""
        return self._forms[kind, key]

    def akin_to(self, form: _Form) -> list[_Form]:
        """Return the other forms of the kind for which a rule could hold, in the order of the article.

        All rules but that for acronyms want a word of the short form in the long one: of a person the surname, of
        anything else every word that says something. The rarest of them leaves the fewest.
        """
        kind = form.name.kind
        if kind is Kind.PEOPLE:
            telling = without_generation(form.words, self._words)[-1:]
        else:
            telling = self._words.content(self._words.without_legal_forms(form.words))
        rows = [self._by_word.get((kind, word), []) for word in telling]
        found = {id(other): other for other in min(rows, key=len, default=[])}
        if len(form.words) == 1:
            found.update((id(other), other) for other in self._by_initials.get((kind, form.words[0]), ()))
        others = (other for other in found.values() if other.name.key != form.name.key)
        return sorted(others, key=lambda other: self._order[kind, other.name.key])


def link_mentions(
    mentions: Sequence[Mention], *, body: str | None = None, words: NameWords | None = None
) -> tuple[LocalLink, ...]:
    """The name that each entity mention stands for in its article, in order of the mentions.

    Mentions of values, and texts without a letter or digit, are left out. With `body`, a short form in
    parentheses after a name is known to be its acronym even when the letters differ. `words` defaults to the
    built-in pack `names`.
    """
    known = builtin_words() if words is None else words
    written: list[Name | None] = []
    forms: dict[tuple[Kind, str], _Form] = {}
    names: dict[tuple[str, Kind, str | None], Name | None] = {}
    for mention in mentions:
        # A long text says the same names thousands of times.
        said = (mention.text, mention.kind, mention.reference)
        if said not in names:
            names[said] = _name_of(mention, known)
        name = names[said]
        written.append(name)
        if name is None:
            continue
        start = mention.span.start
        is_behind_the = body is not None and body[max(0, start - len(_THE)) : start].lower() == _THE
        form = _Form(
            name, words_of_key(name.key), start, is_acronym(mention.text), mention.text.isupper(), is_behind_the
        )
        forms[name.kind, name.key] = _better(forms.get((name.kind, name.key)), form)
    defined = {} if body is None else find_definitions(mentions, written, body, known)
    table = _Forms(forms, known)
    targets = {key: _target(form, table, defined, known) for key, form in forms.items()}
    links = tuple(
        _link(index, name, targets[name.kind, name.key], mentions[index])
        for index, name in enumerate(written)
        if name is not None
    )
    return links if body is None else part_fathers(links, mentions, body, known)


def _name_of(mention: Mention, words: NameWords) -> Name | None:
    if mention.kind not in ENTITY_KINDS:
        return None
    key = key_of(mention.text, mention.kind, reference=mention.reference, words=words)
    if not key:
        return None
    text = tidy_name(mention.text, mention.kind, words=words)
    if mention.reference is None:
        text = in_mixed_case(text, mention.kind, words=words)
    return Name(kind=mention.kind, key=key, text=text, reference=mention.reference)


def _better(known: _Form | None, form: _Form) -> _Form:
    """One form for all mentions of a name: written as at first, but not in capitals when there is another way."""
    if known is None:
        return form
    better = form if known.capitals and not form.capitals else known
    return replace(
        known,
        name=replace(known.name, text=better.name.text),
        acronym=known.acronym or form.acronym,
        capitals=better.capitals,
        is_behind_the=known.is_behind_the or form.is_behind_the,
    )


def _is_fuller(short: _Form, full: _Form) -> bool:
    """True when of two forms of one firm the second is known by a pack, longer, or at least earlier in the article."""
    one, other = ((form.name.reference is not None, len(form.words), -form.first) for form in (short, full))
    return one < other


def _is_other_firm(firm: _Form, known: _Form, words: NameWords) -> bool:
    """True for "IMF Inc" beside "IMF", initials that a pack knows: the archive decides, with what the pack says."""
    return known.name.reference is not None and known.acronym and words.without_legal_forms(firm.words) != firm.words


def _is_short_firm(short: Words, full: Words, words: NameWords) -> bool:
    """True for "hadley" and "hadley tool co"; not where the longer name only contains the other one.

    "Toyota" is not the Toyota Workers Union, Oxford University is not its Press, and the Bank of China is not the
    Agricultural Bank of China.
    """
    if not is_part_of_firm(short, full, words):
        return False
    if full[: len(short)] != short:
        return len(short) == 1 or not words.is_generic(short[:1])
    is_whole = len(short) > 1 and short[-1] in words.facilities
    return not is_whole and full[-1] not in words.dependents


def _is_of_partners(short: Words, full: Words) -> bool:
    """True for "rao patnaik" and "gopal rao patnaik and sons", whose first word is a given name or says what it is."""
    rest = full[1 + len(short) :]
    return len(short) > 1 and full[1 : 1 + len(short)] == short and bool(rest) and rest[0] in _AND


def _is_head_of(short: Words, full: Words, words: NameWords) -> bool:
    """True for "commission" and "communications commission", for "court" and "court of audit".

    Bodies of states are none: which one "the ministry", "parliament" and "the bank" are, dateline and country tell.
    """
    is_head = full[-1:] == short or (full[:1] == short and full[1:2] == ("of",))
    is_of_state = short[0] in words.state_bodies | words.central_banks | words.ministries
    return len(full) > len(short) == 1 and is_head and not is_of_state and words.is_generic(short)


_RULES: dict[Kind, tuple[_Rule, ...]] = {
    Kind.PEOPLE: (
        _Rule("surname", "surname of “{}” in this article", lambda s, f, w: is_surname_of(s.words, f.words, w)),
        _Rule(
            "short form", "shorter form of “{}” in this article", lambda s, f, w: is_part_of_person(s.words, f.words, w)
        ),
        _Rule(
            "given name",
            "given name of “{}” earlier in this article",
            lambda s, f, w: f.first < s.first and is_given_name_of(s.words, f.words, w),
        ),
        _Rule(
            "surname",
            "first surname of “{}” earlier in this article",
            lambda s, f, w: f.first < s.first and is_first_surname_of(s.words, f.words, w),
        ),
    ),
    Kind.ORGANIZATIONS: (
        _Rule(
            "legal form",
            "“{}” in this article without its legal form",
            lambda s, f, w: _is_fuller(s, f) and is_same_firm(s.words, f.words, w) and not _is_other_firm(s, f, w),
        ),
        _Rule(
            "acronym",
            "initials of “{}” in this article",
            lambda s, f, w: s.acronym and is_acronym_of(s.words, f.words, w),
        ),
        _Rule(
            "short form",
            "shorter form of “{}” in this article",
            lambda s, f, w: _is_short_firm(s.words, f.words, w) or _is_of_partners(s.words, f.words),
        ),
        _Rule(
            "head",
            "head of “{}” in this article",
            lambda s, f, w: s.is_behind_the and _is_head_of(s.words, f.words, w),
        ),
    ),
    Kind.PLACES: (
        _Rule(
            "acronym",
            "initials of “{}” in this article",
            lambda s, f, w: s.acronym and is_acronym_of(s.words, f.words, w),
        ),
        _Rule(
            "short form",
            "shorter form of “{}” earlier in this article",
            lambda s, f, w: f.first < s.first and is_part_of_place(s.words, f.words, w),
        ),
    ),
    Kind.SYSTEMS: (
        _Rule(
            "short form", "shorter form of “{}” in this article", lambda s, f, w: is_part_of_system(s.words, f.words)
        ),
        _Rule(
            "acronym",
            "initials of “{}” in this article",
            lambda s, f, w: s.acronym and is_acronym_of(s.words, f.words, w),
        ),
    ),
}


def _target(
    form: _Form,
    forms: _Forms,
    defined: Mapping[tuple[Kind, str], str],
    words: NameWords,
) -> tuple[Name, str, str] | None:
    """The name that a form stands for, with rule and evidence; None when it stands for itself."""
    kind = form.name.kind
    if form.name.reference is not None:
        if kind is Kind.PEOPLE:
            return _namesake(form, forms.akin_to(form), words) if len(form.words) == 1 else None
        return _other_meaning(form, forms, defined, words)
    others = forms.akin_to(form)
    same = [other for other in others if other.words == form.words]
    if len(same) == 1:
        return same[0].name, "same name", f"written like “{same[0].name.text}” in this article, which a pack knows"
    if (kind, form.name.key) in defined:
        long = forms.of(kind, defined[kind, form.name.key])
        return _follow(long, forms, words), "acronym", f"in parentheses after “{long.name.text}” in this article"
    for rule in _RULES[kind]:
        longest = _two_longest([other for other in others if rule.holds(form, other, words)], words)
        if len(longest) == 1:
            return longest[0].name, rule.code, rule.phrase.format(longest[0].name.text)
        if longest:
            return None
    return None


def _namesake(form: _Form, others: Sequence[_Form], words: NameWords) -> tuple[Name, str, str] | None:
    """Somebody else of this article with a surname under which a pack knows one person: "Erdogan" for his son."""
    bearers = _two_longest([other for other in others if is_surname_of(form.words, other.words, words)], words)
    if len(bearers) != 1 or bearers[0].name.reference == form.name.reference:
        return None
    return bearers[0].name, "surname", f"surname of “{bearers[0].name.text}” in this article"


def _other_meaning(
    form: _Form, forms: _Forms, defined: Mapping[tuple[Kind, str], str], words: NameWords
) -> tuple[Name, str, str] | None:
    """Return the meaning that the article defines for an acronym, when a pack has another one: "ICC"."""
    key = (form.name.kind, form.name.key)
    if key not in defined:
        return None
    long = forms.of(form.name.kind, defined[key])
    known = tuple((form.name.reference or "").partition(":")[2].split("-"))
    is_same = known == form.words or set(known) <= set(long.words)
    if is_same or long.name.reference == form.name.reference or not ends_in_initials(long.words, form.words, words):
        return None
    return long.name, "acronym", f"in parentheses after “{long.name.text}” in this article"


def _follow(form: _Form, forms: _Forms, words: NameWords) -> Name:
    target = _target(form, forms, {}, words)
    return form.name if target is None else target[0]


def _two_longest(candidates: Sequence[_Form], words: NameWords) -> list[_Form]:
    """Return the candidates that are not a shorter form of another one, but at most two: then nothing is sure.

    "Tayyip Erdogan" is such a shorter form beside the full name.
    """
    longest = (
        form
        for form in candidates
        if not any(_is_shorter(form, other, words) for other in candidates if other is not form)
    )
    return list(islice(longest, 2))


def _is_shorter(form: _Form, other: _Form, words: NameWords) -> bool:
    if form.name.reference is not None or len(form.words) > len(other.words):
        return False
    return any(rule.holds(form, other, words) for rule in _RULES[form.name.kind] if rule.code != "given name")


def _link(index: int, name: Name, target: tuple[Name, str, str] | None, mention: Mention) -> LocalLink:
    if target is not None:
        return LocalLink(index, target[0], target[1], target[2])
    if name.reference is not None:
        return LocalLink(index, name, "pack", mention.evidence)
    return LocalLink(index, name, "name", "the name as it is written")
