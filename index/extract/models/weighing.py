"""Weighs the candidates of rules and packs against the names that the shipped recognizer found.

The recognizer reads whole sentences and is right far more often than any single rule, so a rule has to yield where the
two disagree. What packs know for sure holds: it yields only to a longer name around it, or, in the pack of general
knowledge, whose names are also parts of others ("the Treaty of London", "Facebook posts"), where the recognizer sees
nothing of the kind.
Thresholds were tuned on the four development sets of names together.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from index.extract.candidates import Candidate, Certainty
from index.extract.rules.organizations.partnerships import NAME as PARTNERSHIPS
from index.model import Kind
from index.recognizer.reading import Reading

__all__ = ["FIRM_READING", "LABELS", "ReadName", "agree", "weigh"]

LABELS: Final = {Kind.PEOPLE: "PERSON", Kind.ORGANIZATIONS: "ORG", Kind.PLACES: "GPE"}
_NATIONALITY = "NORP"
# What these are sure of holds: names of packs, and where a dateline says that a report is from.
_DATELINES: Final = "datelines"
# And the names of packs in other languages, which the recognizer does not know.
_WRITTEN_FORMS: Final = "written_forms"
_UNDISPUTED: Final = frozenset({_WRITTEN_FORMS, _DATELINES})
_KNOWING: Final = frozenset({"gazetteer", *_UNDISPUTED})
# What sees titles before names, and the words that end names of organizations.
_TITLES: Final = "people"
_HEADS: Final = "organizations"
_HYPHEN = "-"
# "And" in the other languages in which the recognizer runs.
_AND = re.compile(r"\s+(?:et|y|e)\s")
# A name read with less than this chance is left out, and says nothing against a rule.
FIRM_READING: Final = 0.5
# A place without an article that is read with less is wrong more often than right; it still speaks against a rule.
_BARE_PLACE_NEEDS: Final = 0.55
# A rule that the reading does not share needs this chance of its kind, what is generally known the smaller one.
_RULE_NEEDS: Final = 0.25
_KNOWN_NEEDS: Final = 0.1
_GENERAL_PACK: Final = "core:"
# A person whose surname is read firmly elsewhere in the article needs this chance.
_FULL_NAME_NEEDS: Final = 0.1
# "May" is a person, and no month, when it is read as one with this chance.
_PERSON_NOT_DATE: Final = 0.7
# A known place is read as a person, or as something else, with this chance before it is believed.
_PERSON_NOT_PLACE: Final = 0.8
# What a rule takes for an organization is read as a person with this chance before it is believed.
_PERSON_NOT_FIRM: Final = 0.9
# What a rule takes for a person is read as a place with this chance before it is believed.
_PLACE_NOT_PERSON: Final = 0.9
# A title that is read as part of a name with this chance is one: Duke is a given name, too.
_TITLE_IS_NAME: Final = 0.8
# An organization read with this chance ends where it was read to end.
_NAME_IS_WHOLE: Final = 0.65
# One before which a rule sees more words of a firm with its legal form begins where it was read to begin.
_NAME_HAS_BEGUN: Final = 0.8
_LEAD: Final = 0.6
# "Chipmaker Brontek" tells what Brontek is, unless it is read as something else elsewhere with this chance.
_SIGN_YIELDS_TO: Final = 0.9


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name of the recognizer, its probability, whether it stands in a headline in title case, and beside a sign."""

    candidate: Candidate
    chance: float
    in_headline: bool = False
    has_sign: bool = False


def agree(text: str, names: Sequence[ReadName]) -> list[ReadName]:
    """Give all names of one form the same kind, if one of the kinds that the recognizer saw clearly leads.

    A sign such as "the chipmaker X" decides for them. An article seldom means two things by one name ("One Sense Per
    Discourse", Gale, Church and Yarowsky, 1992).
    """
    chances: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for name in names:
        # In thousandths, as a Counter adds up whole numbers.
        chances[_form(text, name)][name.candidate.kind] += round(name.chance * 1_000)
    signed = {_form(text, name): name.candidate.kind for name in names if name.has_sign}
    for name in names:
        if not name.has_sign and name.chance >= _SIGN_YIELDS_TO:
            signed.pop(_form(text, name), None)
    leaders: dict[str, Kind] = {}
    for form, by_kind in chances.items():
        (kind, most), *others = by_kind.most_common()
        if form in signed and others:
            leaders[form] = signed[form]
            continue
        if others and most >= _LEAD * by_kind.total():
            leaders[form] = kind
    agreed: list[ReadName] = []
    for name in names:
        kind = leaders.get(_form(text, name), name.candidate.kind)
        if kind is not name.candidate.kind:
            evidence = f"{name.candidate.evidence} of {name.candidate.kind}, but most of its like here are {kind}"
            name = replace(name, candidate=replace(name.candidate, kind=kind, evidence=evidence))
        agreed.append(name)
    return agreed


def _form(text: str, name: ReadName) -> str:
    return text[name.candidate.start : name.candidate.end]


def weigh(
    text: str,
    candidates: Iterable[Candidate],
    names: Sequence[ReadName],
    reading: Reading,
    *,
    heeds_silence: bool = True,
) -> list[Candidate]:
    """Return the `candidates` that agree with the recognizer or outweigh it, and its names that they do not refute.

    `names` are in the order of the text and disjoint. What the recognizer does not see in a language for which it was
    not trained says nothing: there, `heeds_silence` is false.
    """
    candidates = list(candidates)
    firms = [each for each in candidates if each.component == PARTNERSHIPS or _is_parted_firm(each, names)]
    names = _without_partners(names, firms)
    candidates = [each for each in candidates if each not in firms and each.component != PARTNERSHIPS]
    if not heeds_silence:
        names = _without_joined(text, names, [each for each in candidates if each.component in _KNOWING])
    names = _without_swallowers(names, [each for each in candidates if each.kind is Kind.SYSTEMS])
    names = _without_titles(names, [each for each in candidates if each.component == _TITLES])
    names = _with_heads(names, [each for each in candidates if each.component == _HEADS])
    ends = [name.candidate.end for name in names]
    kept: list[Candidate] = list(firms)
    refuted: set[int] = set()
    shared: set[int] = set()
    for candidate in candidates:
        beside = list(_overlapping(candidate, names, ends))
        if candidate.kind not in LABELS:
            if not _is_named(candidate, beside):
                kept.append(candidate)
            continue
        is_known = candidate.component in _KNOWING and candidate.certainty is Certainty.SURE
        is_likely = candidate.kind is not Kind.PLACES and candidate.certainty > Certainty.GUESS
        if beside or heeds_silence or not (is_likely or candidate.reference is not None):
            holds = (
                _known_holds(text, candidate, beside, reading) if is_known else _rule_holds(candidate, beside, reading)
            )
            if not holds:
                continue
        if is_known and candidate.kind is Kind.PEOPLE:
            candidate = _without_title(candidate, beside)
        if is_known and candidate.kind is Kind.ORGANIZATIONS:
            candidate = _with_rest(text, candidate, beside)
        kept.append(candidate)
        for name in beside:
            if _is_same(name.candidate, candidate):
                shared.add(id(name))
            elif _is_person_read_as_place(candidate, name) or (
                is_known and (name.candidate.kind is not candidate.kind or name.in_headline)
            ):
                refuted.add(id(name))
    people = {_form(text, name) for name in names if _is_firm(name) and name.candidate.kind is Kind.PEOPLE}
    kept.extend(
        name.candidate
        for name in names
        if id(name) not in refuted
        and (_is_believed(text, name) or id(name) in shared or _is_full_name(text, name, people))
    )
    return kept


def _is_named(value: Candidate, beside: Iterable[ReadName]) -> bool:
    """Return whether a date that could be a name, such as "May", was recognized as a person."""
    return value.certainty is not Certainty.SURE and any(
        name.chance >= _PERSON_NOT_DATE
        and name.candidate.kind is Kind.PEOPLE
        and (name.candidate.start, name.candidate.end) == (value.start, value.end)
        for name in beside
    )


def _is_firm(name: ReadName) -> bool:
    return name.chance >= FIRM_READING


def _is_believed(text: str, name: ReadName) -> bool:
    read = name.candidate
    is_bare_place = read.kind is Kind.PLACES and text[max(0, read.start - 4) : read.start].lower() != "the "
    return name.chance >= (_BARE_PLACE_NEEDS if is_bare_place else FIRM_READING)


def _is_full_name(text: str, name: ReadName, people: Collection[str]) -> bool:
    """Return whether a less certain name ends with one of `people`: "H. Akar" beside "Akar"."""
    if name.candidate.kind is not Kind.PEOPLE or name.chance < _FULL_NAME_NEEDS:
        return False
    words = _form(text, name).split()
    return any(" ".join(words[number:]) in people for number in range(1, len(words)))


def _is_parted_firm(candidate: Candidate, names: Sequence[ReadName]) -> bool:
    """Return whether a firm with its legal form is read in parts: "PT Bank | Nusa Raya Tbk", "Brunt | Holding A.S."."""
    if candidate.component != _HEADS or candidate.certainty is not Certainty.SURE:
        return False
    beside = [name for name in names if name.candidate.start < candidate.end and candidate.start < name.candidate.end]
    is_inside = all(candidate.start <= name.candidate.start and name.candidate.end <= candidate.end for name in beside)
    is_doubtful = all(name.candidate.kind is Kind.ORGANIZATIONS or name.chance < _PERSON_NOT_FIRM for name in beside)
    is_part = any(name.candidate.end < candidate.end for name in beside) or any(
        name.chance < _NAME_HAS_BEGUN for name in beside if name.candidate.start > candidate.start
    )
    return is_inside and is_doubtful and is_part


def _without_partners(names: Sequence[ReadName], firms: Sequence[Candidate]) -> Sequence[ReadName]:
    """Drop the names that overlap a firm of several partners; the recognizer reads a person, and "Quell and Co"."""
    taken = {place for firm in firms for place in range(firm.start, firm.end)}
    return (
        [name for name in names if taken.isdisjoint(range(name.candidate.start, name.candidate.end))]
        if firms
        else names
    )


def _without_joined(text: str, names: Iterable[ReadName], known: Iterable[Candidate]) -> list[ReadName]:
    """Drop names that begin with an organization of a pack and "et" or "y": two names of which one is whole."""
    ends = {each.start: each.end for each in known if each.kind is Kind.ORGANIZATIONS}
    return [name for name in names if not _is_joined(text, name.candidate, ends.get(name.candidate.start))]


def _is_joined(text: str, name: Candidate, end: int | None) -> bool:
    return end is not None and _AND.match(text, end, name.end) is not None


def _without_swallowers(names: Iterable[ReadName], systems: Iterable[Candidate]) -> list[ReadName]:
    """Drop names in which a system begins: "Lockheed Martin F-35" is more than the firm."""
    starts = sorted(system.start for system in systems)
    return [
        name for name in names if bisect_left(starts, name.candidate.start) == bisect_left(starts, name.candidate.end)
    ]


def _without_titles(names: Iterable[ReadName], people: Iterable[Candidate]) -> list[ReadName]:
    """Cut off the titles that a rule sees in names of people: "Miss | Brunt"."""
    starts = {person.end: person.start for person in people if person.certainty is Certainty.SURE}
    return [_without_title_of(name, starts.get(name.candidate.end)) for name in names]


def _with_heads(names: Sequence[ReadName], organizations: Iterable[Candidate]) -> list[ReadName]:
    """Extend names of organizations by the head that a rule sees behind them: "Ala-Too | TV".

    A person read with less certainty whose name ends with such a head is an organization: "Ayla Post Dispatch".
    """
    ends = {each.start: each.end for each in organizations}
    limits = [*(name.candidate.start for name in names[1:]), None]
    return [_with_head(name, ends.get(name.candidate.start), limit) for name, limit in zip(names, limits, strict=False)]


def _with_head(name: ReadName, end: int | None, limit: int | None) -> ReadName:
    read = name.candidate
    if read.kind is Kind.PEOPLE and end == read.end and name.chance < _PERSON_NOT_FIRM:
        evidence = f"{read.evidence} of {read.kind}, but it has the words of an organization"
        return replace(name, candidate=replace(read, kind=Kind.ORGANIZATIONS, evidence=evidence))
    is_open = read.kind is Kind.ORGANIZATIONS and name.chance < _NAME_IS_WHOLE
    if end is None or not is_open or end <= read.end or (limit is not None and end > limit):
        return name
    return replace(name, candidate=replace(read, end=end))


def _without_title_of(name: ReadName, start: int | None) -> ReadName:
    read = name.candidate
    is_sure = name.chance >= _TITLE_IS_NAME
    if start is None or read.kind is not Kind.PEOPLE or is_sure or not read.start < start < read.end:
        return name
    return replace(name, candidate=replace(read, start=start))


def _without_title(candidate: Candidate, beside: list[ReadName]) -> Candidate:
    """Return the known person without the title that the recognizer left out: "Pope | Francis".

    What it reads as a name of its own is no title: "Abu | Bakr al-Baghdadi".
    """
    if any(name.candidate.start == candidate.start for name in beside):
        return candidate
    for name in beside:
        read = name.candidate
        if read.kind is candidate.kind and read.end == candidate.end and read.start > candidate.start:
            return replace(candidate, start=read.start)
    return candidate


def _with_rest(text: str, candidate: Candidate, beside: list[ReadName]) -> Candidate:
    """Extend the known organization to the end of a recognized name that begins in it: "Standard and Poor's | Corp"."""
    for name in beside:
        read = name.candidate
        is_same_kind = read.kind is candidate.kind and _is_firm(name)
        if is_same_kind and _begins_before(text, candidate, read) and read.end > candidate.end:
            # "IMF Inc." is no more the IMF: the archive decides what initials with a legal form mean.
            is_acronym = text[candidate.start : candidate.end].isupper()
            reference = None if is_acronym else candidate.reference
            return replace(candidate, end=read.end, reference=reference)
    return candidate


def _begins_before(text: str, candidate: Candidate, name: Candidate) -> bool:
    """Return whether a word other than "The" of the candidate precedes the name: "The National | Bank"."""
    return text[candidate.start : name.start].strip() not in ("", "The", "the", "THE")


def _is_same(name: Candidate, candidate: Candidate) -> bool:
    return (name.start, name.end, name.kind) == (candidate.start, candidate.end, candidate.kind)


def _overlapping(candidate: Candidate, names: Sequence[ReadName], ends: list[int]) -> Iterator[ReadName]:
    for name in names[bisect_left(ends, candidate.start + 1) :]:
        if name.candidate.start >= candidate.end:
            return
        yield name


def _known_holds(text: str, candidate: Candidate, beside: list[ReadName], reading: Reading) -> bool:
    if candidate.component in _UNDISPUTED:
        return True
    for name in beside:
        other = name.candidate
        if not _is_firm(name) or _is_same(other, candidate):
            continue
        if (other.start, other.end) == (candidate.start, candidate.end):
            if candidate.kind is Kind.PLACES and other.kind is Kind.PEOPLE and name.chance >= _PERSON_NOT_PLACE:
                return False
        elif _begins_before(text, candidate, other) and other.kind is candidate.kind is Kind.ORGANIZATIONS:
            continue
        elif not (candidate.start <= other.start and other.end <= candidate.end) and not (
            # In a headline every word has a capital, and the verb is taken for a name ("Erdogan Reiterates").
            name.in_headline and other.kind is candidate.kind
        ):
            return False
    # "US-built" is read as a nationality, or as nothing.
    is_compound = (
        _HYPHEN in text[candidate.end : candidate.end + 1] + text[max(0, candidate.start - 1) : candidate.start]
    )
    is_general = candidate.kind is Kind.PLACES or (candidate.reference or "").startswith(_GENERAL_PACK)
    if beside or is_compound or not is_general:
        return True
    chances = reading.chances(candidate.start, candidate.end)
    return chances[LABELS[candidate.kind]] + chances[_NATIONALITY] >= _KNOWN_NEEDS


def _is_person_read_as_place(candidate: Candidate, name: ReadName) -> bool:
    """Return whether a rule found a person where the recognizer saw a place with less certainty."""
    read = name.candidate
    return (
        candidate.kind is Kind.PEOPLE
        and candidate.certainty > Certainty.GUESS
        and read.kind is Kind.PLACES
        and name.chance < _PLACE_NOT_PERSON
        and (read.start, read.end) == (candidate.start, candidate.end)
    )


def _rule_holds(candidate: Candidate, beside: list[ReadName], reading: Reading) -> bool:
    if any(map(partial(_is_person_read_as_place, candidate), beside)):
        return True
    if any(_is_firm(name) and not _is_same(name.candidate, candidate) for name in beside):
        return False
    if candidate.kind is Kind.ORGANIZATIONS and candidate.certainty is Certainty.SURE:
        return True
    return bool(beside) or reading.chances(candidate.start, candidate.end)[LABELS[candidate.kind]] >= _RULE_NEEDS
